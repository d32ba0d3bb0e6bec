# SPDX-License-Identifier: BSD-2-Clause
"""The text of a policy as the rules C-11 to C-21 have it, to be rewritten."""

import re

BLANKS = b" \t"
CONTROLS_OF_FILES = (b"include", b"substack")


def physical_lines(text):
    return re.findall(rb"[^\n]*\n|[^\n]+", text)


def logical_lines(text):
    """The lines, without comments and continuations, each with its newline if
    it had one; and whether the last one wants to be continued (C-15)."""
    lines, pending = [], None
    for line in physical_lines(text):
        line = line.split(b"\0")[0].lstrip(BLANKS)      # C-17
        hash_at = line.find(b"#")
        comment = hash_at >= 0
        if comment:
            line = line[:hash_at] + b"\n"
        if pending is not None:
            blank = not line.strip(b" \t\n")
            line, pending = pending + line, None
            if blank:                                   # C-13
                lines.append(line)
                continue
        bare = line.rstrip(b" \t\n")
        if bare.endswith(b"\\") and not comment:        # C-12, C-14
            pending = bare[:-1] + b" "
        elif bare:
            lines.append(line)
    if pending is not None:
        lines.append(pending)
    return lines, pending is not None


def word_spans(line):
    """Each word and where it stands (C-18 to C-21)."""
    at, end = 0, len(line)
    while True:
        while at < end and line[at] in b" \t\n":
            at += 1
        if at == end:
            return
        start = at
        if line[at:at + 1] == b"[":
            match = re.compile(rb"(?s)\[((?:\\\]|[^]])*)\]?").match(line, at)
            at = match.end()
            yield match.group(1).replace(b"\\]", b"]"), start, at
            continue
        while at < end and line[at] not in b" \t\n":
            at += 1
        yield line[start:at], start, at


def words(line):
    return [word for word, _, _ in word_spans(line)]


def with_word(line, n, text):
    """The line with another n-th word, as it is to be written."""
    spans = list(word_spans(line))
    _, start, end = spans[n]
    return line[:start] + text + line[end:]


def rewritten(text, change):
    """The text with change(line, words) in the place of each line: None leaves
    it, a list of lines replaces it. The very text when nothing changes."""
    lines, unfinished = logical_lines(text)
    out, changed = [], False
    for line in lines:
        new = change(line, words(line))
        changed = changed or new is not None
        out += [line] if new is None else new
    return emitted(out, unfinished) if changed else text


def emitted(lines, unfinished):
    text = b"".join(x if x.endswith(b"\n") else x + b"\n" for x in lines)
    if unfinished:
        return text[:-1] + b" \\"
    if lines and not lines[-1].endswith(b"\n"):
        return text[:-1]
    return text


def joined(text):
    """The same policy with a line for each line."""
    if b"\\" not in text:
        return text
    return emitted(*logical_lines(text))


def is_at_include(w):
    return bool(w) and w[0].lower() == b"@include"


def is_include(w):
    """Does the line name another file, by type and control?"""
    return len(w) > 1 and w[1].lower() in CONTROLS_OF_FILES


def operand_index(w):
    """Which word of an including line names the file; it may be missing. None
    for other lines."""
    if is_at_include(w):
        return 1
    return 2 if is_include(w) else None


def file_named(operand):
    """The name in the case's own folder that an operand means, or None."""
    if operand.startswith(b"@DIR@/"):
        operand = operand[6:]
    if b"/" in operand or operand in (b"", b".", b"..", b"@DIR@"):
        return None
    return operand.decode("latin-1")
