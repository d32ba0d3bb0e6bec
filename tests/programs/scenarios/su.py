# SPDX-License-Identifier: BSD-2-Clause
"""su of util-linux."""

import shlex

from lib.people import ALICE, BOB, ROOT
from lib.scenario import Dialogue, Story
from lib.terminal import Terminal

OPENED = r"pam_unix\(su:session\): session opened for user {0.name}" \
         r"\(uid={0.uid}\) by {1}\(uid={2.uid}\)$"
CLOSED = r"pam_unix\(su:session\): session closed for user {0.name}$"


def on_our_library(world):
    """su waits for its child with the library mapped: look at it."""
    terminal = Terminal(shlex.split("su alice -c 'echo here; read line'"), ROOT)
    try:
        terminal.expect("here")
        world.demand_libraries(terminal.pid, ("libpam.so.0",
                                              "libpam_misc.so.0"))
        world.demand_modules(terminal.pid)
        terminal.type("")
        terminal.finish()
    finally:
        terminal.close()


SCENARIOS = (
    Story("su: a live su runs on the library under test", on_our_library),
    Dialogue("su: root becomes alice unasked",
             run="su alice -c 'id -un'",
             prints=("alice\n",), lacks=("Password",),
             logs=(OPENED.format(ALICE, r"(root)?", ROOT),
                   CLOSED.format(ALICE))),
    Dialogue("su: alice becomes bob with his password",
             who=ALICE, run="su bob -c 'id -un'",
             talk=(("Password: ", BOB.password),),
             prints=("bob\n",),
             logs=(OPENED.format(BOB, "(alice)?", ALICE),
                   CLOSED.format(BOB))),
    Dialogue("su: alice becomes root with root's password",
             who=ALICE, run="su -c 'id -un'",
             talk=(("Password: ", ROOT.password),),
             prints=("root\n",)),
    Dialogue("su: a wrong password is refused, late and on record",
             who=ALICE, run="su bob -c 'id -un'",
             talk=(("Password: ", "not-this-one"),),
             exit=1, prints=("su: Authentication failure",),
             lacks=("bob\n",), slower_than=1.0,
             logs=(r"pam_unix\(su:auth\): authentication failure; logname=\S* "
                   r"uid=4001 euid=0 tty=\S+ ruser=alice rhost=  user=bob$",)),
    Dialogue("su: an empty password is not the password",
             who=ALICE, run="su bob -c 'id -un'",
             talk=(("Password: ", ""),),
             exit=1, prints=("su: Authentication failure",)),
    Dialogue("su: nobody of that name",
             run="su nobody-here -c 'id -un'", exit=1,
             prints=("su: user nobody-here does not exist",)),
    Dialogue("su -: a login shell at home, with bob's environment",
             who=ALICE, run="su - bob",
             talk=(("Password: ", BOB.password),
                   ("$ ", "echo $LOGNAME:$HOME:$PWD"),
                   ("bob:/home/bob:/home/bob", "exit"))),
    Dialogue("su: the status of the command is the status of su",
             run="su alice -c 'exit 7'", exit=7),
)
