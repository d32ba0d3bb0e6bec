# SPDX-License-Identifier: BSD-2-Clause
"""Places of every kind, and the way back."""

import os
import subprocess

from system import STACK, demand, write


def mount(*args):
    subprocess.run(["mount", *map(str, args)], check=True)


def linked(system):
    """/etc/pam.d is a link, to a path that means the root of the system."""
    etc = system.root / "etc"
    etc.joinpath("pam.d").rename(etc / "pam.real")
    etc.joinpath("pam.d").symlink_to("/etc/pam.real")


def seen(system, files):
    """Both names of a linked pam.d."""
    moved = {name.replace("pam.d/", "pam.real/"): text
             for name, text in files.items()}
    return moved | {"etc/pam.d": "/etc/pam.real"}


def link(system):
    linked(system)
    done = system.apply()
    demand("file by file, for it is a symbolic link" in done.stdout,
           done.stdout)
    system.demand_etc(seen(system, system.new))
    system.demand("apply", "--restore", system.ids()[0])
    system.demand_etc(seen(system, system.old))


def mounted(system):
    where = system.root / "etc/pam.d"
    mount("--bind", where, where)
    done = system.apply("--dry-run")
    demand("for it is a mount point" in done.stdout, done.stdout)
    demand("  /etc/pam.d/su\n" in done.stdout, done.stdout)
    system.stays_old()
    system.apply()
    system.demand_etc(system.new)


def file_mounted(system):
    linked(system)
    where = system.root / "etc/pam.real/su"
    mount("--bind", where, where)
    done = system.apply(status=3)
    demand("etc/pam.d/su: a mount point" in done.stderr, done.stderr)
    system.demand_etc(seen(system, system.old))


def overlaid(system):
    for name in ("upper", "work"):
        system.folder.joinpath(name).mkdir()
    mount("-t", "overlay", "overlay", system.root, "-o",
          f"lowerdir={system.root},upperdir={system.folder}/upper,"
          f"workdir={system.folder}/work")
    done = system.apply()
    demand("for it is in an overlay" in done.stdout, done.stdout)
    system.demand_etc(system.new)
    system.demand("apply", "--restore", system.ids()[0])
    system.demand_etc(system.old)


def appears(system):
    """A place that was not there: it comes, and goes again."""
    write(system.staged, {"etc/pam.conf": "# nothing\n"})
    system.root.joinpath("etc/security/access.conf").unlink()
    system.root.joinpath("etc/security").rmdir()
    old = {name: text for name, text in system.old.items()
           if "security" not in name}
    system.apply()
    system.demand_etc(system.new | {"etc/pam.conf": "# nothing\n"})
    system.demand("apply", "--restore", system.ids()[0])
    system.demand_etc(old)
    demand(not system.root.joinpath("etc/security").exists(),
           "an empty folder stays")


def restored(system):
    system.apply()
    first = system.ids()[0]
    system.demand("apply", "--restore", first)
    system.demand_etc(system.old)
    demand(len(system.ids()) == 2, "a restore is on record")
    system.demand("apply", "--restore", system.ids()[1])
    system.demand_etc(system.new)


def restored_checked(system):
    """What was wrong when it was replaced is checked as anything else."""
    broken = "auth requried pam_unix.so\n" + STACK
    system.root.joinpath("etc/pam.d/su").write_text(broken)
    system.apply()
    system.demand("apply", "--restore", system.ids()[0], status=1)
    system.demand_etc(system.new)


def links_in_it(system):
    path = system.staged / "etc/pam.d/system-login"
    path.symlink_to("su")
    system.apply()
    demand(os.readlink(system.root / "etc/pam.d/system-login") == "su")


PROMISES = [
    ("a folder that is a link: file by file, and back", link),
    ("a folder that is a mount point: said so before", mounted),
    ("a file that is a mount point: refused by name", file_mounted),
    ("an overlay: file by file, and back", overlaid),
    ("places that were not there come and go", appears),
    ("--restore goes the same road, both ways", restored),
    ("--restore is checked", restored_checked),
    ("links stay links", links_in_it),
]
