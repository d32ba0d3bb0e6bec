# SPDX-License-Identifier: BSD-2-Clause
"""passwd, chpasswd, newusers, chsh, chfn of the shadow suite."""

from lib import people
from lib.people import ALICE, BOB, ROOT
from lib.scenario import Dialogue, Story, demand
from lib.terminal import Terminal

FRESH = "A-quite-Fresh-1"
ANOTHER = "A-quite-Other-2"


def chpasswd(world):
    """Reads from standard input, so no terminal."""
    mark = world.journal.mark()
    terminal = Terminal(["sh", "-c", f"echo 'bob:{FRESH}' | chpasswd"], ROOT)
    try:
        status = terminal.finish()
    finally:
        terminal.close()
    demand(status == 0, "chpasswd failed: " + terminal.text)
    demand(people.has_password(BOB, FRESH), "bob has not the new password")
    demand(people.field("shadow", BOB, 1).startswith("$y$"),
           "not hashed as the policy says")
    world.demand_line(r"pam_unix\(chpasswd:chauthtok\): password changed for "
                      r"bob$", mark)


def shell_is(shell):
    def check(_world):
        demand(people.field("passwd", ALICE, 6) == shell, "the shell is "
               + str(people.field("passwd", ALICE, 6)))
    return check


def both(dialogue, check):
    """The dialogue, and what the account files say afterwards."""
    def tell(world):
        dialogue.play(world)
        check(world)
    return Story(dialogue.name, tell)


SCENARIOS = (
    Dialogue("passwd: alice changes her own password",
             who=ALICE, run="passwd",
             talk=(("Current password: ", ALICE.password),
                   ("New password: ", FRESH),
                   ("Retype new password: ", FRESH)),
             prints=("password updated successfully",),
             leaves=((ALICE, FRESH),),
             logs=(r"pam_unix\(passwd:chauthtok\): password changed for "
                   r"alice$",)),
    Dialogue("passwd: two new passwords that differ change nothing",
             who=ALICE, run="passwd", exit=10,
             talk=(("Current password: ", ALICE.password),
                   ("New password: ", FRESH),
                   ("Retype new password: ", ANOTHER)),
             prints=("password unchanged",),
             leaves=((ALICE, ALICE.password),)),
    Dialogue("passwd: the current password is needed",
             who=ALICE, run="passwd", exit=10,
             talk=(("Current password: ", "not-this-one"),),
             prints=("password unchanged",),
             leaves=((ALICE, ALICE.password),),
             logs=(r"pam_unix\(passwd:chauthtok\): authentication failure; .*"
                   r" user=alice$",)),
    Dialogue("passwd: root sets bob's password unasked for the old one",
             run="passwd bob",
             talk=(("New password: ", FRESH), ("Retype new password: ", FRESH)),
             lacks=("Current",), leaves=((BOB, FRESH),)),
    Dialogue("passwd: alice may not set bob's",
             who=ALICE, run="passwd bob", exit=1,
             leaves=((BOB, BOB.password),)),
    Story("chpasswd: root sets passwords from a list", chpasswd),
    both(Dialogue("chsh: alice takes another shell, with her password",
                  who=ALICE, run="chsh -s /bin/bash",
                  talk=(("Password: ", ALICE.password),)),
         shell_is("/bin/bash")),
    both(Dialogue("chsh: not with a wrong password",
                  who=ALICE, run="chsh -s /bin/bash", exit=1,
                  talk=(("Password: ", "not-this-one"),),
                  prints=("PAM: Authentication failure",), slower_than=1.0),
         shell_is("/bin/sh")),
    both(Dialogue("chsh: root changes alice's shell unasked",
                  run="chsh -s /bin/bash alice", lacks=("Password",)),
         shell_is("/bin/bash")),
    Dialogue("chfn: alice changes her telephone number, with her password",
             who=ALICE, run="chfn -h 5550100",
             talk=(("Password: ", ALICE.password),)),
)
