# SPDX-License-Identifier: BSD-2-Clause
"""Programs that open a session and close it, killed in the middle."""

import contextlib
import os
import signal
import subprocess
import time

from kit import ledger
from kit.place import KILL_AT, PAMCTL, SESSIONS
from kit.processes import kill
from lib.people import ALICE
from lib.world import children
from scenarios.ssh import BY_KEY

QUIET = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL,
         "stderr": subprocess.DEVNULL, "start_new_session": True, "cwd": "/"}
EARLY, LATE = 0.0003, 0.001  # seconds before the first deed, after the last
PATIENCE = 10.0


def pamctl(service, *operations, options=()):
    return [PAMCTL, "run", *options, service, "alice", *operations]


def session(service):
    return pamctl(service, "open_session", "close_session")


AS_ALICE = {"user": ALICE.uid, "group": ALICE.gid, "extra_groups": []}

# Name -> command, and how it is run; each takes a few milliseconds.
COMMANDS = {
    "pamctl run": (session("marks"), {}),
    "pamctl run, no pauses": (session("fast"), {}),
    "pamctl run, refused": (session("refused"), {}),
    "su": (["su", "-s", "/bin/sh", "alice", "-c", ":"], {}),
    "su by a user": (["su", "-", "bob", "-c", ":"], AS_ALICE),
}
SSH = BY_KEY.split() + ["alice@127.0.0.1", ":"]


def _span(deeds, pid):
    times = [deed.time for deed in deeds if deed.pid == pid]
    return min(times), max(times)


class Direct:
    """A program of ours, killed so many seconds after its start."""

    def __init__(self, name):
        self.name = name
        self.command, self.options = COMMANDS[name]
        spans = [self._measure() for _ in range(5)]
        self.first = min(first for first, _ in spans) - EARLY
        self.last = max(last for _, last in spans) + LATE

    def _measure(self):
        mark = ledger.end()
        start = time.monotonic()
        process = subprocess.Popen(self.command, **QUIET, **self.options)
        process.wait()
        first, last = _span(ledger.read(mark), process.pid)
        return first - start, last - start

    def strike(self, random):
        """The pid of the opener, or None when it was faster."""
        end = time.monotonic() + random.uniform(self.first, self.last)
        with subprocess.Popen(self.command, **QUIET, **self.options) as process:
            time.sleep(max(0.0, end - time.monotonic()))
            kill(process.pid)
            process.wait()
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        return process.pid if process.returncode < 0 else None


class Ssh:
    """The monitor of a connection, killed so many seconds after the session's
    first module was called. One at a time."""

    name = "sshd"

    def __init__(self, listener):
        self.listener = listener
        spans = [self._measure() for _ in range(3)]
        self.spans = [max(whole for whole, _ in spans) + LATE,
                      max(opening for _, opening in spans)]

    def _client(self):
        return subprocess.Popen(SSH, **QUIET, **AS_ALICE)

    def _monitor(self, mark, client):
        """Wait for the session to begin; its process."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            known = children(self.listener)
            for deed in ledger.read(mark):
                if deed.pid in known:
                    return deed.pid
            if client.poll() is not None:
                return None
            time.sleep(0.001)
        raise TimeoutError("sshd opens no session")

    def _measure(self):
        mark = ledger.end()
        client = self._client()
        monitor = self._monitor(mark, client)
        client.wait()
        time.sleep(0.05)
        deeds = [deed for deed in ledger.read(mark) if deed.pid == monitor]
        opened = max(deed.time for deed in deeds if deed.what == "opened")
        return deeds[-1].time - deeds[0].time, opened - deeds[0].time

    def strike(self, random):
        mark = ledger.end()
        client = self._client()
        try:
            monitor = self._monitor(mark, client)
            if not monitor:
                return None
            # Half of them while modules work: the rest is the user's time.
            time.sleep(random.uniform(0, random.choice(self.spans)))
            below = children(monitor)
            kill(monitor)
            for pid in below:
                kill(pid)
        finally:
            kill(client.pid)
            client.wait()
        return monitor


class Stepped:
    """Killed in its first system call from the making of the record on, next
    time in its second, and so on until it has no more."""

    def __init__(self, name, command, path=SESSIONS):
        self.name, self.command, self.path = name, command, path
        self.calls = 0

    def strike(self, _random):
        self.calls += 1
        done = subprocess.run(
            [KILL_AT, str(self.calls), self.path, *self.command],
            **QUIET | {"stdout": subprocess.PIPE})
        if done.returncode > 1:
            raise RuntimeError(f"kill_at: status {done.returncode}")
        return int(done.stdout) if done.returncode == 0 else None
