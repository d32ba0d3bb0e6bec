# SPDX-License-Identifier: BSD-2-Clause
"""login of the shadow suite, and greetd, a login manager."""

from kit.habit import HUP, KILL, TERM, Habit
from kit.starts import by_greetd, on_terminal
from lib.people import ALICE, ROOT

ASKED = (("login: ", "alice"), ("Password: ", ALICE.password))
REFUSED = on_terminal("login", ROOT, ASKED)
LOGIN = on_terminal("login", ROOT, ASKED + (("$ ", "exec witness"),))

OPENS = "start auth account open cred B:end!@user run"
ON_TTY = "alice tty=/dev/pts/N by=root"
LINE = "login +env +audit"

GREETS = "start account cred open run"
GREETED, GREETD_LINE = "alice by=root", "greetd +env +audit"

ROWS = (
    Habit("login: credentials after open, and never deleted", LOGIN,
          f"{OPENS} over close end", ON_TTY, LINE),
    Habit("login -f: no authenticate",
          on_terminal("login -f alice", ROOT, (("$ ", "exec witness"),)),
          "start account open cred B:end!@user run over close end", ON_TTY,
          LINE),
    Habit("login: the shell is killed: closes", LOGIN,
          f"{OPENS} kill close end over", ON_TTY, LINE,
          act=(KILL, "program")),
    Habit("login, killed: nobody closes, the terminal is hung up", LOGIN,
          f"{OPENS} kill over", ON_TTY, LINE, act=(KILL, "A")),
    Habit("login, asked to end: goes away without closing", LOGIN,
          f"{OPENS} kill over", ON_TTY, LINE, act=(TERM, "A")),
    Habit("login, hung up: goes away without closing", LOGIN,
          f"{OPENS} kill over", ON_TTY, LINE, act=(HUP, "A")),
    Habit("login: open fails: does not close", REFUSED,
          "start auth account open end=14", ON_TTY, fails=("login", "open")),
    Habit("login: setcred fails: ends with the session open", REFUSED,
          "start auth account open cred end=17", ON_TTY,
          fails=("login", "setcred")),
    Habit("greetd: a worker opens, waits and closes", by_greetd,
          f"{GREETS} over close uncred end", GREETED, GREETD_LINE),
    Habit("greetd: the worker is killed: nobody closes, the program dies too",
          by_greetd, f"{GREETS} kill over", GREETED, GREETD_LINE,
          act=(KILL, "A")),
    Habit("greetd, killed: the worker dies too, nobody closes", by_greetd,
          f"{GREETS} kill over", GREETED, GREETD_LINE, act=(KILL, "daemon")),
    Habit("greetd: open fails: goes away without pam_end", by_greetd,
          "start account cred open", GREETED, fails=("greetd", "open")),
)
