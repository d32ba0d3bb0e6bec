# SPDX-License-Identifier: BSD-2-Clause
"""Programs under watch: who of them lives, and when they have come to rest."""

import contextlib
import os
import signal
import time

# A row that waits for nothing in particular waits until nothing has happened
# for that long.
REST = 0.15
PATIENCE = 10.0


def _stat(pid):
    """State letter and parent of a process; None if it is gone."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            fields = file.read().rpartition(")")[2].split()
    except OSError:
        return None
    return fields[0], int(fields[1])


def living():
    """Ids of all processes that are not mere corpses."""
    found = set()
    for name in filter(str.isdigit, os.listdir("/proc")):
        stat = _stat(name)
        if stat and stat[0] not in "ZX":
            found.add(int(name))
    return found


def parent(pid):
    stat = _stat(pid)
    return stat[1] if stat else 0


def name_of(pid):
    try:
        with open(f"/proc/{pid}/comm") as file:
            return file.read().strip()
    except OSError:
        return ""


def signal_to(pid, number):
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def shells(events):
    """Those in which what the user runs has told of itself."""
    return [event for event in events if event.what == "shell"]


class Running:
    """Everything that was started since; the world's daemons not counted."""

    def __init__(self, listener):
        self.listener = listener
        self.mark = listener.mark()
        self.before = living()
        self.client = self.daemon = None
        self.read = lambda: None
        self.awaited = shells

    def events(self):
        return self.listener.since(self.mark)

    def alive(self):
        return living() - self.before

    def witnesses(self):
        alive = self.alive()
        return [event.number for event in shells(self.events())
                if event.number in alive]

    def ready(self):
        """The user's program runs, or there will be none."""
        self._wait(self._decided)

    def _decided(self):
        events = self.events()
        if self.awaited(events):
            if not shells(events):
                self.listener.note("run")
            return True
        # A daemon takes a moment before it begins anything.
        return not self.alive() and (events or not self.daemon)

    def over(self):
        for pid in self.witnesses():
            signal_to(pid, signal.SIGTERM)
        self.rest()

    def rest(self):
        """All have ended, or nothing has happened for a while."""
        state, since = None, 0.0

        def calm():
            nonlocal state, since
            now = (len(self.events()), frozenset(self.alive()))
            if now != state:
                state, since = now, time.monotonic()
            return not self.alive() or (time.monotonic() - since > REST
                                        and self._idle())
        self._wait(calm)

    def _wait(self, reached):
        end = time.monotonic() + PATIENCE
        while not reached() and time.monotonic() < end:
            self.read()
            time.sleep(0.005)
        self.listener.settle()

    def _idle(self):
        """Nobody computes: all of ours sleep."""
        return all((_stat(pid) or "S")[0] == "S" for pid in self.alive())

    def end(self):
        """Leave nobody behind."""
        for pid in self.alive():
            signal_to(pid, signal.SIGKILL)
        end = time.monotonic() + PATIENCE
        while self.alive() and time.monotonic() < end:
            time.sleep(0.002)
