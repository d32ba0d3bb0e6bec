# SPDX-License-Identifier: BSD-2-Clause
"""su and runuser of util-linux: the opener stays, waits and closes; a child
lets its copy of the handle go, as the user, and becomes the shell."""

from kit.habit import HUP, KILL, TERM, Habit
from kit.starts import on_terminal
from lib.people import ALICE, BOB

ASKED = (("Password: ", BOB.password),)
BY_ALICE = on_terminal("su bob -c witness", ALICE, ASKED)
LIMITED = on_terminal("sh -c 'ulimit -f 0; ulimit -n 8; su bob -c witness'",
                      ALICE, ASKED)

OPENS = "start auth account cred open B:end!@user run"
CLOSES = "close uncred end"
BOB_BY_ALICE = "bob tty=/dev/pts/N ruser=alice by=alice"
BOB_BY_ROOT = "bob tty=/dev/pts/N ruser=root by=root"
ALICE_BY_ROOT = "alice tty=/dev/pts/N ruser=root by=root"

RUNUSER = "start cred open B:end!@user run"

ROWS = (
    Habit("su: alice runs a command as bob", BY_ALICE,
          f"{OPENS} over {CLOSES}", BOB_BY_ALICE, "sh<su +env"),
    Habit("su: root runs a command as alice",
          on_terminal("su alice -c witness"),
          f"{OPENS} over {CLOSES}", ALICE_BY_ROOT, "sh<su +env"),
    Habit("su -: a login shell",
          on_terminal("su - bob", ALICE, ASKED + (("$ ", "exec witness"),)),
          f"{OPENS} over {CLOSES}", BOB_BY_ALICE, "su +env"),
    Habit("su --pty: another terminal inside, the same order",
          on_terminal("su --pty bob -c witness"),
          f"{OPENS} over {CLOSES}", BOB_BY_ROOT, "sh<su +env"),
    Habit("su: the caller's limits are still on when it opens and closes",
          LIMITED, f"{OPENS} over {CLOSES}", BOB_BY_ALICE + " fsize=0 files=8",
          "sh<su +env"),
    Habit("su, killed: nobody closes, the shell goes on", BY_ALICE,
          f"{OPENS} kill over", BOB_BY_ALICE, "sh<su +env",
          act=(KILL, "A"), left="sh witness"),
    Habit("su, asked to end: closes first, then kills the shell", BY_ALICE,
          f"{OPENS} kill {CLOSES} over", BOB_BY_ALICE, "sh<su +env",
          act=(TERM, "A"), left="su witness"),
    Habit("su, hung up: does not heed it, closes after the shell", BY_ALICE,
          f"{OPENS} kill over {CLOSES}", BOB_BY_ALICE, "sh<su +env",
          act=(HUP, "A"), left="sh su witness"),
    Habit("su: the shell is killed, what it ran lives on after the close",
          BY_ALICE, f"{OPENS} kill {CLOSES} over", BOB_BY_ALICE, "sh<su +env",
          act=(KILL, "B"), left="witness"),
    Habit("su: with all processes killed, nobody closes", BY_ALICE,
          f"{OPENS} kill over", BOB_BY_ALICE, "sh<su +env",
          act=(KILL, "everybody")),
    Habit("su: open fails: deletes credentials, does not close", BY_ALICE,
          "start auth account cred open uncred end=14", BOB_BY_ALICE,
          fails=("su", "open")),
    Habit("su: setcred fails: goes away without pam_end", BY_ALICE,
          "start auth account cred", fails=("su", "setcred")),
    Habit("runuser: sets credentials and opens, asks nothing",
          on_terminal("runuser alice -c witness"),
          f"{RUNUSER} over {CLOSES}", ALICE_BY_ROOT, "sh<runuser +env"),
    Habit("runuser -l: the same", on_terminal("runuser -l alice -c witness"),
          f"{RUNUSER} over {CLOSES}", ALICE_BY_ROOT, "sh<runuser +env"),
    Habit("runuser -u: the same without a shell",
          on_terminal("runuser -u alice witness"),
          f"{RUNUSER} over {CLOSES}", ALICE_BY_ROOT, "runuser +env"),
    Habit("runuser: open fails: deletes credentials, does not close",
          on_terminal("runuser -u alice witness"),
          "start cred open uncred end=14", ALICE_BY_ROOT,
          fails=("runuser", "open")),
)
