# SPDX-License-Identifier: BSD-2-Clause
"""Sessions that live all the time, and that nobody may touch."""

import contextlib
import os
import signal
import subprocess

from kit import ledger
from kit.processes import kill
from kit.victims import AS_ALICE, SSH, pamctl

HOLD = ("open_session", "wait", "close_session")
SHELL = ["su", "-s", "/bin/sh", "alice", "-c", "echo waiting; exec cat"]

PIPES = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE,
         "stderr": subprocess.STDOUT, "start_new_session": True, "cwd": "/"}


class Inhabitant:
    """Holds a session until its standard input ends."""

    def __init__(self, name, command, **options):
        mark = ledger.end()
        self.name = name
        self.process = subprocess.Popen(command, **PIPES, **options)
        while b"waiting" not in (line := self.process.stdout.readline()):
            if not line:
                raise RuntimeError(name + " does not come to wait")
        opened = ledger.read(mark)[-1]
        self.opener, self.session = opened.pid, opened.session

    def leave(self):
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        self.process.wait()


class Stopped(Inhabitant):
    """The opener hangs, and lives."""

    def __init__(self, name, command):
        super().__init__(name, command)
        os.kill(self.opener, signal.SIGSTOP)

    def leave(self):
        os.kill(self.opener, signal.SIGCONT)
        super().leave()


class Orphaned(Inhabitant):
    """Its opener was killed, and the user is still in it: to be reaped when he
    has left."""

    def __init__(self, name, command):
        super().__init__(name, command)
        kill(self.opener)
        self.process.wait()


def all_kinds():
    return [Inhabitant("pamctl run", pamctl("marks", *HOLD)),
            Stopped("pamctl run, stopped", pamctl("marks", *HOLD)),
            Inhabitant("su", SHELL),
            Orphaned("su, killed", SHELL),
            Inhabitant("sshd", SSH[:-1] + ["echo waiting; exec cat"],
                       **AS_ALICE)]
