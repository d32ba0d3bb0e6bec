# SPDX-License-Identifier: BSD-2-Clause
"""sudo and doas: the user is the caller until setcred, and then the target."""

from kit.habit import HUP, KILL, TERM, Habit
from kit.starts import on_terminal
from lib.people import ALICE, BOB

ASKED = (("[sudo] password for alice: ", ALICE.password),)
BOB_ASKED = (("[sudo] password for bob: ", BOB.password),)
PTY = on_terminal("sudo -u bob witness", ALICE, ASKED)
NO_PTY = on_terminal("sudo -u alice witness", BOB, BOB_ASKED)
DOAS = on_terminal("doas witness", ALICE, (("assword: ", ALICE.password),))

OPENS = "start auth account recred open run"
CLOSES = "close uncred end!"
BOB_BY_ALICE = "bob tty=/dev/pts/N ruser=alice by=alice"
ALICE_BY_BOB = "alice tty=/dev/pts/N ruser=bob by=bob"
LINE = "sudo<sudo +env"
ROOT_DOAS = "root tty=pts/N ruser=alice by=alice"

ROWS = (
    Habit("sudo: the opener stays and closes, and its pam_end is silent", PTY,
          f"{OPENS} over {CLOSES}", BOB_BY_ALICE, LINE),
    Habit("sudo: alice becomes root", on_terminal("sudo witness", ALICE, ASKED),
          f"{OPENS} over {CLOSES}", "root tty=/dev/pts/N ruser=alice by=alice",
          LINE),
    Habit("sudo: by root, no authenticate", on_terminal("sudo -u bob witness"),
          f"start account recred open run over {CLOSES}",
          "bob tty=/dev/pts/N ruser=root by=root", LINE),
    Habit("sudo -i: a login shell",
          on_terminal("sudo -i -u bob witness", ALICE, ASKED),
          f"{OPENS} over {CLOSES}", BOB_BY_ALICE, "sh<sudo<sudo +env"),
    Habit("sudo without use_pty: one process fewer", NO_PTY,
          f"{OPENS} over {CLOSES}", ALICE_BY_BOB, "sudo +env"),
    Habit("sudo without session and credentials: becomes the command",
          on_terminal("sudo -u bob bare", ALICE, ASKED),
          "start auth account end! run over", "", "no session"),
    Habit("sudo, killed: nobody closes, the command is ended", PTY,
          f"{OPENS} kill over", BOB_BY_ALICE, LINE, act=(KILL, "A")),
    Habit("sudo without use_pty, killed: nobody closes", NO_PTY,
          f"{OPENS} kill over", ALICE_BY_BOB, "sudo +env", act=(KILL, "A")),
    Habit("sudo: its monitor is killed: closes", PTY,
          f"{OPENS} kill {CLOSES} over", BOB_BY_ALICE, LINE,
          act=(KILL, "shell")),
    Habit("sudo: the command is killed: closes", PTY,
          f"{OPENS} kill {CLOSES} over", BOB_BY_ALICE, LINE,
          act=(KILL, "program")),
    Habit("sudo, asked to end: ends the command, then closes", PTY,
          f"{OPENS} kill {CLOSES} over", BOB_BY_ALICE, LINE, act=(TERM, "A")),
    Habit("sudo, hung up: ends the command, then closes", PTY,
          f"{OPENS} kill {CLOSES} over", BOB_BY_ALICE, LINE, act=(HUP, "A")),
    Habit("sudo: open fails: runs the command all the same, does not close",
          PTY, f"{OPENS} over uncred end!", BOB_BY_ALICE, LINE,
          fails=("sudo", "open")),
    Habit("sudo: setcred fails: goes on, closes, does not delete", PTY,
          f"{OPENS} over close end!", BOB_BY_ALICE, LINE,
          fails=("sudo", "setcred")),
    Habit("sudo: the account is refused: no session", PTY,
          "start auth account end!=6", fails=("sudo", "account")),
    Habit("doas: the session's environment does not reach the command", DOAS,
          f"{OPENS} over close uncred end", ROOT_DOAS, "doas"),
    Habit("doas, killed: nobody closes", DOAS, f"{OPENS} kill over",
          ROOT_DOAS, "doas", act=(KILL, "A")),
    Habit("doas, asked to end: closes first, then kills the command", DOAS,
          f"{OPENS} kill close uncred end over", ROOT_DOAS, "doas",
          act=(TERM, "A"), left="doas"),
    Habit("doas: open fails: goes away without pam_end", DOAS,
          "start auth account recred open", ROOT_DOAS, fails=("doas", "open")),
)
