# SPDX-License-Identifier: BSD-2-Clause
"""The world as a machine that systemd has booted."""

import contextlib
import os
import signal
import subprocess

from lib.scenario import demand, until

BOOT = "/run/world/programs/boot"
SPACES = ("--mount", "--pid", "--cgroup", "--ipc", "--uts")


class Machine:
    def __init__(self, pid):
        self.pid = pid
        self.root = f"/proc/{pid}/root"

    def run(self, *words):
        """A command of root's on it: status and what it said."""
        done = subprocess.run(
            ("nsenter", "--target", str(self.pid), *SPACES, "--", *words),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, timeout=30)
        return done.returncode, done.stdout

    def do(self, *words):
        status, said = self.run(*words)
        demand(not status, f"{' '.join(words)}: status {status}: {said}")
        return said

    def is_active(self, unit):
        return self.run("systemctl", "is-active", unit) == (0, "active\n")


def _first_process(unshare):
    """systemd, once it is what our child's child has become."""
    path = f"/proc/{unshare}/task/{unshare}/children"
    with open(path) as file:
        child = file.read().split()
    if not child:
        return None
    with open(f"/proc/{child[0]}/comm") as file:
        return int(child[0]) if file.read() == "systemd\n" else None


@contextlib.contextmanager
def booted():
    """Its end is a power cut: nobody is told of it."""
    unshare = subprocess.Popen(
        ("unshare", *SPACES, "--fork", "--kill-child", "sh", BOOT),
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True)
    pid = None
    try:
        pid = until("systemd", lambda: _first_process(unshare.pid))
        machine = Machine(pid)
        until("end of booting", lambda: machine.is_active("world.target"), 20)
        yield machine
    finally:
        os.kill(pid or unshare.pid, signal.SIGKILL)
        unshare.wait()
