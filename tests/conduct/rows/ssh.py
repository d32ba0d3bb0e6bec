# SPDX-License-Identifier: BSD-2-Clause
"""sshd of OpenSSH with UsePAM: a listener, a process for each connection that
stays root (the monitor, A), and one below it that becomes the user (B)."""

from kit.habit import KILL, TERM, Habit
from kit.running import shells
from kit.starts import on_terminal
from lib.people import ALICE, BOB, ROOT
from scenarios import ssh

ASKED = (("assword: ", BOB.password),)
BY_KEY = on_terminal(ssh.BY_KEY + "alice@127.0.0.1 witness", ALICE)
BY_DIALOGUE = on_terminal(ssh.BY_DIALOGUE + "bob@127.0.0.1 witness", ROOT,
                          ASKED)


def by_password(options="", command="witness", **how):
    return on_terminal(f"{ssh.BY_PASSWORD} {options} bob@127.0.0.1 {command}",
                       ROOT, ASKED, **how)


def in_place(events):
    """The user's process has its credentials: nothing else will be told."""
    return len([event for event in events if event.what == "setcred"]) == 2


def two_run(events):
    return len(shells(events)) == 2


SHARED = on_terminal(f"""sh -c '
    {ssh.BY_KEY} -fMNS ctl alice@127.0.0.1
    ssh -S ctl 127.0.0.1 witness & ssh -S ctl 127.0.0.1 witness
    wait
    ssh -S ctl -O exit 127.0.0.1'""", ALICE, awaited=two_run)
PLAIN, PTY = by_password(), by_password("-t")
OPENS = "start auth account cred open B:cred run"
CLOSES = "close uncred end"
# The terminal is not yet known, and never told to PAM.
BOB_SSH = "bob tty=ssh rhost=127.0.0.1 by=root"
ALICE_SSH = "alice tty=ssh rhost=127.0.0.1 by=root"
LINE = "sh<sshd<sshd +env +audit"

ROWS = (
    Habit("sshd, password: the monitor does it all, as root; the user's "
          "process sets credentials once more and never ends its handle",
          PLAIN, f"{OPENS} over {CLOSES}", BOB_SSH, LINE),
    Habit("sshd, keyboard-interactive: a child authenticates, and goes away "
          "without pam_end", BY_DIALOGUE,
          f"start B:auth B:account cred open C:cred run over {CLOSES}",
          BOB_SSH, LINE),
    Habit("sshd, public key: no authenticate", BY_KEY,
          f"start account cred open B:cred run over {CLOSES}",
          ALICE_SSH, LINE),
    Habit("sshd: with a terminal all is the same, PAM_TTY too", PTY,
          f"{OPENS} over {CLOSES}", BOB_SSH, LINE),
    Habit("sshd: several programs over one connection have one session",
          SHARED, f"start account cred open B:cred run run over {CLOSES}",
          ALICE_SSH, LINE),
    Habit("sshd: a connection that runs nothing has a session",
          by_password("-N", "", awaited=in_place),
          f"{OPENS} kill {CLOSES} over", BOB_SSH, act=(KILL, "client")),
    Habit("sshd: the monitor is killed: nobody closes, the user stays in",
          PLAIN, f"{OPENS} kill over", BOB_SSH, LINE, act=(KILL, "A"),
          left="sh ssh sshd witness"),
    Habit("sshd: the user's sshd is killed: the monitor closes", PLAIN,
          f"{OPENS} kill {CLOSES} over", BOB_SSH, LINE, act=(KILL, "B"),
          left="sh witness"),
    Habit("sshd: the shell is killed: open as long as what it ran", PLAIN,
          f"{OPENS} kill over {CLOSES}", BOB_SSH, LINE, act=(KILL, "shell"),
          left="ssh sshd sshd witness"),
    Habit("sshd: the client goes: closed, while the user's program runs on",
          PLAIN, f"{OPENS} kill {CLOSES} over", BOB_SSH, LINE,
          act=(KILL, "client"), left="sh witness"),
    Habit("sshd: with a terminal, the program is hung up when the client goes",
          PTY, f"{OPENS} kill {CLOSES} over", BOB_SSH, LINE,
          act=(KILL, "client")),
    Habit("sshd: the monitor is asked to end: closes, the program runs on",
          PLAIN, f"{OPENS} kill {CLOSES} over", BOB_SSH, LINE,
          act=(TERM, "A"), left="sh witness"),
    Habit("sshd: with all processes killed, nobody closes", PLAIN,
          f"{OPENS} kill over", BOB_SSH, LINE, act=(KILL, "everybody")),
    Habit("sshd: open fails: no shell, no close, and credentials are set "
          "after it", PLAIN,
          "start auth account cred open B:cred uncred end=14", BOB_SSH, fails=("sshd", "open")),
    Habit("sshd: setcred fails: goes on, closes, does not delete", PLAIN,
          f"{OPENS} over close end", BOB_SSH, LINE, fails=("sshd", "setcred")),
    Habit("sshd: the account is refused: no setcred, no session", PLAIN,
          "start auth account end=6", fails=("sshd", "account")),
    Habit("sshd: close fails: nothing else is tried", PLAIN,
          f"{OPENS} over {CLOSES}", BOB_SSH, LINE, fails=("sshd", "close")),
)
