# SPDX-License-Identifier: BSD-2-Clause
"""What was seen, in the words of the tables.

    start auth account cred open B:end!@user run over close uncred end

A word is a call of one process: A opened the session (or came first), B, C ...
are others in the order in which they appear. "cred", "recred" and "uncred" are
pam_setcred with ESTABLISH, REINITIALIZE and DELETE, "end!" is pam_end with
PAM_DATA_SILENT, "end=N" one with status N. "@NAME" is the effective user, if it
is not root; "user" is the one of the session. "close?" has lost the data that
open left in the handle. Between the calls: "run", what the user wants to run is
running; "kill", somebody was killed; "over", it was told to end."""

import pwd
import re

BARRIERS = ("run", "kill", "over")
CREDENTIALS = {0x2: "cred", 0x4: "uncred", 0x8: "recred", 0x10: "refresh"}
SESSION = "CONDUCT_SESSION"


def _name(uid):
    try:
        return pwd.getpwuid(int(uid)).pw_name
    except KeyError:
        return str(uid)


def _ended(event):
    status = int(event.flags, 16) & 0xff
    silent = "!" if event.silent else ""
    return "end" + silent + (f"={status}" if status else "")


def _closed(event):
    return "close" if event.opened_by != "0" else "close?"


WORDS = {
    "load": lambda event: "start",
    "shell": lambda event: "run",
    "setcred": lambda event: CREDENTIALS.get(int(event.flags, 16) & 0x1e, "?"),
    "end": _ended,
    "close": _closed,
}


def _who(event):
    """Effective user, as a suffix; nothing for root."""
    effective = _name(event.uids.split()[1])
    if effective == "root" or event.what in ("load", "shell"):
        return ""
    return "@user" if effective == event.user else "@" + effective


def _word(event):
    return WORDS.get(event.what, lambda event: event.what)(event)


class Trace:
    """The events of one run of one program."""

    def __init__(self, events):
        self.events = events
        self.opened = [event for event in events if event.what == "open"]
        self.letters = {}
        first = self.opened[:1] or events[:1]
        for event in first + events:
            if event.what not in BARRIERS + ("shell",):
                self.letters.setdefault(event.pid,
                                        chr(ord("A") + len(self.letters)))

    def process(self, letter):
        """Its id, or None."""
        for pid, name in self.letters.items():
            if name == letter:
                return int(pid)
        return None

    def words(self):
        return " ".join(map(self._word, self.events))

    def _word(self, event):
        if event.what in BARRIERS or event.what == "shell":
            return _word(event)
        letter = self.letters[event.pid]
        prefix = "" if letter == "A" else letter + ":"
        return prefix + _word(event) + _who(event)

    def at_open(self):
        """Items, real user, limits, as the last who opened had them."""
        if not self.opened:
            return ""
        event = self.opened[-1]
        found = [("tty", re.sub(r"\d+$", "N", event.tty)),
                 ("ruser", event.ruser), ("rhost", event.rhost),
                 ("by", _name(event.uids.split()[0])),
                 ("fsize", event.fsize if event.fsize != "-1" else ""),
                 ("files", event.nofile if int(event.nofile) < 64 else ""),
                 ("in", ",".join(self._outer_told_by(event)))]
        return " ".join([event.user] + [f"{key}={value}"
                                        for key, value in found if value])

    def _outer_told_by(self, inner):
        """What names the first session, to a program that opens another."""
        outer = self.opened[0]
        if outer.mark == inner.mark:
            return []
        audits = {event.sessionid for event in self.events
                  if event.mark == outer.mark} - {outer.sessionid}
        hints = (("getenv", inner.parent == outer.mark),
                 ("environ", SESSION in inner.environment.split()),
                 ("ancestor", outer.pid in [str(pid) for pid, _
                                            in inner.ancestors]),
                 ("audit", inner.sessionid in audits))
        return [name for name, true in hints if true]

    def at_run(self):
        """Who stands between what runs and the opener; what it got."""
        shells = [event for event in self.events if event.what == "shell"]
        if not shells:
            return ""
        shell, opener = shells[0], self.opened[-1:]
        return " ".join([_line(shell, opener)] + _gifts(shell, opener))


def _line(shell, opener):
    """Names from the parent up to the opener."""
    if not opener:
        return "no session"
    if shell.pid == opener[0].pid:
        return "the opener itself"
    names = []
    for pid, name in shell.ancestors:
        names.append(name)
        if str(pid) == opener[0].pid:
            return "<".join(names)
    return "the opener is gone"


def _gifts(shell, opener):
    """+env: it can name its session; +audit: an audit session of its own."""
    if not opener:
        return []
    named = shell.session == opener[0].mark
    audited = shell.sessionid != opener[0].sessionid
    return ["+env"] * named + ["+audit"] * audited


def _split(words):
    """[{process: [its words]}], a part between two barriers."""
    parts = [{}]
    for word in words.split():
        if word in BARRIERS:
            parts += [{"barrier": [word]}, {}]
            continue
        letter, colon, _ = word.partition(":")
        parts[-1].setdefault(letter if colon else "A", []).append(word)
    return parts


def same(seen, wanted):
    """Processes race; what one process does between two barriers does not."""
    return _split(seen) == _split(wanted)
