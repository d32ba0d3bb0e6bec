# SPDX-License-Identifier: BSD-2-Clause
"""Those who close what others have left: pamctl reap and pamctl close, and the
same killed in the middle."""

import subprocess
import time

from kit import ledger, victims
from kit.place import PAMCTL, SESSIONS
from kit.processes import living
from kit.victims import QUIET

GRACE = 5.0
PATIENCE = 10.0
REAP_SPAN = 0.25    # seconds: some twenty sessions
CLOSE_SPAN = 0.025  # one

REAP = [PAMCTL, "reap"]


def close(session):
    return [PAMCTL, "close", session]


def run(command):
    """Exit status and what it said."""
    done = subprocess.run(command, capture_output=True, text=True, cwd="/")
    return done.returncode, done.stdout + done.stderr


def strike(command, seconds, copies=1):
    """So many run side by side and are killed after so many seconds: how many
    of them were not faster. Their children are gone too then, by themselves."""
    before = living()
    processes = [subprocess.Popen(command, **QUIET) for _ in range(copies)]
    time.sleep(seconds)
    for process in processes:
        process.kill()
    killed = sum(process.wait() < 0 for process in processes)
    end = time.monotonic() + PATIENCE
    while living() - before:
        if time.monotonic() > end:
            raise TimeoutError("a killed closer has left somebody")
        time.sleep(0.001)
    return killed


class Stepped:
    """pamctl close, killed in each system call from where the library takes
    the record on; a session is opened for it each time."""

    def __init__(self):
        self._victim = victims.Stepped("pamctl close", None, SESSIONS + "/")

    def strike(self, random):
        self._victim.command = close(self._opened())
        return self._victim.strike(random)

    @staticmethod
    def _opened():
        """A session whose opener has gone without a word."""
        mark = ledger.end()
        opener = subprocess.Popen(victims.pamctl(
            "fast", "open_session", options=["--no-end"]), **QUIET)
        opener.wait()
        return [deed.session for deed in ledger.read(mark)
                if deed.pid == opener.pid][0]
