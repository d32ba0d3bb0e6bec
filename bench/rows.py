# SPDX-License-Identifier: BSD-2-Clause
"""What is measured, in the order in which it is printed."""

PROCESSES = "100"		# runs of a short program, in one round
FIRSTS = "20"


class Row:
    def __init__(self, name, unit, scene, etc="few"):
        self.name, self.unit, self.scene, self.etc = name, unit, scene, etc

    process = False		# calls are those of a whole process
    threads = False		# not to be pinned to one CPU

    def command(self, programs):
        return [programs + "measure", self.scene]

    def counted(self, programs):
        return self.command(programs)

    def shown(self, value):
        """A measured value (nanoseconds or bytes) in the row's unit."""
        return value / {"ns": 1, "us": 1e3, "KiB": 1024}[self.unit]


class Uncounted(Row):
    """Measured once in a process."""

    def counted(self, programs):
        return None


class First(Uncounted):
    """Measured once in each of several processes."""

    def command(self, programs):
        return [programs + "spawn", "-q", FIRSTS, *super().command(programs)]


class Threads(Uncounted):
    threads = True


class Process(Row):
    """A short program, from its start to its end."""

    process = True

    def command(self, programs):
        return [programs + "spawn", PROCESSES, *self.counted(programs)]

    def counted(self, programs):
        program, *arguments = self.scene.split()
        return [programs + program, *arguments]


def store(what, sizes):
    return [Row("%s, %d entries" % (what, n), "ns", "%s-%d" % (what, n))
            for n in sizes]


ROWS = [
    Row("full cycle", "us", "cycle"),
    Row("full cycle, modules in use", "us", "cycle-pinned"),
    Row("full cycle, 1 module", "us", "cycle-one-module"),
    Row("start, open, close, end", "us", "session"),
    Row("start, end", "us", "start-end"),
    Row("open, close", "us", "open-close"),
    *(Row("call of 1 of %d modules" % n, "ns", "call-%d" % n)
      for n in (1, 4, 16, 64)),
    # Without what a CPU pays for jumping to ever other places.
    Row("call of 1 module 16 times", "ns", "call-same"),
    *(Row("start, end, %d includes deep" % n, "us", "depth-%d" % n)
      for n in (1, 8, 15)),
    Row("full cycle, 10000 files", "us", "cycle", etc="many"),
    First("pam.conf, 10000 lines, first", "us", "first-reading", etc="single"),
    Row("pam.conf, 10000 lines, full cycle", "us", "cycle", etc="single"),
    First("first full cycle of a process", "us", "first-cycle"),
    Process("process, without libpam", "us", "bare"),
    Process("process, with libpam", "us", "once nothing"),
    Process("process, one session", "us", "once session"),
    Process("process, one full cycle", "us", "once cycle"),
    *(Threads("full cycle, %d threads" % n, "us", "threads-%d" % n)
      for n in (1, 2, 4)),
    Uncounted("handle, heap, 1000 of them", "KiB", "heap-1000"),
    Uncounted("handle, heap, 10000 of them", "KiB", "heap-10000"),
    Uncounted("handle of an open session, heap", "KiB", "login-heap-1000"),
    Uncounted("handle, resident, 1000 of them", "KiB", "rss-1000"),
    Uncounted("handle, resident, 10000 of them", "KiB", "rss-10000"),
    *store("putenv", (10, 100, 1000)),
    *store("getenv", (10, 100, 1000)),
    *store("getenvlist", (10, 100, 1000)),
    *store("set_data", (10, 100, 1000)),
    *store("get_data", (10, 100, 1000)),
    *(Row("set_item, %d bytes" % n, "ns", "set_item-%d" % n)
      for n in (8, 64, 1000)),
    Row("get_item", "ns", "get_item"),
]
