# SPDX-License-Identifier: BSD-2-Clause
"""Who is there, and who is not to be."""

import contextlib
import os
import signal
import subprocess
import time

PATIENCE = 10.0


def _state(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0]
    except OSError:
        return "X"


def living():
    """All processes that are no corpses."""
    return {int(name) for name in os.listdir("/proc")
            if name.isdigit() and _state(name) not in "ZX"}


def kill(pid, number=signal.SIGKILL):
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def only(kept):
    """Kill everybody else, and wait until they are gone."""
    end = time.monotonic() + PATIENCE
    while others := living() - kept - {os.getpid()}:
        if time.monotonic() > end:
            raise TimeoutError(f"{others} cannot be killed")
        for pid in others:
            kill(pid)
        time.sleep(0.002)


NEXT_PID = "/proc/sys/kernel/ns_last_pid"
TRIES = 100


def _sleep_as(pid):
    """A process with this pid, or with another when somebody was faster. Pids
    after it go on from where they were: logs tell processes by them."""
    with open(NEXT_PID, "r+") as file:
        before = file.read()
        file.seek(0)
        file.write(str(pid - 1))
        file.flush()
        process = subprocess.Popen(["sleep", "1000"])
        file.seek(0)
        file.write(before)
    return process


@contextlib.contextmanager
def another(pid):
    """While somebody else has this pid: whether that could be had."""
    had = False
    for _ in range(TRIES if os.path.exists(NEXT_PID) else 0):
        process = _sleep_as(pid)
        had = process.pid == pid
        if had:
            break
        process.kill()
        process.wait()
    try:
        yield had
    finally:
        if had:
            process.kill()
            process.wait()
