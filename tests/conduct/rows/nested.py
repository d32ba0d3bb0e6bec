# SPDX-License-Identifier: BSD-2-Clause
"""Sessions within sessions: by what could the inner one know the outer?

    getenv     the caller's environment, asked as a library asks
    environ    the same, as the kernel handed it over
    ancestor   who opened the outer one is an ancestor
    audit      the audit session is the one that the outer one began"""

from kit.habit import Habit
from kit.starts import on_terminal
from lib.people import ALICE, BOB
from scenarios import ssh

SSH = ssh.BY_KEY + "-tt alice@127.0.0.1 "
BOB_ASKED = (("Password: ", BOB.password),)
ASKED = (("[sudo] password for alice: ", ALICE.password),)
DOAS_ASKED = (("assword: ", ALICE.password),)

OUTER = "start account cred open B:cred"
SUDO = "C:start C:auth C:account C:recred C:open run over"
CLOSES = "close uncred end"
SUDO_CLOSES = "C:close C:uncred C:end!"
BOB_BY_ALICE = "bob tty=/dev/pts/N ruser=alice by=alice"

ROWS = (
    Habit("su within ssh: everything tells",
          on_terminal(SSH + "su bob -c witness", ALICE, BOB_ASKED),
          f"{OUTER} C:start C:auth C:account C:cred C:open D:end!@user run "
          f"over C:close C:uncred C:end {CLOSES}",
          BOB_BY_ALICE + " in=getenv,environ,ancestor,audit", "sh<su +env"),
    Habit("sudo within ssh: its getenv hides the caller's environment",
          on_terminal(SSH + "sudo -u bob witness", ALICE, ASKED),
          f"{OUTER} {SUDO} {SUDO_CLOSES} {CLOSES}",
          BOB_BY_ALICE + " in=environ,ancestor,audit", "sudo<sudo +env"),
    Habit("doas within ssh: everything tells",
          on_terminal(SSH + "doas witness", ALICE, DOAS_ASKED),
          f"{OUTER} {SUDO} C:close C:uncred C:end {CLOSES}",
          "root tty=pts/N ruser=alice by=alice "
          "in=getenv,environ,ancestor,audit", "doas"),
    Habit("sudo within tmux within ssh: the opener is no ancestor",
          on_terminal(SSH + "tmux new 'sudo -u bob witness'", ALICE, ASKED,
                      {"TERM": "xterm"}),
          f"{OUTER} {SUDO} {SUDO_CLOSES} {CLOSES}",
          BOB_BY_ALICE + " in=environ,audit", "sudo<sudo +env"),
    Habit("su within su: there is no audit session to tell",
          on_terminal("su alice -c 'su bob -c witness'", talk=BOB_ASKED),
          "start auth account cred open B:end!@user "
          "C:start C:auth C:account C:cred C:open D:end!@user run over "
          "C:close C:uncred C:end close uncred end",
          BOB_BY_ALICE + " in=getenv,environ,ancestor", "sh<su +env"),
)
