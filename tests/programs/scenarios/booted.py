# SPDX-License-Identifier: BSD-2-Clause
"""Our units, run by the systemd of a booted machine, and the sessions of its
services."""

import json
import os
import re
import shutil
import stat

from lib.booted import booted
from lib.scenario import Story, demand, until
from scenarios.sessions import read, write
from scenarios.upkeep import LOG

POLICY = "/etc/pam.d/sshd"
STAGED = "/root/staged"
VISIT = ("systemd-run", "--quiet", "--property=User=alice",
         "--property=PAMName=login")
SEATED = VISIT[:-1] + ("--property=PAMName=seated",)
SEATED_POLICY = """account required pam_permit.so
session required pam_loginuid.so
session optional pam_systemd.so
"""


def events(identity):
    """What the log tells of a session."""
    with open(LOG) as file:
        told = [json.loads(line) for line in file]
    return [one["event"] for one in told if one["id"] == identity]


def places(world):
    for path in ("/var/lib/usher", "/var/log/usher"):
        shutil.rmtree(path)
    with booted() as machine:
        for path, mode in (("/run/usher/sessions", 0o700),
                           ("/var/lib/usher/undo", 0o700),
                           (LOG, 0o640)):
            found = stat.S_IMODE(os.stat(machine.root + path).st_mode)
            demand(found == mode, f"{path} has mode {found:o}")
        demand(machine.is_active("usher-reap.timer"), "the timer stands")
        failed = machine.do("systemctl", "list-units", "--failed",
                            "--no-legend", "usher*", "pamctl*")
        demand(not failed, failed)


def records(machine):
    """The sessions that are open, by id."""
    text = machine.do("pamctl", "sessions", "--json")
    return {one["id"]: one for one in json.loads(text)["sessions"]}


def ended(machine):
    """A service that has done its work; its session's id."""
    said = machine.do(*VISIT, "--wait", "--pipe", "sh", "-c",
                      "id -un; echo $USHER_SESSION_ID")
    demand(re.fullmatch(r"alice\n[0-9a-f-]{36}\n", said), said)
    return said.split()[1]


def begun(machine, *how):
    """The session of a service that has just begun."""
    before = set(records(machine))
    machine.do(*how, "--unit=visit", "sleep", "1000")
    return until("record", lambda: [
        one["id"] for one in records(machine).values()
        if one["id"] not in before and one["service"] != "systemd-user"
        and one["state"] == "open"])[0]


def killed(machine, *how):
    """The same of one that is killed with all that belongs to it."""
    identity = begun(machine, *how)
    machine.do("systemctl", "kill", "--signal=KILL", "visit")
    return identity


def services(world):
    """Who is to close for systemd, "(sd-pam)", has the user's rights by then,
    and none to take a session off the record."""
    with booted() as machine:
        for identity in (ended(machine), killed(machine, *VISIT)):
            until("reaping", lambda: "reap" in events(identity), 20)
            demand(events(identity) == ["open", "close", "reap"],
                   f"{events(identity)}")
        demand(not records(machine), "a record stays")


def seated(world):
    """logind lets nobody but a session's own processes release it, and ends it
    by itself when they are gone."""
    write("/etc/pam.d/seated", SEATED_POLICY)
    with booted() as machine:
        machine.do("systemctl", "start", "dbus.socket", "systemd-logind")
        identity = begun(machine, *SEATED)
        demand("alice" in machine.do("loginctl", "list-sessions"),
               "logind does not know of it")
        machine.do("pamctl", "close", identity)
        demand(events(identity) == ["open", "close"], f"{events(identity)}")
        demand(identity not in records(machine), "its record stays")
        machine.do("systemctl", "stop", "visit")
        identity = killed(machine, *SEATED)
        until("reaping", lambda: "reap" in events(identity), 20)
        demand(events(identity) == ["open", "close", "reap"],
               f"{events(identity)}")
        demand(identity not in records(machine), "its record stays")


def stage():
    os.makedirs(STAGED, exist_ok=True)
    write(STAGED + "/sshd", read(POLICY) + "# changed\n")


def nobody_confirms(world):
    before = read(POLICY)
    stage()
    with booted() as machine:
        machine.do("pamctl", "apply", "--confirm-within=2", "--pam.d", STAGED)
        demand(read(POLICY) != before, "nothing was changed")
        watch = machine.do("systemctl", "list-timers", "--no-legend")
        demand("pamctl-apply-" in watch, f"nobody watches: {watch}")
        until("way back", lambda: read(POLICY) == before, 20)


def the_power_goes(world):
    before = read(POLICY)
    stage()
    with booted() as machine:
        machine.do("pamctl", "apply", "--confirm-within=600", "--pam.d",
                   STAGED)
        demand(read(POLICY) != before, "nothing was changed")
    demand(read(POLICY) != before, "it went back by itself")
    with booted():
        demand(read(POLICY) == before, "the next boot did not restore it")


SCENARIOS = (
    Story("booted: systemd makes our places and runs our timer", places),
    Story("booted: what services leave open is closed by the timer", services),
    Story("booted: what logind knows of is closed by others, too", seated),
    Story("booted: what nobody confirms goes back", nobody_confirms),
    Story("booted: what nobody had confirmed when the power went goes back",
          the_power_goes),
)
