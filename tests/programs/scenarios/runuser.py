# SPDX-License-Identifier: BSD-2-Clause
"""runuser of util-linux: sessions without authentication."""

from lib.people import ALICE
from lib.scenario import Dialogue

SCENARIOS = (
    Dialogue("runuser: root runs a command as alice, in a session",
             run="runuser alice -c 'id -un'", prints=("alice\n",),
             logs=(r"pam_unix\(runuser:session\): session opened for user "
                   r"alice\(uid=4001\) by ",
                   r"pam_unix\(runuser:session\): session closed for user "
                   r"alice$")),
    Dialogue("runuser -l: a login shell, under its own service name",
             run="runuser -l alice -c 'echo $HOME'", prints=("/home/alice\n",),
             logs=(r"pam_unix\(runuser-l:session\): session opened",)),
    Dialogue("runuser: not for alice",
             who=ALICE, run="runuser bob -c 'id -un'", exit=1,
             prints=("may not be used by non-root users",)),
)
