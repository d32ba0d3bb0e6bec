# SPDX-License-Identifier: BSD-2-Clause
"""A case: a script, the policy files that it is played with, and perhaps what
must come of it.

Directed cases stand in cases/*.cases:

    === NAME
    # why, and the rules
    the script, a command a line (see player.h)
    --- FILE            a policy file, as it is
    --- FILE encoded    the same with %XX, without a newline that is not written
    --- each            values for @1@ (a second time: for @2@): a case for each
    --- expect          the events that the library must give, instead of those
                        that the system's library gives

In scripts and files @DIR@ is the folder of policies, @MOD@ that of modules,
{a} the scripted module with id=a, {noauth:a} its variant without pam_sm_authenticate,
and <x*900> nine hundred times x.
"""

import itertools
import os
import re

MODULE = re.compile(rb"\{(?:(no[a-z]+):)?(\w+)\}")
REPEAT = re.compile(rb"<(\w)\*(\d+)>")
ESCAPE = re.compile(rb"%([0-9a-fA-F]{2})")


class Case:
    def __init__(self, name, script, files, tags=(), expect=None):
        self.name = name
        self.script = script    # lines
        self.files = files      # name: bytes
        self.tags = set(tags)
        self.expect = expect    # lines, or None

    def changed(self, script=None, files=None):
        """A copy with another script or other files; itself when they are the
        same."""
        if script in (None, self.script) and files in (None, self.files):
            return self
        return Case(self.name, script or self.script,
                    self.files if files is None else files, self.tags,
                    self.expect)

    def key(self):
        return tuple(self.script), tuple(sorted(
            (name, text or b"") for name, text in self.files.items()))

    def write(self, folder, modules):
        """Lay the case out in a new folder; where its script is."""
        conf = os.path.join(folder, "conf")
        os.makedirs(conf)
        for name, text in self.files.items():
            path = os.path.join(conf, name)
            if text is None:
                os.mkdir(path)
                continue
            with open(path, "wb") as out:
                out.write(expand(text, conf, modules))
            if text.startswith(b"#!"):
                os.chmod(path, 0o755)
        script = os.path.join(folder, "script")
        with open(script, "wb") as out:
            out.write(expand("\n".join(self.script).encode(), conf, modules))
            out.write(b"\n")
        return script


def expand(text, conf, modules):
    def module(match):
        variant = match.group(1) or b"mod"
        return b"%s/oracle_%s.so id=%s" % (modules.encode(), variant,
                                           match.group(2))

    text = MODULE.sub(module, text)
    text = REPEAT.sub(lambda m: m.group(1) * int(m.group(2)), text)
    return (text.replace(b"@DIR@", conf.encode())
            .replace(b"@MOD@", modules.encode()))


def decoded(text):
    text = ESCAPE.sub(lambda m: bytes([int(m.group(1), 16)]), text)
    return text


def sections_of(text):
    """(title, body) of each part that begins with "--- title"; the first has
    no title."""
    parts = re.split(rb"(?m)^--- (.*)\n", text)
    yield "", parts[0]
    for title, body in zip(parts[1::2], parts[2::2]):
        yield title.decode(), body


def parse(name, text):
    script, files, each, expect = [], {}, [], None
    for title, body in sections_of(text):
        words = title.split()
        if not title:
            script = lines_of(body)
        elif words[0] == "each":
            each.append(body.decode("latin-1").splitlines())
        elif words[0] == "expect":
            expect = lines_of(body)
        elif words[-1] == "encoded":
            files[words[0]] = decoded(body.rstrip(b"\n"))
        elif words[-1] == "folder":
            files[words[0]] = None
        else:
            files[words[0]] = body
    case = Case(name, script, files, expect=expect)
    return multiplied(case, each) if each else [case]


def lines_of(body):
    return [line for line in body.decode("latin-1").splitlines()
            if line.strip() and not line.startswith("#")]


def multiplied(case, each):
    for values in itertools.product(*each):
        def fill(text):
            for n, value in enumerate(values, 1):
                text = text.replace("@%d@" % n, value)
            return text

        yield Case("%s: %s" % (case.name, ", ".join(values)),
                   [fill(line) for line in case.script],
                   {name: text and
                    fill(text.decode("latin-1")).encode("latin-1")
                    for name, text in case.files.items()},
                   expect=case.expect and [fill(x) for x in case.expect])


def directed(folder):
    for entry in sorted(os.listdir(folder)):
        if not entry.endswith(".cases"):
            continue
        with open(os.path.join(folder, entry), "rb") as text:
            parts = re.split(rb"(?m)^=== (.*)\n", text.read())
        for name, body in zip(parts[1::2], parts[2::2]):
            # The empty line before the next case is for the reader.
            body = body[:-1] if body.endswith(b"\n\n") else body
            yield from parse(name.decode(), body)
