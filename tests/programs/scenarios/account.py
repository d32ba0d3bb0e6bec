# SPDX-License-Identifier: BSD-2-Clause
"""People who know their password, and what keeps them out all the same."""

import contextlib
import os

from lib import people
from lib.people import ALICE, ROOT
from lib.scenario import Dialogue, Story
from scenarios.ssh import BY_DIALOGUE, BY_PASSWORD, with_sshd

LAST_CHANGE, EXPIRES = 2, 7     # fields of shadow(5)
FRESH = "A-quite-Fresh-1"
NOTICE = "Down for the afternoon."

LOGIN = ((" login: ", "alice"), ("Password: ", ALICE.password))
CHANGE = (("You are required to change your password immediately", None),
          ("Current password: ", ALICE.password),
          ("New password: ", FRESH), ("Retype new password: ", FRESH))


def when(number, value, dialogue):
    """... alice's line in shadow says so."""
    def tell(world):
        people.set_field("shadow", ALICE, number, value)
        dialogue.play(world)
    return Story(dialogue.name, tell)


@contextlib.contextmanager
def nologin():
    with open("/etc/nologin", "w") as file:
        file.write(NOTICE + "\n")
    try:
        yield
    finally:
        os.unlink("/etc/nologin")


def during_maintenance(scenario):
    def tell(world):
        with nologin():
            scenario.play(world)
    return Story(scenario.name, tell)


SCENARIOS = (
    when(LAST_CHANGE, "0", Dialogue(
        "login: a password that must be changed is changed, then the shell",
        run="login", talk=LOGIN + CHANGE + (("$ ", "exit"),),
        leaves=((ALICE, FRESH),),
        logs=(r"pam_unix\(login:account\): expired password for user alice",
              r"pam_unix\(login:chauthtok\): password changed for alice$"))),
    with_sshd(when(LAST_CHANGE, "0", Dialogue(
        "sshd: so it is over ssh, within the dialogue",
        run=BY_DIALOGUE + "-t alice@127.0.0.1",
        talk=(("Password: ", ALICE.password),) + CHANGE + (("$ ", "exit"),),
        leaves=((ALICE, FRESH),)))),
    when(EXPIRES, "1", Dialogue(
        "su: not even root becomes somebody whose account has expired",
        run="su alice -c id", exit=1,
        prints=("Your account has expired",),
        logs=(r"pam_unix\(su:account\): account alice has expired "
              r"\(account expired\)$",))),
    with_sshd(when(EXPIRES, "1", Dialogue(
        "sshd: an expired account is refused after the right password",
        run=BY_PASSWORD + "alice@127.0.0.1 id", exit=255,
        talk=(("password: ", ALICE.password),), lacks=("uid=",)))),
    during_maintenance(Dialogue(
        "login: during maintenance alice is told why, and root comes in",
        run="login",
        talk=((" login: ", "alice"), (NOTICE, None), ("Login incorrect", None),
              (" login: ", "root"), (NOTICE, None),
              ("Password: ", ROOT.password), ("# ", "exit")))),
    during_maintenance(with_sshd(Dialogue(
        "sshd: nobody but root during maintenance",
        run=BY_PASSWORD + "alice@127.0.0.1 id", exit=255,
        talk=(("password: ", ALICE.password),), lacks=("uid=",),
        logs=(r"Access denied for user alice by PAM account conf",)))),
)
