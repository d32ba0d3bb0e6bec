# SPDX-License-Identifier: BSD-2-Clause
"""What keeps a machine in order: the files that we give to systemd,
systemd-tmpfiles and logrotate, read by those."""

import glob
import grp
import json
import os
import shutil
import stat
import subprocess

from lib.people import ALICE, BOB
from lib.scenario import Dialogue, Story, demand
from scenarios.why import pamctl

LOG = "/var/log/usher/events.jsonl"
UNITS = "/usr/lib/systemd/system/"
PLACES = {
    "/run/usher": (0o755, "root"),
    "/run/usher/sessions": (0o700, "root"),
    "/var/lib/usher": (0o700, "root"),
    "/var/lib/usher/undo": (0o700, "root"),
    "/var/log/usher": (0o750, "adm"),
    LOG: (0o640, "adm"),
}

VISIT = Dialogue("", who=ALICE, run="su bob -c id",
                 talk=(("Password: ", BOB.password),))


def silent(*words):
    done = subprocess.run(words, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True)
    demand(done.returncode == 0 and not done.stdout,
           f"{words[0]} ended with {done.returncode}: {done.stdout}")


def units(world):
    ours = glob.glob(UNITS + "usher-*") + glob.glob(UNITS + "pamctl-*")
    demand(len(ours) == 4, f"units: {ours}")
    silent("systemd-analyze", "verify", "--man=no", "--recursive-errors=no",
           *ours)


def places(world):
    for path in ("/run/usher", "/var/log/usher"):
        shutil.rmtree(path)
    for path in ("/var/lib/usher", "/var/lib/usher/undo"):
        os.chmod(path, 0o777)
    silent("systemd-tmpfiles", "--create", "/usr/lib/tmpfiles.d/usher.conf")
    for path, (mode, group) in PLACES.items():
        found = os.stat(path)
        demand((stat.S_IMODE(found.st_mode), found.st_uid, found.st_gid) ==
               (mode, 0, grp.getgrnam(group).gr_gid),
               f"{path}: {found.st_mode:o} {found.st_uid} {found.st_gid}")
    VISIT.play(world)
    left = glob.glob("/run/usher/sessions/*/*")
    demand(not left, f"left open: {left}")
    demand(closed() == 1, "the visit is not in the log")


def closed():
    """How many sessions the log has seen the end of, old logs not counted."""
    with open(LOG) as file:
        return sum(json.loads(line)["event"] == "close" for line in file)


def known():
    status, text = pamctl("last", "--json", "-n", "1000")
    demand(status == 0, f"pamctl last: {status} {text}")
    return len(json.loads(text)["last"])


def rotation(world):
    """The history has what was in the log when it went, and what came after."""
    VISIT.play(world)
    before = known()
    for round_ in range(3):
        VISIT.play(world)
        silent("logrotate", "--force", "/etc/logrotate.d/usher")
        demand(closed() == 0, "the log did not begin anew")
        found = os.stat(LOG)
        demand(stat.S_IMODE(found.st_mode) == 0o640, f"{found.st_mode:o}")
        VISIT.play(world)
        demand(closed() == 1, "what came then is not in it")
    demand(os.path.exists(LOG + ".2.gz"), "older logs are not compressed")
    demand(known() == before + 6, f"{known()} visits, not {before} + 6")


SCENARIOS = (
    Story("upkeep: systemd finds nothing wrong with our units", units),
    Story("upkeep: systemd-tmpfiles makes our places", places),
    Story("upkeep: logrotate, and no visit is lost", rotation),
)
