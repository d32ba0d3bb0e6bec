# SPDX-License-Identifier: BSD-2-Clause
"""utmp, wtmp, btmp and lastlog, written by our library and read by Debian's
programs."""

import os
import re
import subprocess
import time

from lib.people import ALICE
from lib.scenario import Story, demand

PLACE = "/tmp/logins"
FILES = ("/run/utmp", "/var/log/wtmp", "/var/log/btmp", "/var/log/lastlog")
STORE = "/run/usher/sessions"
CONTENT = {
    "usher.conf": "login-records till\n",
    "till": "auth required pam_unix.so nodelay\n"
            "session required pam_permit.so\n",
}
CONTENT["kiosk"] = CONTENT["till"]      # is not named

PAMCTL = ("/run/world/stage/usr/sbin/pamctl", "run", "--confdir=" + PLACE,
          "--item=tty=/dev/pts/9", "--item=rhost=192.0.2.7")
HIS = r"^alice +pts/9 +192\.0\.2\.7 "

# What is read, and a pattern of a line of it. None: there is no line of alice.
OPEN = (
    ("who", r"^alice +pts/9 .*\(192\.0\.2\.7\)$"),
    ("w -h", HIS),
    ("last -w", HIS + r".*(still logged in|gone - no logout)"),
    ("last -w -i", HIS),
    ("lastlog -u alice", HIS),
)
CLOSED = (
    ("who", None),
    ("w -h", None),
    ("last -w", HIS + r".* - \d\d:\d\d +\(00:0\d\)"),
    ("lastlog -u alice", HIS),
)
NOTHING = (("who", None), ("last -w", None), ("lastb -w", None),
           ("lastlog -t 1", None))
REFUSED = (
    ("lastb -w", r"^alice +pts/9 +192\.0\.2\.7 "),
    ("lastb -w", r"^UNKNOWN +pts/9 +192\.0\.2\.7 "),
    ("last -w", None),
)


def fresh():
    os.makedirs(PLACE, exist_ok=True)
    for name, text in CONTENT.items():
        with open(f"{PLACE}/{name}", "w") as file:
            file.write(text)
    for path in FILES:
        with open(path, "w"):
            pass
    os.makedirs(STORE, exist_ok=True)
    for path in (os.path.dirname(STORE), STORE):
        os.chmod(path, 0o700)


def pamctl(*words, password=None, exit=0):
    answers = () if password is None else ("--answer=" + password,)
    done = subprocess.run(PAMCTL + answers + words, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    demand(done.returncode == exit,
           f"{words} exits with {done.returncode}: {done.stdout}")
    return done.stdout


def judge(command, pattern, text):
    if pattern is None:
        demand("alice" not in text, f"{command} shows {text!r}")
    else:
        demand(re.search(pattern, text, re.M), f"{command} shows {text!r}")


def look(rows):
    for command, pattern in rows:
        text = subprocess.run(command.split(), text=True, check=True,
                              stdout=subprocess.PIPE).stdout
        judge(command, pattern, text)


def next_second():
    """last takes a session that ends in this very second for one that goes
    on."""
    time.sleep(1.05 - time.time() % 1)


def is_in(world):
    fresh()
    for command, pattern in OPEN:
        text = pamctl("till", "alice", "open_session", "exec",
                      "close_session", "--", *command.split())
        judge(command, pattern, text)


def has_left(world):
    fresh()
    pamctl("till", "alice", "open_session", "close_session")
    next_second()
    look(CLOSED)


def left_elsewhere(world):
    fresh()
    pamctl("till", "alice", "open_session")
    pamctl("till", "alice", "close_session")
    next_second()
    look(CLOSED)


def refused(world):
    fresh()
    for name in ("alice", "no-such-name"):
        pamctl("till", name, "authenticate", password="wrong", exit=1)
    look(REFUSED)


def not_named(world):
    fresh()
    pamctl("kiosk", "alice", "open_session", "close_session")
    pamctl("kiosk", "alice", "authenticate", password="wrong", exit=1)
    look(NOTHING)
    sizes = [os.path.getsize(path) for path in FILES]
    demand(sizes == [0] * len(FILES), f"sizes of {FILES} are {sizes}")


def not_there(world):
    fresh()
    for path in FILES:
        os.unlink(path)
    pamctl("till", "alice", "open_session", "close_session")
    pamctl("till", "alice", "authenticate", password=ALICE.password)
    pamctl("till", "alice", "authenticate", password="wrong", exit=1)
    made = [path for path in FILES if os.path.exists(path)]
    fresh()
    demand(not made, f"{made} were made")


SCENARIOS = (
    Story("login records: who, w, last and lastlog see who is in", is_in),
    Story("login records: who has left is out, and last tells when", has_left),
    Story("login records: another program closes", left_elsewhere),
    Story("login records: lastb names who has an account", refused),
    Story("login records: of services that are named, only", not_named),
    Story("login records: files that are not there are not made", not_there),
)
