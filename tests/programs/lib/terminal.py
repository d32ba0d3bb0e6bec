# SPDX-License-Identifier: BSD-2-Clause
"""A program on a terminal of its own, and who types there."""

import os
import pty
import select
import signal
import time

PATIENCE = 15.0  # seconds; nothing here takes that long unless it hangs


class Silence(Exception):
    """The program did not say in time what it was expected to say."""


def _become(person):
    """Give up root for good; order matters."""
    if person.uid == 0:
        return
    os.initgroups(person.name, person.gid)
    os.setgid(person.gid)
    os.setuid(person.uid)


def _environment(person):
    path = os.environ["PATH"]
    return {"PATH": path, "HOME": person.home, "USER": person.name,
            "LOGNAME": person.name, "SHELL": "/bin/sh", "TERM": "dumb",
            "LANG": "C.UTF-8"}


class Terminal:
    """Start argv as person in a new session on a new pty."""

    def __init__(self, argv, person, env=None):
        self.text = ""
        self.seen = 0
        self.status = None
        self.started = time.monotonic()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            self._run(argv, person, env or {})

    @staticmethod
    def _run(argv, person, env):
        try:
            os.chdir(person.home)
            _become(person)
            os.execvpe(argv[0], argv, _environment(person) | env)
        finally:
            os._exit(127)

    def _read(self, seconds):
        """Take what comes within so many seconds; False at the end."""
        ready, _, _ = select.select([self.fd], [], [], max(0.0, seconds))
        if not ready:
            return True
        try:
            data = os.read(self.fd, 65536)
        except OSError:  # EIO: the last process has left the terminal
            return False
        self.text += data.decode(errors="replace").replace("\r\n", "\n")
        return bool(data)

    def expect(self, words, patience=PATIENCE):
        """Wait until words appear behind what was expected before."""
        end = time.monotonic() + patience
        while (at := self.text.find(words, self.seen)) < 0:
            if time.monotonic() > end or not self._read(end - time.monotonic()):
                raise Silence(words)
        self.seen = at + len(words)

    def type(self, line):
        os.write(self.fd, line.encode() + b"\n")

    def finish(self, patience=PATIENCE):
        """Wait for the end of the program; its exit status, 128+n if killed."""
        end = time.monotonic() + patience
        while self._read(end - time.monotonic()):
            if time.monotonic() > end:
                raise Silence("the end of the program")
        self._reap(end)
        return self.status

    def _reap(self, end):
        while self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                code = os.waitstatus_to_exitcode(status)
                self.status = code if code >= 0 else 128 - code
            elif time.monotonic() > end:
                raise Silence("the end of the program")
            else:
                time.sleep(0.005)

    def close(self):
        """Leave nobody behind."""
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            self.status = 128 + signal.SIGKILL
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1

    def seconds(self):
        return time.monotonic() - self.started
