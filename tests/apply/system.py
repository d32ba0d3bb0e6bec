# SPDX-License-Identifier: BSD-2-Clause
"""A system below a root of its own, and what is staged for it."""

import os
import pathlib
import shutil
import subprocess
import time

STACK = """\
auth required pam_unix.so
account required pam_unix.so
session required pam_unix.so
"""
DENY = """\
auth required pam_warn.so
auth required pam_deny.so
account required pam_deny.so
password required pam_deny.so
session required pam_deny.so
"""
OLD = {
    "etc/pam.d/su": STACK,
    "etc/pam.d/sshd": STACK,
    "etc/pam.d/login": STACK,
    "etc/pam.d/other": DENY,
    "etc/security/access.conf": "# old\n",
}
# As good as the old one, and told from it.
NEW = {
    "etc/pam.d/su": STACK.replace("required", "requisite", 1),
    "etc/pam.d/cron": STACK,
    "etc/security/access.conf": "# new\n",
    "etc/security/limits.d/x.conf": "# new\n",
}
STORE = "var/lib/usher/apply"


class Broken(Exception):
    """A promise was; the text says how."""


def demand(kept, *said):
    if not kept:
        raise Broken(" ".join(map(str, said)))


def write(top, files):
    for name, text in files.items():
        path = top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(0o644)


def tree(top):
    """Every file and link below, by its path."""
    found = {}
    for folder, names, files in os.walk(top):
        for name in files + names:
            path = pathlib.Path(folder, name)
            if path.is_symlink():
                found[str(path.relative_to(top))] = os.readlink(path)
            elif path.is_file():
                found[str(path.relative_to(top))] = path.read_text()
    return found


class System:
    def __init__(self, pamctl, facts, folder, old=OLD, new=NEW):
        self.pamctl, self.facts = pamctl, facts
        self.folder = pathlib.Path(folder)
        self.root, self.staged = self.folder / "root", self.folder / "staged"
        write(self.root, old)
        write(self.staged, new)
        self.old = old
        self.new = old | new

    def twin(self, name):
        """Another one of the same kind, fresh."""
        return System(self.pamctl, self.facts, self.folder / name)

    def remove(self):
        shutil.rmtree(self.folder)

    def command(self, verb, *args):
        return [self.pamctl, verb, "--root", str(self.root), "--facts",
                self.facts, *map(str, args)]

    def call(self, verb, *args, before=(), **how):
        return subprocess.run([*before, *self.command(verb, *args)],
                              capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, **how)

    def apply(self, *args, status=0, **how):
        """Put what is staged in place, with this exit status."""
        done = self.call("apply", *args, self.staged, **how)
        self.judge(done, status)
        return done

    def demand(self, verb, *args, status=0, **how):
        done = self.call(verb, *args, **how)
        self.judge(done, status)
        return done

    @staticmethod
    def judge(done, status):
        demand(done.returncode == status, "status", done.returncode, "not",
               status, done.stdout, done.stderr)

    def etc(self):
        """What stands in place, leftovers included."""
        return {"etc/" + name: text
                for name, text in tree(self.root / "etc").items()}

    def demand_etc(self, want, *said):
        got = self.etc()
        differ = sorted(name for name in got.keys() | want.keys()
                        if got.get(name) != want.get(name))
        demand(not differ, *said, "differs:", *differ)

    def stays_old(self):
        self.demand_etc(self.old, "not as it was,")
        store = self.root / STORE
        left = [x.name for x in store.glob("[!.]*")] if store.exists() else []
        demand(not left, "left in the store:", left)

    def ids(self):
        return sorted(x.name for x in (self.root / STORE).glob("[!.]*"))

    def journal(self, which=-1):
        return self.root / STORE / self.ids()[which] / "journal"

    def reboot(self):
        """The last one was made in a boot that is over."""
        path = self.journal()
        lines = path.read_text().splitlines()
        path.write_text("".join(
            ("boot another" if line.startswith("boot ") else line) + "\n"
            for line in lines))

    def wait_for(self, want, seconds=4):
        """Somebody else changes the system to that."""
        end = time.monotonic() + seconds
        while self.etc() != want and time.monotonic() < end:
            time.sleep(0.01)
        self.demand_etc(want, "not in time,")
