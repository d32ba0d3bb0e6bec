# SPDX-License-Identifier: BSD-2-Clause
"""Killed, as by a loss of power, before each call that changes anything."""

import collections
import concurrent.futures

from places import linked, seen
from system import OLD, demand

# All that changes files, or says that they are to be on disk.
CALLS = ("write", "mkdirat", "fchown", "fchmod", "fsync", "syncfs", "renameat",
         "renameat2", "unlinkat", "symlinkat", "flock")


def strace(*options):
    return ("strace", "-qq", *options)


def count(system, *command):
    """How often a good run makes each call."""
    log = system.folder / "calls"
    system.call(*command, before=strace("-e", "trace=" + ",".join(CALLS),
                                        "-o", log))
    calls = collections.Counter(line.partition("(")[0]
                                for line in log.read_text().splitlines())
    demand(calls["renameat2"] or calls["renameat"], "saw", calls)
    return [(name, n) for name in calls if name in CALLS
            for n in range(1, calls[name] + 1)]


def kill_at(system, point, *command):
    name, n = point
    done = system.call(*command, before=strace(
        "-o", "/dev/null", "-e", f"trace={name}", "-e",
        f"inject={name}:signal=KILL:when={n}"))
    demand(done.returncode == -9, "not killed at", point, done.returncode)


def recover_elsewhere(system):
    """From what is on disk, in other namespaces: nothing of the first run is
    left but files."""
    done = system.call("apply", "--recover", before=("unshare", "--mount"))
    system.judge(done, 0)


def either(system, point, *choices):
    got = system.etc()
    demand(got in choices, "neither old nor new, killed at", point, sorted(
        name for name in got if got[name] != choices[0].get(name)))
    return choices.index(got)


def unsettled(system):
    told = system.call("apply", "--list").stdout
    return [word for word in ("staging", "ready", "swapped", "restoring")
            if word in told]


def each(system, points, check):
    """In copies of their own, two at a time."""
    def one(number_point):
        number, point = number_point
        twin = system.twin(f"twin{number}")
        try:
            return check(twin, point)
        finally:
            twin.remove()
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        return list(pool.map(one, enumerate(points)))


def killed(prepare, see):
    """In the middle of an apply: old or new, and both happen."""
    def check(system, point):
        prepare(system)
        kill_at(system, point, "apply", system.staged)
        recover_elsewhere(system)
        demand(not unsettled(system), "unsettled, killed at", point)
        return either(system, point, see(system, system.old),
                      see(system, system.new))

    def promise(system):
        first = system.twin("first")
        prepare(first)
        points = count(first, "apply", first.staged)
        ends = each(system, points, check)
        demand(set(ends) == {0, 1}, "always the same end:", set(ends))
    return promise


def whole(system):
    """Not even for a moment is pam.d a mixture."""
    def check(twin, point):
        kill_at(twin, point, "apply", twin.staged)
        got = {name: text for name, text in twin.etc().items()
               if name.startswith("etc/pam.d/")}
        demand(got in [{name: text for name, text in side.items()
                        if name.startswith("etc/pam.d/")}
                       for side in (twin.old, twin.new)],
               "a mixture, killed at", point)
    each(system, [("renameat2", 1), ("renameat2", 2), ("fsync", 5)], check)


def killed_twice(system):
    """While an unfinished one is undone."""
    def half(twin):
        linked(twin)
        kill_at(twin, ("renameat2", 3), "apply", twin.staged)

    def check(twin, point):
        half(twin)
        kill_at(twin, point, "apply", "--recover")
        recover_elsewhere(twin)
        twin.demand_etc(seen(twin, twin.old), "killed at", point)
    first = system.twin("first")
    half(first)
    each(system, count(first, "apply", "--recover"), check)


def killed_restoring(system):
    """While what nobody has confirmed is restored."""
    def due(twin):
        twin.apply("--confirm-within", "600")
        twin.reboot()

    def check(twin, point):
        due(twin)
        kill_at(twin, point, "apply", "--recover")
        recover_elsewhere(twin)
        twin.demand_etc(twin.old, "killed at", point)
    first = system.twin("first")
    due(first)
    each(system, count(first, "apply", "--recover"), check)


def watched(system):
    """The watchdog was there before the swap, and undoes what was begun."""
    kill_at(system, ("renameat2", 2), "apply", "--confirm-within", "1",
            system.staged)
    system.wait_for(OLD)


PROMISES = [
    ("pam.d as a whole is old or new at every moment", whole),
    ("killed anywhere: entirely old or entirely new",
     killed(lambda system: None, lambda system, files: files)),
    ("killed anywhere, file by file", killed(linked, seen)),
    ("killed anywhere while it is undone", killed_twice),
    ("killed anywhere while it is restored", killed_restoring),
    ("killed in the middle: the watchdog undoes it", watched),
]
