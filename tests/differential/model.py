# SPDX-License-Identifier: BSD-2-Clause
"""Which modules a script calls, and what its operations answer: the rules C, X
and R once more, for the few cases that the system's library cannot stand for,
because it follows others (N-1) or none (W-12). That the model is right is shown
where it is used: with the older rule it must foretell the system's library."""

import re

import policy
from case import MODULE
from generate import CODES, TYPES

SUCCESS, PERM_DENIED, IGNORE, ABORT = 0, 6, 25, 26
SYSTEM_ERR, MODULE_UNKNOWN, INCOMPLETE = 4, 28, 31
NAMES = list(CODES) + ["incomplete"]
DEPTH_MAX = 15
PASSES = 0x4000 | 0x2000
KEYWORDS = {
    b"required": ("ok", "ok", "ignore", "bad"),
    b"requisite": ("ok", "ok", "ignore", "die"),
    b"sufficient": ("done", "done", "ignore", "ignore"),
    b"optional": ("ok", "ok", "ignore", "ignore"),
    b"binding": ("done", "done", "ignore", "bad"),
    b"definitive": ("done", "done", "ignore", "die"),
}
ACTIONS = (b"ignore", b"ok", b"done", b"bad", b"die", b"reset")
# operation: stack, functions of the module, keeps answers, follows them
OPERATIONS = {
    "auth": ("auth", "auth", True, False),
    "setcred": ("auth", "setcred", False, True),
    "acct": ("account", "acct", False, False),
    "open": ("session", "open", True, False),
    "close": ("session", "close", False, True),
    "chauthtok": ("password", None, False, False),
}


class Abort(Exception):
    """The policy cannot be used at all."""


class BadPath(Exception):
    """C-39: the file cannot be used any further."""


class Entry:
    def __init__(self, table, level, module=None, marker=False):
        self.table, self.level = table, level
        self.module = module    # words, or None: must fail
        self.marker = marker
        self.kept = None

    def answer(self, fn, calls):
        """What it answers, and the id that it was called by."""
        if self.module is None:
            return PERM_DENIED, None
        match = re.fullmatch(rb"@MOD@/oracle_(\w+)\.so", self.module[0])
        # Partial modules lack one function, and one has its older name.
        if not match or match.group(1) == b"no" + fn.encode():
            return MODULE_UNKNOWN, None
        words = {}
        for word in self.module[1:]:
            key, _, value = word.decode("latin-1").partition("=")
            words.setdefault(key, value)
        name = words.get("id", "?")
        codes = words.get(fn, words.get("all", "success")).split(",")
        at = calls.get((name, fn), 0)
        calls[name, fn] = at + 1
        return (number(codes[min(at, len(codes) - 1)]),
                name.replace("\r", "%0d"))


def number(text):
    """As the module reads it: no name is the beginning of another."""
    for n, name in enumerate(NAMES):
        if text.startswith(name):
            return n
    digits = re.match(r"-?[0-9]+", text)
    return int(digits.group()) if digits else 0


def name_of(code):
    return NAMES[code] if 0 <= code < len(NAMES) else str(code)


def table_of(control):
    """C-25 to C-31; bad for everything when it is not understood."""
    if control.lower() in KEYWORDS:
        success, new, ignore, rest = KEYWORDS[control.lower()]
        table = [rest] * len(NAMES)
        table[SUCCESS], table[NAMES.index("new_authtok_reqd")] = success, new
        table[IGNORE] = ignore
        return table
    table, at, bad = [None] * len(NAMES), 0, ["bad"] * len(NAMES)
    control = re.sub(rb"[\v\f\r]", b" ", control)
    while control[at:].strip():
        match = pair_at(control, at)
        if not match:
            return bad
        code, action, at = match
        if code == "default":
            table = [action if x is None else x for x in table]
        else:
            table[NAMES.index(code)] = action
    return ["bad" if x is None else x for x in table]


def pair_at(text, at):
    """(code, action, end) of the pair at this place. Nothing need stand between
    two pairs: a word may go on as the next one."""
    match = re.compile(rb"\s*([a-z_]+)\s*=\s*").match(text, at)
    code = match and match.group(1).decode()
    if not match or code not in NAMES + ["default"]:
        return None
    for action in ACTIONS:
        if text.startswith(action, match.end()):
            return code, action.decode(), match.end() + len(action)
    digits = re.compile(rb"[0-9]+").match(text, match.end())
    if not digits or not 0 < int(digits.group()) < 2 ** 31:
        return None
    return code, int(digits.group()), digits.end()


def type_of(w, kind):
    """Is the line's type known, and in which stack does it stand (C-24)? None
    when an include wants another one only."""
    t = w[0].lower().decode("latin-1") if w else ""
    t = t[1:] if t.startswith("-") else t
    if t not in TYPES:
        return False, kind or "auth"
    return True, t if kind in (None, t) else None


class Builder:
    """The four stacks of one file and what it includes."""

    def __init__(self, files):
        self.files = files
        self.stacks = {t: [] for t in TYPES}

    def fail(self, kind, level):
        for t in (kind,) if kind else TYPES:
            self.stacks[t].append(Entry(["bad"] * len(NAMES), level))

    def read(self, name, kind=None, level=0, depth=0):
        """False: there is no such file, or it has an error."""
        text = self.files.get(name)
        if text is None or depth > DEPTH_MAX:
            return False
        text = MODULE.sub(lambda m: b"@MOD@/oracle_%s.so id=%s" % (
            m.group(1) or b"mod", m.group(2)), text)
        lines, unfinished = policy.logical_lines(text)
        try:
            for line in lines[:-1] if unfinished else lines:
                self.line(policy.words(line), kind, level, depth)
        except BadPath:
            return False
        return not unfinished

    def line(self, w, kind, level, depth):
        if policy.is_at_include(w):
            if not self.include(w[1:2], kind, level, depth):
                self.fail(kind, level)
            return
        known, target = type_of(w, kind)
        if not target:
            return
        if policy.is_include(w):
            self.named_file(w, target, level, depth)
            return
        table = table_of(w[1]) if len(w) > 1 else ["bad"] * len(NAMES)
        module = w[2:] if known and len(w) > 2 else None
        if len(w) > 2:
            check_path(w[2])
        self.stacks[target].append(Entry(table, level, module))

    def named_file(self, w, kind, level, depth):
        """C-36; what stands for a file that is not to be had (C-34) stands
        behind the substack, not in it."""
        inner = level
        if w[1].lower() == b"substack":
            check_path(w[2] if len(w) > 2 else b"missing")
            self.stacks[kind].append(Entry(None, level, marker=True))
            inner = level + 1
        if not self.include(w[2:3], kind, inner, depth):
            self.fail(kind, level)

    def include(self, operand, kind, level, depth):
        name = operand and policy.file_named(operand[0])
        return name and self.read(name, kind, level, depth + 1)


def check_path(path):
    last = path.rsplit(b"/", 1)[-1]
    stem = last.rsplit(b".", 1)[0] if b"." in last else last
    if not stem or last == b"?":
        raise BadPath


def build(files, service):
    """{type: entries}, or Abort."""
    own = Builder(files)
    # C-8: these are there, and nobody's file.
    there = service in ("", ".", "..") or files.get(service) is not None
    if files.get(service) is not None and not own.read(service):
        raise Abort
    if all(own.stacks.values()):
        return own.stacks
    other = Builder(files)
    if service != "other" and files.get("other") is not None:
        if not other.read("other"):
            raise Abort
    elif not there:
        raise Abort
    return {t: own.stacks[t] or other.stacks[t] for t in TYPES}


class Walk:
    """X-6 to X-16 over one stack."""

    def __init__(self, ours):
        self.ours = ours
        self.at = 0
        self.mood, self.status = None, PERM_DENIED
        self.saved = [(None, PERM_DENIED)]

    def good(self, key, ret):
        if self.mood is None or self.mood and self.status == SUCCESS:
            if ret != IGNORE or key == IGNORE:
                self.mood, self.status = True, ret

    def bad(self, ret):
        if self.mood is not False:
            self.mood = False
            self.status = PERM_DENIED if ret == IGNORE else ret

    def skip_level(self, entries, level):
        while self.at < len(entries) and entries[self.at].level >= level:
            self.at += 1

    def jump(self, entries, n, level):
        """X-13: n units further, and no further than the level goes."""
        for _ in range(n):
            if self.at == len(entries) or entries[self.at].level < level:
                self.mood, self.status = False, PERM_DENIED
                return
            self.at += 1
            while (self.at < len(entries) and
                   entries[self.at].level > level):
                self.at += 1

    def act(self, entries, entry, key, ret, frozen):
        if not 0 <= key < len(NAMES):
            ret, action = PERM_DENIED, "bad"
        else:
            action = entry.table[key]
            if self.ours and not 0 <= ret < len(NAMES):
                ret = PERM_DENIED
        if isinstance(action, int):
            if frozen and self.ours:
                self.good(key, ret)
            self.jump(entries, action, entry.level)
        elif action in ("ok", "done"):
            self.good(key, ret)
            if action == "done" and self.mood:
                self.skip_level(entries, entry.level)
        elif action in ("bad", "die"):
            self.bad(ret)
            if action == "die":
                self.skip_level(entries, entry.level)
        elif action == "reset":
            self.mood, self.status = self.saved[entry.level]

    def run(self, entries, ask, keeps, follows):
        """The result; INCOMPLETE leaves us at the entry that said so."""
        while self.at < len(entries):
            entry = entries[self.at]
            del self.saved[entry.level + 1:]
            if entry.marker:
                self.at += 1
                self.saved.append((self.mood, self.status))
                continue
            ret = ask(entry)
            if ret == INCOMPLETE:
                return ret
            self.at += 1
            key, frozen = ret, False
            if follows and entry.kept not in (None, -1):
                key, frozen = entry.kept, True
            if keeps:
                entry.kept = ret
            self.act(entries, entry, key, ret, frozen)
        if self.status == SUCCESS and not self.mood:
            return PERM_DENIED
        return self.status


class Player:
    """Plays a script: events has a line for each call and each operation.
    undoes: an open that fails is undone (W-1)."""

    def __init__(self, case, ours, undoes=False):
        self.case, self.ours, self.undoes = case, ours, undoes
        self.events, self.calls = [], {}
        self.opened = []        # what answered to this open, in order
        self.session = None     # "open", "undone" or neither
        self.stacks = self.waiting = None
        self.service, self.stale = None, False

    def play(self):
        for line in self.case.script:
            words = line.split()
            if words[0] == "start":
                self.start(words)
            elif words[0] == "end":
                self.stacks = None
            elif self.stacks is None:
                continue
            elif words[:2] == ["set", "1"] and words[2] != "-":
                self.service = service_of(words[2])
                self.stale = True
            elif words[0] in OPERATIONS:
                rc = self.operation(words[0], int(words[1], 0))
                self.events.append("%s -> %s" % (line, name_of(rc)))
        return self.events

    def start(self, words):
        self.service = service_of(words[1])
        self.waiting, self.stale = None, False
        self.session = None
        try:
            self.stacks = build(self.case.files, self.service)
        except Abort:
            self.stacks = None

    def refresh(self):
        """I-9, W-12."""
        if not self.stale:
            return True
        waited, self.waiting = self.waiting, None
        if waited:
            return False
        try:
            self.stacks = build(self.case.files, self.service)
        except Abort:
            return False
        self.stale = False
        return True

    def operation(self, name, flags):
        if name == "chauthtok" and flags & PASSES:
            return SYSTEM_ERR
        if not self.refresh():
            return ABORT
        if self.waiting and self.waiting[0] != name:
            return ABORT
        if self.undoes and name == "open":
            rc = self.open()
        elif self.undoes and name == "close":
            rc = self.close()
        elif name != "chauthtok":
            rc = self.walk(name, OPERATIONS[name][1])
        else:
            rc = self.two_passes()
        # W-17
        return PERM_DENIED if rc == IGNORE and self.ours else rc

    def open(self):
        """A second open of what is open is nobody's to undo (Z-3)."""
        if not self.waiting:
            self.opened = []
        rc = self.walk("open", "open")
        if rc == SUCCESS:
            self.session = "open"
        elif rc != INCOMPLETE and self.session != "open":
            self.undo()
        return rc

    def undo(self):
        for entry, ret in reversed(self.opened):
            if ret == SUCCESS:
                self.call(entry, "close")
        self.session = "undone"

    def close(self):
        if self.session == "undone":
            return SUCCESS
        rc = self.walk("close", "close")
        if rc != INCOMPLETE:
            self.session = None
        return rc

    def two_passes(self):
        if not self.waiting or self.waiting[1] == "prelim":
            rc = self.walk("chauthtok", "prelim")
            if rc != SUCCESS:
                return rc
        return self.walk("chauthtok", "update")

    def call(self, entry, fn):
        ret, called = entry.answer(fn, self.calls)
        if called:
            self.events.append("call %s %s" % (called, fn))
        return ret

    def walk(self, name, fn):
        stack, _, keeps, follows = OPERATIONS[name]
        entries = self.stacks[stack]
        if not entries:
            return PERM_DENIED
        walk = self.waiting[2] if self.waiting else Walk(self.ours)
        self.waiting = None

        def ask(entry):
            ret = self.call(entry, fn)
            if fn == "open" and ret != INCOMPLETE:
                self.opened.append((entry, ret))
            return ret

        rc = walk.run(entries, ask, keeps, follows)
        if rc == INCOMPLETE:
            self.waiting = (name, fn, walk)
        return rc


def service_of(word):
    word = "" if word == "''" else word
    return word.rsplit("/", 1)[-1].lower()


def covers(case):
    """Not a module that is read as a policy."""
    return not any(b"[include] {" in (text or b"")
                   for text in case.files.values())


def foretold(case, ours, undoes=False):
    return Player(case, ours, undoes).play()


def projected(lines):
    """What of a real run the model foretells."""
    out = []
    for line in lines:
        words = line.split(" ")
        if words[0] == "call":
            out.append("call %s %s" % (words[1], words[2]))
        elif words[0] in OPERATIONS:
            out.append(line)
    return out
