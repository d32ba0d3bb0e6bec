# SPDX-License-Identifier: BSD-2-Clause
"""cron: sessions without a conversation."""

import os
import time

from lib.daemons import daemon
from lib.people import ALICE
from lib.scenario import Story, demand

TABLE = "/var/spool/cron/crontabs/alice"
RESULT = ALICE.home + "/job"


def _write_table():
    """@reboot: due when the daemon starts, no waiting for the minute."""
    os.makedirs(os.path.dirname(TABLE), mode=0o1730, exist_ok=True)
    with open(TABLE, "w") as file:
        file.write("@reboot "
                   f"id -un >{RESULT}.new && mv {RESULT}.new {RESULT}\n")
    os.chmod(TABLE, 0o600)
    os.chown(TABLE, ALICE.uid, 4102)


def _wait_for(path, patience=10.0):
    end = time.monotonic() + patience
    while not os.path.exists(path) and time.monotonic() < end:
        time.sleep(0.01)


def job(world):
    mark = world.journal.mark()
    _write_table()
    with daemon("cron", "-f") as pid:
        _wait_for(RESULT)
        world.demand_libraries(pid)
        world.demand_line(r"pam_unix\(cron:session\): session closed for user "
                          r"alice$", mark)
    demand(os.path.exists(RESULT), "the job did not run")
    with open(RESULT) as file:
        demand(file.read() == "alice\n", "the job did not run as alice")
    world.demand_line(r"pam_unix\(cron:session\): session opened for user "
                      r"alice\(uid=4001\) by ", mark)


SCENARIOS = (
    Story("cron: alice's job runs in a session of hers", job),
)
