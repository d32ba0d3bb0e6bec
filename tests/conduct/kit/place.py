# SPDX-License-Identifier: BSD-2-Clause
"""The private world, made ready for what is watched in it."""

import os
import pwd
import shutil
import subprocess

from kit import policy

OUT = "/run/world/out"

# Users that the packages' scripts would have made.
SYSTEM_USERS = ("ftp", "messagebus", "polkitd")

# What a package's script, not its archive, makes setuid.
SETUID = ("/usr/bin/pkexec", "/usr/lib/polkit-1/polkit-agent-helper-1")


def _run(command):
    subprocess.run(command, shell=True, check=True,
                   stdout=subprocess.DEVNULL)


def _unpack():
    _run(f"tar -x -C / --keep-directory-symlink --no-overwrite-dir "
         f"-f {OUT}/packages.tar && ldconfig")
    _run(f"tar -c -C {OUT}/conduct/files --owner=root --group=root . | "
         "tar -x -C / --keep-directory-symlink --no-overwrite-dir")


def _add_users():
    for number, name in enumerate(SYSTEM_USERS, 4110):
        try:
            pwd.getpwnam(name)
        except KeyError:
            with open("/etc/passwd", "a") as file:
                file.write(f"{name}:x:{number}:{number}::/:/bin/false\n")
            with open("/etc/group", "a") as file:
                file.write(f"{name}:x:{number}:\n")


def _give_rights():
    for path in SETUID:
        os.chown(path, 0, 0)
        os.chmod(path, 0o4755)
    for name in ("atjobs", "atspool"):
        path = "/var/spool/cron/" + name
        os.makedirs(path, exist_ok=True)
        shutil.chown(path, "daemon", "daemon")
        os.chmod(path, 0o1770)
    sequence = "/var/spool/cron/atjobs/.SEQ"
    with open(sequence, "a"):
        pass
    shutil.chown(sequence, "daemon", "daemon")


def _put_tools():
    for name in ("witness", "standin"):
        shutil.copy(f"{OUT}/{name}", "/usr/local/bin/" + name)
    # The same under another name, for a rule of its own in sudoers.
    shutil.copy(OUT + "/witness", "/usr/local/bin/bare")


def _put_record():
    """What the recorder and the witness try to write to."""
    os.makedirs("/run/conduct", mode=0o700)
    with open("/run/conduct/record", "w"):
        pass


def prepare():
    """Before the people are settled: they remember what passwd holds."""
    _unpack()
    _add_users()
    _give_rights()
    _put_tools()
    _put_record()
    for service in policy.services():
        policy.watch(service)
