# SPDX-License-Identifier: BSD-2-Clause
"""What only our library does: explain itself in the system log."""

import contextlib
import json
import os

from lib.people import ALICE, BOB
from lib.scenario import Dialogue, Story, demand

CONF = "/etc/security/usher.conf"
EVENTS = "/var/log/usher/events.jsonl"


def by_the_deny_line(place, service):
    """The entry that decided: its file and line, its module, its answer."""
    return rf"PAM \({service}\) pam_authenticate: auth_err by pam_deny " \
           rf"at /etc/pam\.d/common-auth:{place} \["


@contextlib.contextmanager
def setting(line):
    """One more line in usher.conf, for a while."""
    before = ""
    if os.path.exists(CONF):
        with open(CONF) as file:
            before = file.read()
    with open(CONF, "w") as file:
        file.write(before + line + "\n")
    try:
        yield
    finally:
        with open(CONF, "w") as file:
            file.write(before)


REFUSED = Dialogue("", who=ALICE, run="su bob -c id", exit=1,
                   talk=(("Password: ", "not-this-one"),),
                   logs=(by_the_deny_line(3, "su"),))
ALLOWED = Dialogue("", who=ALICE, run="su bob -c id",
                   talk=(("Password: ", BOB.password),))


def in_syslog(world, mark):
    world.journal.settle()
    return [line for line in world.journal.since(mark) if "PAM trail" in line]


def in_event_log(mark):
    """Lines like those, of the steps in the event log."""
    with open(EVENTS) as file:
        file.seek(mark)
        events = [json.loads(line) for line in file]
    return [f"{e['event']} {s['file']}:{s['line']} {s['module']} "
            f"{s['answer']} -> {s['action']}"
            for e in events for s in e.get("trail", ())]


def trail_of(dialogue, world):
    """Where there is an event log, the trail is there and nowhere else."""
    mark = world.journal.mark()
    events = os.path.exists(EVENTS) and os.path.getsize(EVENTS)
    dialogue.play(world)
    told = in_syslog(world, mark)
    if not os.path.exists(EVENTS):
        return told
    demand(not told, "a trail in the system log, too")
    return in_event_log(events)


def traced(world):
    """Every entry that was reached, in order, for the named services only."""
    demand(not trail_of(ALLOWED, world), "a trail though nobody asked")
    with setting("trace su"):
        trail = trail_of(ALLOWED, world)
    wanted = ("/etc/pam.d/su:", "pam_rootok", "auth_err -> ignore")
    demand(trail and all(words in trail[0] for words in wanted),
           f"the trail begins with {trail[:1]}")
    demand(any("close" in line.split("/")[0] for line in trail),
           f"the trail ends with {trail[-1:]}, not with the session")


SCENARIOS = (
    Story("a refusal says which line of which file decided", REFUSED.play),
    Story("a service under trace leaves its whole trail", traced),
)
