# SPDX-License-Identifier: BSD-2-Clause
"""What the modules say that they have done, in the order of doing it."""

import os
from dataclasses import dataclass

from kit.place import MARKS

LOG = MARKS + "/log"


@dataclass(frozen=True)
class Deed:
    pid: int
    what: str       # opens opened closes closed failed-to-open failed-to-close
    kind: str
    session: str
    time: float


def end():
    """Where it ends now."""
    return os.stat(LOG).st_size


def read(start=0):
    """The deeds from this place on."""
    deeds = []
    with open(LOG) as file:
        file.seek(start)
        for line in file.read().split("\n"):
            # A line that a kill has torn lacks its end.
            if line.endswith(" ."):
                deeds.append(_deed(*line.split()[:-1]))
    return deeds


def _deed(pid, what, kind, session, time):
    return Deed(int(pid), what, kind, session, int(time) / 1e9)


def repeated(deeds):
    """Closes that were made again, and of them those that nothing excuses:
    the process of the earlier one did something else afterwards. (That it
    closed is not on record yet when it says so.)"""
    by_process, tries = {}, {}
    for deed in deeds:
        by_process.setdefault(deed.pid, []).append(deed)
        if deed.what == "closes":
            tries.setdefault((deed.session, deed.kind), []).append(deed)
    earlier = [deed for times in tries.values() for deed in times[:-1]]
    return earlier, [deed for deed in earlier
                     if not _was_last(deed, by_process[deed.pid])]


def _was_last(deed, deeds):
    rest = deeds[deeds.index(deed) + 1:]
    return not rest or (len(rest) == 1 and rest[0].what == "closed")
