# SPDX-License-Identifier: BSD-2-Clause
"""sudo, which runs the command though its session answers PAM_SESSION_ERR."""

import contextlib
import os
import re
import subprocess

from lib.people import ALICE
from lib.scenario import Dialogue, Story, demand
from scenarios.ours import setting

POLICY = "/etc/pam.d/sudo"
STORE = "/run/usher/sessions"
MARKS = "/run/marks"
TELL = "/run/tell"
PAMCTL = "/run/world/stage/usr/sbin/pamctl"

CONTENT = f"""@include common-auth
@include common-account
session required pam_exec.so {TELL}
session required pam_deny.so
"""
SCRIPT = f"""#!/bin/sh
echo "$PAM_TYPE" >>{MARKS}
"""
# The command tells what had happened when it ran.
RUNS = Dialogue("", who=ALICE, run=f"sudo -k cat {MARKS}",
                talk=(("[sudo] password for alice: ", ALICE.password),),
                prints=("open_session",))


def write(path, text, mode=0o644):
    with open(path, "w") as file:
        file.write(text)
    os.chmod(path, mode)


def read(path):
    with open(path) as file:
        return file.read()


@contextlib.contextmanager
def half_a_session():
    """sudo's session has one entry that opens and one that fails."""
    before = read(POLICY)
    os.makedirs(STORE, exist_ok=True)
    for path in (os.path.dirname(STORE), STORE):
        os.chmod(path, 0o700)
    write(TELL, SCRIPT, 0o755)
    write(MARKS, "", 0o666)
    write(POLICY, CONTENT)
    try:
        yield
    finally:
        write(POLICY, before)


def records():
    """Of sudo, by id."""
    found = {}
    for folder, _, names in os.walk(STORE):
        for name in names:
            text = read(os.path.join(folder, name))
            if "\nservice sudo ." in text:
                found[name] = text
    return found


def marks():
    return read(MARKS).split()


def left_half_open(world):
    with half_a_session():
        RUNS.play(world)
        demand(marks() == ["open_session"], f"it came to {marks()}")
        left = records()
        demand(len(left) == 1, f"records of sudo: {list(left)}")
        name, text = left.popitem()
        states = re.findall(r"\nstate (\S+)", text)
        demand(set(states) <= {"opening"}, f"its states were {states}")
        subprocess.run((PAMCTL, "close", name), check=True,
                       stdout=subprocess.DEVNULL)
    demand(marks() == ["open_session", "close_session"],
           f"closing it came to {marks()}")
    demand(not records(), "its record stays")


def undone_if_wanted(world):
    with half_a_session(), setting("rollback-except nobody"):
        RUNS.play(world)
    demand(marks() == ["open_session", "close_session"],
           f"it came to {marks()}")
    demand(not records(), "its record stays")


SCENARIOS = (
    Story("sudo: a session that is half open stays so until sudo is gone",
          left_half_open),
    Story("sudo: it is undone at once if that is wanted", undone_if_wanted),
)
