# SPDX-License-Identifier: BSD-2-Clause
"""What a scenario finds: the log, the people, the libraries in use."""

import json
import os
import re

from lib import libraries, people
from lib.journal import Journal
from lib.scenario import Failed, until

STAGE = "/run/world/stage"
OUT = "/run/world/out"


class World:
    """kind: "debian", "library" (our libpam*) or "all" (our modules too)."""

    def __init__(self, kind):
        self.kind = kind
        self.journal = Journal()
        people.settle()
        self._kept = people.remember()
        self.expected = self._libraries()
        self._answers = {}

    def _libraries(self):
        """Real file of each library -> digest that it has to have."""
        staged = os.path.isdir(STAGE)
        return {name: libraries.digest((STAGE if staged else "") + path)
                for name, path in libraries.paths().items()}

    def reset(self):
        people.restore(self._kept)

    def note(self, title, answer):
        """What comes out here is compared with the other worlds."""
        self._answers[title] = answer
        if os.path.isdir(OUT):
            with open(f"{OUT}/{self.kind}.answers", "w") as file:
                json.dump(self._answers, file)

    def demand_line(self, pattern, mark):
        """A line of the log must match; say what was there if none does."""
        if self.journal.wait(pattern, mark):
            return
        lines = "\n    ".join(self.journal.since(mark))
        raise Failed(f"no log line matches {pattern!r}; there were:\n    "
                     + lines)

    def demand_libraries(self, pid, wanted=("libpam.so.0",)):
        """The process must run on exactly the library under test."""
        mapped = libraries.mapped(pid)
        for name in wanted:
            got = mapped.get(name)
            if got is None:
                raise Failed(f"process {pid} has no {name} mapped")
            if got != self.expected[name]:
                raise Failed(f"process {pid} runs on another {name}")

    def demand_modules(self, pid):
        """... and its modules are those of this world."""
        for name, got in libraries.mapped(pid).items():
            if name.startswith("pam_") and not self._is_ours(name, got):
                raise Failed(f"process {pid} runs on another {name}")

    def staged(self, name):
        """Where our build has a library or module of that name, or None."""
        path = STAGE + (libraries.paths().get(name)
                        or libraries.module_path(name))
        return path if os.path.exists(path) else None

    def _is_ours(self, name, got):
        path = self.staged(name)
        return self.kind != "all" or not path or got == libraries.digest(path)


def children(pid):
    """Process ids of all descendants, eldest first."""
    found, queue = [], [pid]
    parents = _parents()
    while queue:
        one = queue.pop(0)
        found.append(one)
        queue += sorted(p for p, parent in parents.items() if parent == one)
    return found[1:]


def no_children(pid):
    """Wait until pid, a daemon, has served everybody."""
    until(f"end of the children of {pid}", lambda: not children(pid))


def _parents():
    parents = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat") as file:
                stat = file.read()
        except OSError:
            continue
        # "pid (name) state parent": the name may hold anything.
        parents[int(name)] = int(re.sub(r".*\)", "", stat, flags=re.S)
                                 .split()[1])
    return parents
