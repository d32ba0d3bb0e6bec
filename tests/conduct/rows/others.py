# SPDX-License-Identifier: BSD-2-Clause
"""Programs that do less, or otherwise: transfers, changes, tests."""

from kit.habit import KILL, Habit
from kit.starts import (WITNESS, by_ftp, by_polkit, on_terminal,
                        without_terminal)
from lib.people import ALICE

FRESH = "A-quite-Fresh-1"
SCHROOT = on_terminal(f"schroot -c here -- {WITNESS}", ALICE)
PKEXEC = by_polkit(f"pkexec --user alice {WITNESS}")
HELPER = without_terminal("/usr/lib/polkit-1/polkit-agent-helper-1", "alice",
                          text=f"cookie\n{ALICE.password}\n")
PASSWD = on_terminal("passwd", ALICE, (("Current password: ", ALICE.password),
                                       ("New password: ", FRESH),
                                       ("Retype new password: ", FRESH)))
CHSH = on_terminal("chsh -s /bin/bash", ALICE,
                   (("Password: ", ALICE.password),))
ASK = without_terminal("/run/world/programs/ask", "runuser", "alice", "setcred",
                       "open", "close", "delcred", text="[]")


def pamtester(calls, who=None):
    command = "pamtester runuser alice " + calls
    return on_terminal(command, who) if who else on_terminal(command)


FTP = "start auth account cred open run"
ON_FTP = "alice tty=ftp ruser=alice rhost=127.0.0.1 by=root"
ROOTED = "alice tty=/dev/pts/N ruser=alice rhost=world by=alice"

ROWS = (
    Habit("vsftpd: the privileged process opens, stays and closes", by_ftp,
          f"{FTP} over close uncred end", ON_FTP),
    Habit("vsftpd: that process is killed: nobody closes, the user stays in",
          by_ftp, f"{FTP} kill over", ON_FTP, act=(KILL, "A"), left="vsftpd"),
    Habit("vsftpd: open fails: deletes credentials, does not close", by_ftp,
          "start auth account cred open uncred end=14", ON_FTP,
          fails=("vsftpd", "open")),
    Habit("schroot: the opener stays and closes", SCHROOT,
          "start account cred open run over close uncred end", ROOTED,
          "schroot +env"),
    Habit("schroot: open fails: closes all the same", SCHROOT,
          "start account cred open close uncred end", ROOTED,
          fails=("schroot", "open"),
          undone="start account cred open uncred end"),
    Habit("pkexec: opens, ends the handle, becomes the program; nobody closes",
          PKEXEC, "start open end run over", "alice by=root",
          "the opener itself +env"),
    Habit("polkit's helper: no session", HELPER, "start auth account end"),
    Habit("passwd: no session", PASSWD, "start password password end"),
    Habit("chsh: no session", CHSH, "start auth account end"),
    Habit("pamtester: opens and closes in one handle",
          pamtester("open_session close_session"), "start open close end",
          "alice by=root"),
    Habit("pamtester: opens twice, closes twice",
          pamtester("open_session open_session close_session close_session"),
          "start open open close close end", "alice by=root"),
    Habit("pamtester: opens, and leaves closing to somebody else",
          pamtester("open_session"), "start open end", "alice by=root"),
    Habit("pamtester: closes what somebody else opened",
          pamtester("close_session"), "start close? end"),
    Habit("pamtester: without privileges",
          pamtester("open_session close_session", ALICE),
          "start open@user close@user end@user", "alice by=alice"),
    Habit("python3-pam: all in one handle", ASK,
          "start cred open close uncred end", "alice by=root"),
)
