# SPDX-License-Identifier: BSD-2-Clause
"""Events as they are compared: without what differs from run to run, or is each
library's own business."""

import re
import urllib.parse

RUN = re.compile(r"(\w)\1{63,}")

# What log watchers look for (L-6, L-7), in either wording. What stands in
# parentheses is compared, the rest of the line is free.
LOG_LINES = [re.compile(x) for x in (
    r"^PAM .*(unable to dlopen\([^)]*\))",
    r"^PAM .*(adding faulty module: \S*)",
    r"^PAM .*(unable to resolve symbol: \w+)",
    r"^PAM .*(illegal module type:)",
    r"^PAM .*(no modules loaded for `[^']*' service)",
    r"^PAM .*(bad jump in stack)",
    r"^PAM .*(application failed to re-exec stack)",
)]
# What the script and its modules log themselves: prefix and all.
OWN_LINE = re.compile(r"^(?:PAM |oracle_\w+\([^)]*:\w+\): )(?:hello|note|app)$")
# What is part of a command.
EVENTS = ("argv", "call", "cleanup", "conv", "delay", "op", "sleep")
LOG_AUTHPRIV, LOG_NOTICE = 10, 5


def compared(lines, syslog=False):
    """The view of a run that both sides must share."""
    seen, logged = [], set()
    for line in lines:
        kind = line.split(" ", 1)[0]
        if kind == "log":
            if syslog:
                logged.update(log_line(line))
            continue
        # The lines of a command have no order among themselves, and it is free
        # what is logged of a policy that cannot be used.
        if kind not in EVENTS:
            seen += sorted(logged) if not line.endswith("abort null") else []
            logged.clear()
        seen.append(PLAIN.get(kind, short)(line))
    return seen + sorted(logged)


def log_lines(lines):
    """Of a whole run, in no order."""
    return sorted({text for line in lines if line.startswith("log ")
                   for text in log_line(line)})


def log_line(line):
    _, facility, priority, text = line.split(" ", 3)
    text = urllib.parse.unquote(text, "latin-1")
    if OWN_LINE.match(text):
        yield "log %s %s %s" % (facility, priority, text)
    for pattern in LOG_LINES:
        match = pattern.match(text)
        if match:
            yield "log " + match.group(1)


def sleep(line):
    return "sleep"


def delay(line):
    kind, code, usec, rest = line.split(" ", 3)
    return " ".join((kind, code, "none" if usec == "0" else "some", rest))


def short(line):
    """As long words are written in expectations."""
    return RUN.sub(lambda m: "RUN-%s-%d" % (m.group(1), len(m.group(0))), line)


PLAIN = {"sleep": sleep, "delay": delay}


def as_expected(lines, expect):
    """The run in the form of an expectation that was written by hand: arguments
    only where it has some, and "*" for a word that it leaves open."""
    lines = [x for x in lines if not x.startswith("log ")]
    if not any(x.startswith("argv") for x in expect):
        lines = [x for x in lines if not x.startswith("argv")]
    return [masked(x, y) for x, y in zip(lines, expect)] + lines[len(expect):]


def masked(line, pattern):
    words, open_words = line.split(" "), pattern.split(" ")
    if len(words) != len(open_words):
        return line
    return " ".join("*" if y == "*" else x
                    for x, y in zip(words, open_words))


# What holds for the library by itself.

def faults(lines):
    """What a run of ours must never do, whatever the other side does."""
    asked, told, texts = set(), set(), []
    for line in lines:
        words = line.split(" ")
        if words[0] == "conv" and words[1].startswith("r:"):
            (asked if words[4] == "1" else told).add(words[1][2:])
        elif words[0] == "op" and words[1].startswith("set:AUTHTOK:"):
            asked.add(words[1].rsplit(":", 1)[1])
        elif words[0] == "log":
            texts.append(words[3])
            yield from log_faults(words)
        elif words[0] in ("stderr", "timeout", "exit", "signal"):
            yield line
        elif words[0] == "argv" and words[-1] == "unterminated":
            yield "W-20: " + line
    # L-8. A secret that was also given as a name is none.
    for secret in asked - told:
        if len(secret) > 5 and any(secret in text for text in texts):
            yield "L-8: the log has the secret " + secret


def log_faults(words):
    text = urllib.parse.unquote(words[3], "latin-1")
    if int(words[1]) != LOG_AUTHPRIV:
        yield "L-1: facility %s: %s" % (words[1], text)
    if not re.match(r"PAM |\w+\([^)]*:\w+\): ", text):
        yield "L-2: prefix: " + text
