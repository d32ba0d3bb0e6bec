# SPDX-License-Identifier: BSD-2-Clause
"""One player with one set of libraries, and what it logs."""

import os
import subprocess

LIBRARIES = ("libpam", "libpam_misc", "libpamc")
PATIENCE = 30   # seconds for one case


class Side:
    def __init__(self, name, player, folders, env):
        self.name = name
        self.folders = folders
        env = dict(env, PATH="/usr/bin:/bin", LC_ALL="C",
                   LD_LIBRARY_PATH=":".join(folders))
        self.process = subprocess.Popen(
            [player], env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for library in LIBRARIES:
            self.check(self.process.stdout.readline().decode().strip())

    def check(self, path):
        """A comparison of a library with itself would find nothing."""
        if os.path.dirname(path) not in self.folders:
            raise SystemExit("%s runs %s, which is not in %s" % (
                self.name, path, " ".join(self.folders)))

    def play(self, folders):
        """Begin to play the cases that lie in folders."""
        self.folder_count = len(folders)
        lines = ("%s/script %s/%s %d\n" % (f, f, self.name, PATIENCE)
                 for f in folders)
        self.process.stdin.write("".join(lines).encode())
        self.process.stdin.flush()

    def wait(self):
        for _ in range(self.folder_count):
            if self.process.stdout.readline() != b"done\n":
                raise SystemExit("the player of %s ended" % self.name)

    def events(self, folder):
        """What the case in folder came to, as lines."""
        log = os.path.join(folder, self.name)
        errors = read(log + ".err")
        lines = read(log).splitlines()
        if errors:
            lines.append("stderr " + errors.strip()[:4000]
                         .replace("\n", "\n    "))
        return lines

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def read(path):
    try:
        with open(path, encoding="latin-1") as text:
            return text.read()
    except FileNotFoundError:
        return ""
