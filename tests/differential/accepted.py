# SPDX-License-Identifier: BSD-2-Clause
"""What the library does otherwise than the system's, on purpose.

A row does not excuse a difference: it foretells it. It changes the case so that
the system's library must do what ours does with the case as it is (an include
without an operand names a file that does not exist), or what comes of it in a
known way (PAM_IGNORE is PAM_PERM_DENIED). Every row that has something to say is
applied, the changed case is played, and then all must be equal. A row is counted
when without it they are not.

For two differences no case can be made up. There the model foretells what both
libraries do, or what cannot hang on the difference is compared alone.
"""

import collections
import re

import model
import policy
import view

NOWHERE = b"/nonexistent/none"
TYPES = (b"auth", b"account", b"session", b"password")

Row = collections.namedtuple("Row", "rule reason case events tail")


def row(rule, reason, case=None, events=None, tail=None):
    return Row(rule, reason, case, events, tail)


def texts(case, change):
    """The case with change(text) in the place of each policy."""
    return {name: text if text is None else change(text)
            for name, text in case.files.items()}


def lines(case, change):
    return case.changed(files=texts(
        case, lambda text: policy.rewritten(text, change)))


def commands(case, change):
    return case.changed(script=[change(line) for line in case.script])


# Text of policies.

def continuations(case):
    return case.changed(files=texts(case, policy.joined))


def long_lines(case):
    """The argument that view makes of it, at once."""
    return case.changed(files=texts(case, lambda text: re.sub(
        rb"<(\w)\*(\d+)>", rb"RUN-\1-\2", text)))


def relative_names(case):
    def change(line, w):
        at = policy.operand_index(w)
        if at is None or len(w) <= at or w[at][:1] in (b"/", b"@", b""):
            return None
        return [policy.with_word(line, at, b"@DIR@/" + w[at])]

    return lines(case, change)


def is_there(case, w):
    """Can the file be had that the line names?"""
    at = policy.operand_index(w)
    name = policy.file_named(w[at]) if len(w) > at else None
    return name is not None and case.files.get(name) is not None


def missing_operands(case):
    """No operand, or a folder: like a file that is not there."""
    def change(line, w):
        if not policy.is_include(w) or is_there(case, w):
            return None
        if len(w) == 2:
            return [line.rstrip(b"\n") + b" " + NOWHERE + b"\n"]
        if w[2] in (b"@DIR@", b"@DIR@/"):
            return [policy.with_word(line, 2, NOWHERE)]
        return None

    return lines(case, change)


def usable(case, name, seen=()):
    """Can the file be read to its end? Files that name themselves cannot."""
    text = case.files.get(name)
    if text is None or name in seen:
        return False
    builder = model.Builder(case.files)
    return builder.read(name)


def missing_at_include(case):
    """A refusal in each of the four stacks, behind what could be read."""
    refusals = [b"%s include %s\n" % (t, NOWHERE) for t in TYPES]

    def change(line, w):
        if not policy.is_at_include(w):
            return None
        name = policy.file_named(w[1]) if len(w) > 1 else None
        if name and usable(case, name):
            return None
        text = case.files.get(name) or b""
        return readable(case, text) + refusals

    return lines(case, change)


def bad_paths(case):
    """A line that spoils its file is no entry: the file ends in front of it,
    as if in the midst of a line. As an include may pass over that very line, it
    gets a copy of the file for its type."""
    files = dict(case.files)

    def copy(name, kind):
        text = case.files[name]
        rows, unfinished = policy.logical_lines(text)
        good = readable(case, text, kind)
        rows = [included(line, policy.words(line), kind)
                for line in rows[:len(good)]] + rows[len(good):]
        if len(good) == len(rows) - unfinished:
            return policy.emitted(rows, unfinished)
        return policy.emitted(rows[:len(good)] + [b"auth \n"], True)

    def included(line, w, kind):
        at = policy.operand_index(w)
        if at is None or not is_there(case, w):
            return line
        inner = kind if at == 1 else model.type_of(w, kind)[1]
        if at == 2 and not inner:
            return line
        name = policy.file_named(w[at])
        alias = "%s.for-%s" % (name, inner)
        if alias not in files:
            files[alias] = b""
            files[alias] = copy(name, inner)
        return policy.with_word(line, at, b"@DIR@/" + alias.encode())

    if all(x is None or len(readable(case, x)) + policy.logical_lines(x)[1] ==
           len(policy.logical_lines(x)[0]) for x in case.files.values()):
        return case
    for name in [n for n, text in case.files.items() if text is not None]:
        files[name] = copy(name, None)
    return case.changed(files=files)


def readable(case, text, kind=None):
    """The lines of a file in front of the one that spoils it."""
    rows, unfinished = policy.logical_lines(text)
    rows = rows[:-1] if unfinished else rows
    for n, line in enumerate(rows):
        builder = model.Builder(case.files)
        try:
            builder.line(policy.words(line), kind, 0, 0)
        except model.BadPath:
            return rows[:n]
    return [x if x.endswith(b"\n") else x + b"\n" for x in rows]


def depth(case):
    """A copy of each file for each depth at which it is read, none for what is
    deeper than 15."""
    if not deep(case):
        return case
    files = dict(case.files)

    def copy(name, at):
        def change(line, w):
            word = policy.operand_index(w)
            if word is None or not is_there(case, w):
                return None
            inner = policy.file_named(w[word])
            if at == model.DEPTH_MAX:
                return [policy.with_word(line, word, NOWHERE)]
            alias = "%s.at%d" % (inner, at + 1)
            if alias not in files:
                files[alias] = b""
                files[alias] = copy(inner, at + 1)
            return [policy.with_word(line, word, b"@DIR@/" + alias.encode())]

        return policy.rewritten(case.files[name], change)

    for name, text in case.files.items():
        if text is not None:
            files[name] = copy(name, 0)
    return case.changed(files=files)


def deep(case):
    """Does a file include itself, or a chain of more than 15?"""
    def below(name, seen):
        if len(seen) > model.DEPTH_MAX or name in seen:
            return True
        for line in policy.logical_lines(case.files[name])[0]:
            w = policy.words(line)
            at = policy.operand_index(w)
            if at is not None and is_there(case, w) and below(
                    policy.file_named(w[at]), seen + (name,)):
                return True
        return False

    return any(below(name, ()) for name, text in case.files.items()
               if text is not None)


def controls(case, change):
    def on_line(line, w):
        if len(w) < 2 or policy.is_at_include(w):
            return None
        new = change(w[1])
        return None if new is None else [policy.with_word(line, 1, new)]

    return lines(case, on_line)


def other_keywords(case):
    lists = {
        b"binding": b"[success=done new_authtok_reqd=done ignore=ignore "
                    b"default=bad]",
        b"definitive": b"[success=done new_authtok_reqd=done ignore=ignore "
                       b"default=die]",
    }
    return controls(case, lambda word: lists.get(word.lower()))


def large_jumps(case):
    def change(word):
        for digits in re.findall(rb"=\s*([0-9]+)", word):
            if int(digits) >= 2 ** 31:
                return b"[" + word.replace(digits, b"no-action") + b"]"
        return None

    return controls(case, change)


# Scripts.

def service_other(case):
    def change(line):
        w = line.split()
        if w[0] != "start" or model.service_of(w[1]) != "other":
            return line
        return "start other-once %s ## %s" % (" ".join(w[2:]), line)

    changed = commands(case, change)
    if changed is case or "other" not in case.files:
        return case
    return changed.changed(files=dict(
        case.files, **{"other-once": case.files["other"]}))


def once(events, case):
    return [x.replace("other-once", "other") for x in events]


def service_paths(case):
    def change(line):
        w = line.split()
        if w[:2] != ["set", "1"] or "/" not in w[2]:
            return line
        return "set 1 %s ## %s" % (w[2].rsplit("/", 1)[1] or "''", line)

    return commands(case, change)


def operations_in(case):
    return any(line.split()[0] in model.OPERATIONS for line in case.script)


def mode(word):
    """The player does of itself what the library does."""
    def change(case):
        if not operations_in(case):
            return case
        return case.changed(script=[word] + case.script)

    return change


def stay_loaded(case):
    if not changes_service(case) and sum(
            line.startswith("start ") for line in case.script) < 2:
        return case
    variants = ("mod", "noauth", "nosetcred", "noacct", "noclose")
    return case.changed(script=["pin " + " ".join(
        "@MOD@/oracle_%s.so" % v for v in variants)] + case.script)


def changes_service(case):
    return any(x.startswith("set 1 ") for x in case.script)


def needed_other(case):
    """other has no more than the types that the service lacks, and when it
    lacks none is not read at all."""
    starts = [x.split()[1] for x in case.script if x.startswith("start ")]
    other = case.files.get("other")
    service = model.service_of(starts[0]) if len(starts) == 1 else "other"
    if service == "other" or other is None or changes_service(case):
        return case
    own = model.Builder(case.files)
    if not own.read(service):
        return case
    lacking = [t for t in TYPES if not own.stacks[t.decode()]]
    if not lacking:
        return case.changed(files=dict(case.files, other=b""))

    def change(line, w):
        if policy.is_at_include(w) and len(w) > 1:
            return [b"%s include %s\n" % (t, w[1]) for t in lacking]
        known, t = model.type_of(w, None)
        return [] if known and t.encode() not in lacking else None

    return case.changed(files=dict(
        case.files, other=policy.rewritten(other, change)))


def no_conversation(case):
    """P-5 and U-5: one that says nothing and cannot."""
    return commands(case, lambda line: "setconv mute ## " + line if line ==
                    "setconv badfn" else line)


def tokens_for_programs(case):
    """One question, and an answer that cannot be read."""
    last = None

    def change(line):
        nonlocal last
        w = line.split()
        if w[0] in model.OPERATIONS or w[0] == "start":
            last = w[0]
        if line == "authtok 6 -" and last == "chauthtok":
            return "prompt 1 Password:%20 ## authtok 6 -"
        return line

    return commands(case, change)


def unreadable_tokens(events, case):
    def change(line):
        match = re.match(r"(authtok 6 - ->) (\S+) (\S+)$", line)
        if not match or match.group(2) == "bad_item":
            return line
        if match.group(2) == "success" and match.group(3) != "-":
            return match.group(1) + " bad_item -"
        return match.group(1) + " authtok_err -"

    return [change(x) for x in events]


# Events.

def ignore_refuses(events, case):
    def change(line):
        w = line.split(" ")
        if w[0] in model.OPERATIONS and line.endswith(" -> ignore"):
            return line[:-len("ignore")] + "perm_denied"
        if w[:2] == ["delay", "ignore"]:
            return " ".join(["delay", "perm_denied"] + w[2:])
        return line

    return [change(x) for x in events]


def numbers_refuse(events, case):
    return [re.sub(r"^((?:setcred|close) .* ->) -?[0-9]+$",
                   r"\1 perm_denied", x) for x in events]


def no_name_in_value(events, case):
    return [re.sub(r"^(getenv [^ ]+=[^ ]* ->) .*", r"\1 -", x)
            for x in events]


def ends_period(w):
    """F-2; a call that is refused for its flags is none (K-6)."""
    return (w[0] in ("auth", "chauthtok") and w[-1] != "incomplete" and
            not (w[0] == "chauthtok" and int(w[1], 0) & model.PASSES))


def fresh_delays(events, case):
    """A period has the delay that was asked for in it, or none."""
    longest = slept = 0
    out = []
    for line in events:
        w = line.split(" ")
        if w[0] == "faildelay" and w[-1] == "success":
            longest = max(longest, int(w[1]))
        elif w[0] == "op" and w[1].startswith("delay:"):
            longest = max(longest, int(w[1][6:]))
        elif w[0] == "sleep" and not longest:
            continue
        elif w[0] == "delay" and not longest:
            line = " ".join(w[:2] + ["0"] + w[3:])
        elif ends_period(w):
            longest = 0
        if w[0] == "delaycheck":
            line = " ".join(w[:-1] + [
                "inside" if int(w[1]) <= slept <= int(w[2]) else "outside"])
            slept = 0
        w = line.split(" ")
        slept += int(w[{"sleep": 1, "delay": 2}[w[0]]]) if w[0] in (
            "sleep", "delay") else 0
        out.append(line)
    return out


# Texts that programs show to people are each library's own.
KEPT_TEXTS = (0, 6, 7, 10, 11, 13, 19, 20, 26, 28)


# Cases that A cannot play.

def jumps_count(case, a, b):
    """N-1: the model foretells A by the older rule and B by the newer."""
    return (model.projected(a) == model.foretold(case, False) and
            model.projected(b) == model.foretold(case, True) and
            without_results(a) == without_results(b))


def without_results(events):
    return [re.sub(r"^((?:setcred|close) .* ->) .*", r"\1", x)
            for x in view.compared(events)]


def resumed_elsewhere(case, a, b):
    """W-12: the service changed while an operation waited. Up to there all is
    equal; the model foretells the rest."""
    at = first_difference(view.compared(a), view.compared(b))
    before = view.compared(b)[:at]
    return (any(re.match(r"set 1 .* -> success", x) for x in before) and
            any(x.endswith(" -> incomplete") for x in before) and
            model.projected(b) == model.foretold(case, True))


def first_difference(a, b):
    for n, (x, y) in enumerate(zip(a, b)):
        if x != y:
            return n
    return min(len(a), len(b))


def verified_anew(case, a, b):
    """W-9: A takes the token for verified, and B asks again, because the token
    or the operation is another than the verified one. What is called and
    answered cannot hang on it."""
    a, b = view.compared(a), view.compared(b)
    at = first_difference(a, b)
    return (at < min(len(a), len(b)) and
            re.match(r"op verify.* -> success ", a[at]) and
            re.match(r"conv .* 1 app 1 Retype", b[at]) and
            stale(b[:at]) and
            model.projected(a) == model.projected(b))


def stale(events):
    """Has a token been verified, and then another been set or the operation
    ended?"""
    verified = changed = False
    for n, line in enumerate(events):
        w = line.split(" ")
        if w[0] == "op" and " -> success" in line and (
                w[1].startswith("verify") or
                w[1].startswith("authtok:AUTHTOK") and
                "Retype" in events[n - 1]):
            verified, changed = True, False
        elif w[0] in model.OPERATIONS or w[0] == "op" and w[1].startswith(
                ("set:AUTHTOK", "noverify", "authtok:AUTHTOK")):
            changed = True
    return verified and changed


ROWS = (
    row("C-35", "files are included 15 deep, here and there", case=depth),
    row("N-2", "a comment or an empty line ends a continued one",
        case=continuations),
    row("N-3", "a line may be as long as it is", case=long_lines),
    row("DEB-2", "relative names are looked up where the policy is",
        case=relative_names),
    row("DEB-3", "an @include that cannot be read refuses in all stacks",
        case=missing_at_include),
    row("C-34", "an include of nothing, or of a folder, refuses",
        case=missing_operands),
    row("C-39", "a line without a module's name is no entry", case=bad_paths),
    row("C-25", "binding and definitive are known", case=other_keywords),
    row("N-6", "a jump above 2^31 is an error", case=large_jumps),
    row("W-4", "of other, only what the service lacks is used",
        case=needed_other),
    row("W-13", "the stacks of the service other run once",
        case=service_other, events=once),
    row("W-16", "a service that is set is cut at the last slash",
        case=service_paths),
    row("W-5", "modules stay loaded", case=stay_loaded),
    row("W-14", "a failed question for the name ends with the operation",
        case=mode("forgetting")),
    row("T-8", "who verifies a token notes his type of token first",
        case=mode("typing")),
    row("W-18", "tokens end with the operation", case=mode("wiping")),
    row("P-5", "a conversation without a function is one that fails",
        case=no_conversation),
    row("T-15", "a program that asks for a token is asked once",
        case=tokens_for_programs, events=unreadable_tokens),
    row("W-10", "a delay ends with the operation", events=fresh_delays),
    row("W-17", "PAM_IGNORE never reaches a program", events=ignore_refuses),
    row("X-19", "what is no code is PAM_PERM_DENIED, whatever came before it",
        events=numbers_refuse),
    row("E-8", "a name is no name with a value", events=no_name_in_value),
    row("N-1", "a frozen jump counts as ok", tail=jumps_count),
    row("W-12", "no operation goes on in another service's stack",
        tail=resumed_elsewhere),
    row("W-9", "a token is verified for itself", tail=verified_anew),
)


def apply(rows, case, played, again):
    """A's events of the case that the rows make of it. played remembers what it
    has made of others."""
    changed = case
    for r in rows:
        changed = r.case(changed) if r.case else changed
    key = changed.key()
    if key not in played:
        played[key] = again(changed)
    events = played[key]
    for r in rows:
        events = r.events(events, case) if r.events else events
    return events


def always(case, events):
    """A's events as the rows have them that need no other case: to be like A
    where it should not be is a difference too."""
    for r in ROWS:
        events = r.events(events, case) if r.events else events
    return events


def explain(case, a, b, again, syslog):
    """(rules that explain the difference, what A is then taken to have done).
    When they do not suffice, none, and what the changed case came to."""
    want = view.compared(b, syslog)
    rows = [r for r in ROWS if not r.tail]
    played = {case.key(): a}
    foreseen = apply(rows, case, played, again)
    tail = []
    if view.compared(foreseen) != view.compared(b):
        tail = [r for r in ROWS if r.tail and r.tail(case, foreseen, b)][:1]

    def explains(events):
        if not tail:
            return view.compared(events, syslog) == want
        return (tail[0].tail(case, events, b) and
                (not syslog or view.log_lines(events) == view.log_lines(b)))

    if not explains(foreseen):
        return [], view.compared(foreseen, syslog)

    for r in list(rows):
        fewer = [x for x in rows if x is not r]
        if explains(apply(fewer, case, played, again)):
            rows = fewer
    return [r.rule for r in rows + tail], want
