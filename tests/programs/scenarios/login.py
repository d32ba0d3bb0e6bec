# SPDX-License-Identifier: BSD-2-Clause
"""login of the shadow suite, as getty starts it."""

from lib.people import ALICE
from lib.scenario import Dialogue

SCENARIOS = (
    Dialogue("login: alice logs in on a terminal",
             run="login",
             talk=((" login: ", "alice"),
                   ("Password: ", ALICE.password),
                   ("$ ", "echo $LOGNAME:$PWD"),
                   ("alice:/home/alice", "exit")),
             logs=(r"pam_unix\(login:session\): session opened for user "
                   r"alice\(uid=4001\) by (LOGIN|root|alice)?\(uid=0\)$",
                   r"pam_unix\(login:session\): session closed for user "
                   r"alice$")),
    Dialogue("login: a wrong password, then the right one",
             run="login",
             talk=((" login: ", "alice"),
                   ("Password: ", "not-this-one"),
                   ("Login incorrect", None),
                   (" login: ", "alice"),
                   ("Password: ", ALICE.password),
                   ("$ ", "exit")),
             slower_than=1.0,
             logs=(r"pam_unix\(login:auth\): authentication failure; .*"
                   r" user=alice$",
                   r"pam_unix\(login:session\): session opened for user "
                   r"alice")),
    Dialogue("login -f: already authenticated elsewhere",
             run="login -f alice", talk=(("$ ", "exit"),),
             lacks=("Password",)),
)
