# SPDX-License-Identifier: BSD-2-Clause
"""Sessions of those who are not there: cron, atd, services of systemd."""

from kit.habit import KILL, TERM, Habit
from kit.starts import WITNESS, by_at, by_cron, without_terminal

SERVICE = without_terminal("standin", "standin", "alice", WITNESS)

CRON = "start account cred open B:recred run"
ON_CRON, CRON_LINE = "alice tty=cron by=root", "sh<cron +env +audit"
AT = "start account open cred run"
ON_AT, AT_LINE = "alice by=daemon", "sh<atd +audit"
SERVED = "start account cred open run"
ON_SERVICE, SERVICE_LINE = "alice by=root", "the opener itself +env +audit"

ROWS = (
    Habit("cron: a child of the daemon opens and closes, credentials go first",
          by_cron, f"{CRON} over uncred close end", ON_CRON, CRON_LINE),
    Habit("cron: that child is killed: nobody closes, the job goes on",
          by_cron, f"{CRON} kill over", ON_CRON, CRON_LINE, act=(KILL, "A"),
          left="sh witness"),
    Habit("cron: the shell is killed: closes, the job goes on", by_cron,
          f"{CRON} kill uncred close end over", ON_CRON, CRON_LINE,
          act=(KILL, "shell"), left="witness"),
    Habit("cron: the daemon is killed: closes after the job", by_cron,
          f"{CRON} kill over uncred close end", ON_CRON, CRON_LINE,
          act=(KILL, "daemon"), left="cron sh witness"),
    Habit("cron: open fails: neither closes nor deletes", by_cron,
          "start account cred open end=14", ON_CRON, fails=("cron", "open")),
    Habit("cron: setcred fails: no session", by_cron,
          "start account cred end=17", fails=("cron", "setcred")),
    Habit("atd: credentials after open; the environment is lost", by_at,
          f"{AT} over uncred close end", ON_AT, AT_LINE),
    Habit("atd: the job's parent is killed: nobody closes, the job goes on",
          by_at, f"{AT} kill over", ON_AT, AT_LINE, act=(KILL, "A"),
          left="sh witness"),
    Habit("atd: open fails: does not close", by_at,
          "start account open end=14", ON_AT, fails=("atd", "open")),
    Habit("atd: setcred fails: ends with the session open", by_at,
          "start account open cred end=17", ON_AT, fails=("atd", "setcred")),
    Habit("PAMName=: the opener becomes the program; a helper closes, as the "
          "user, when it is gone", SERVICE,
          f"{SERVED} over B:uncred@user B:close@user B:end!@user",
          ON_SERVICE, SERVICE_LINE),
    Habit("PAMName=: the program is killed: the helper closes", SERVICE,
          f"{SERVED} kill B:uncred@user B:close@user B:end!@user over",
          ON_SERVICE, SERVICE_LINE, act=(KILL, "A")),
    Habit("PAMName=: the helper is killed: nobody closes", SERVICE,
          f"{SERVED} kill over", ON_SERVICE, SERVICE_LINE,
          act=(KILL, "helper"), left="witness"),
    Habit("PAMName=: the helper is asked to end first: nobody closes", SERVICE,
          f"{SERVED} kill B:uncred@user B:end!@user over", ON_SERVICE,
          SERVICE_LINE, act=(TERM, "helper"), left="witness"),
    Habit("PAMName=: open fails: neither closes nor deletes", SERVICE,
          "start account cred open end=14", ON_SERVICE,
          fails=("standin", "open")),
    Habit("PAMName=: credentials cannot be deleted: nobody closes", SERVICE,
          f"{SERVED} over B:uncred@user B:end!=17@user", ON_SERVICE,
          SERVICE_LINE, fails=("standin", "setcred")),
)
