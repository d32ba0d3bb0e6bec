# SPDX-License-Identifier: BSD-2-Clause
"""A row: how a program is started, what is done to it, what it does."""

import contextlib
import os
import re
import signal
from dataclasses import dataclass
from typing import Callable

from kit.policy import Failing
from kit.running import name_of, parent, signal_to
from kit.trace import Trace, same
from lib.scenario import Failed

KILL, TERM, HUP = signal.SIGKILL, signal.SIGTERM, signal.SIGHUP

# Without audit in the kernel nobody can begin an audit session.
AUDITED = os.path.exists("/proc/self/sessionid")

# The code that fits the call that is made to fail.
CODES = {"open": 14, "close": 14, "setcred": 17, "account": 6}


@dataclass(frozen=True)
class Seen:
    """Each field is a text, empty if there was nothing of the kind."""

    does: str
    open: str
    run: str
    left: str


@dataclass(frozen=True)
class Habit:
    name: str
    start: Callable
    does: str                   # see kit/trace.py
    open: str = ""              # items and real user at open
    run: str = ""               # between what runs and the opener
    act: tuple = ()             # (signal, whom): before anything ends
    left: str = ""              # who lives when all has come to rest after it
    fails: tuple = ()           # (service, call): the policy refuses it
    undone: str = ""            # what modules see of it with our library, which
                                # has undone the opening by itself

    def observe(self, listener):
        """Play it; what was seen."""
        failing = Failing(*self.fails, CODES[self.fails[1]]) \
            if self.fails else contextlib.nullcontext()
        with failing, self.start(listener) as running:
            running.ready()
            left = self._strike(running)
            self._end(running)
            trace = Trace(running.events())
            return Seen(trace.words(), trace.at_open(), trace.at_run(), left)

    def _strike(self, running):
        if not self.act:
            return ""
        number, whom = self.act
        victims = _find(whom, running)
        running.listener.note("kill")
        _signal_all(victims, number)
        running.rest()
        return " ".join(sorted(map(name_of, running.alive())))

    @staticmethod
    def _end(running):
        """Everything has its end: what it was given to run, or all of it."""
        if any(event.what in ("shell", "run") for event in running.events()):
            running.listener.note("over")
            running.over()

    def play(self, listener, kind):
        seen = self.observe(listener)
        does = self.undone if kind == "ours" and self.undone else self.does
        if not same(seen.does, does):
            raise Failed(f"it did\n    {seen.does}\n  but not\n    {does}")
        for field in ("open", "run", "left"):
            got, want = getattr(seen, field), _possible(getattr(self, field))
            if got != want:
                raise Failed(f"{field} is {got!r}, not {want!r}")


def _possible(wanted):
    return wanted if AUDITED else re.sub("[ ,][+]?audit", "", wanted)


def _signal_all(victims, number):
    """None of several may see another one die. A single one is not stopped:
    sudo stops with its monitor."""
    for pid in victims if len(victims) > 1 else ():
        signal_to(pid, signal.SIGSTOP)
    for pid in victims:
        signal_to(pid, number)
        signal_to(pid, signal.SIGCONT)


def _find(whom, running):
    """Processes: a letter of the trace, or a part that somebody plays."""
    if whom == "everybody":
        return running.alive()
    if whom == "program":
        return running.witnesses()
    if whom == "shell":
        return [parent(pid) for pid in running.witnesses()]
    if whom == "helper":
        return [pid for pid in running.alive() if name_of(pid) == "(sd-pam)"]
    if whom in ("client", "daemon"):
        return [getattr(running, whom)]
    return list(filter(None, [Trace(running.events()).process(whom)]))
