# SPDX-License-Identifier: BSD-2-Clause
"""Who is there, and who is not to be."""

import contextlib
import os
import signal
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
