# SPDX-License-Identifier: BSD-2-Clause
"""sudo."""

from lib.people import ALICE, BOB
from lib.scenario import Dialogue

ASKS = "[sudo] password for alice: "

SCENARIOS = (
    Dialogue("sudo: alice becomes root with her own password",
             who=ALICE, run="sudo -k id -un",
             talk=((ASKS, ALICE.password),), prints=("root\n",),
             logs=(r"pam_unix\(sudo:session\): session opened for user "
                   r"root\(uid=0\) by (alice)?\(uid=4001\)$",
                   r"pam_unix\(sudo:session\): session closed for user "
                   r"root$")),
    Dialogue("sudo: a wrong password, then the right one",
             who=ALICE, run="sudo -k id -un",
             talk=((ASKS, "not-this-one"), (ASKS, ALICE.password)),
             prints=("Sorry, try again.", "root\n"), slower_than=1.0,
             logs=(r"pam_unix\(sudo:auth\): authentication failure; .*"
                   r" user=alice$",)),
    Dialogue("sudo: three wrong passwords are enough",
             who=ALICE, run="sudo -k id -un", exit=1,
             talk=((ASKS, "not-this"), (ASKS, "nor-this"), (ASKS, "never")),
             prints=("3 incorrect password attempts",), lacks=("root\n",)),
    Dialogue("sudo -i: a login shell, under its own service name",
             who=ALICE, run="sudo -k -i -u bob id -un",
             talk=((ASKS, ALICE.password),), prints=("bob\n",),
             logs=(r"pam_unix\(sudo-i:session\): session opened for user "
                   r"bob",)),
    Dialogue("sudo: bob is not in sudoers, whatever he knows",
             who=BOB, run="sudo -k id -un",
             talk=(("[sudo] password for bob: ", BOB.password),), exit=1,
             prints=("bob is not in the sudoers file",)),
)
