# SPDX-License-Identifier: BSD-2-Clause
"""cron: sessions without a conversation."""

import os

from lib.daemons import daemon
from lib.people import ALICE
from lib.scenario import Story, demand, until

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


def job(world):
    mark = world.journal.mark()
    _write_table()
    with daemon("cron", "-f") as pid:
        until("result of the job", lambda: os.path.exists(RESULT))
        world.demand_libraries(pid)
        world.demand_line(r"pam_unix\(cron:session\): session closed for user "
                          r"alice$", mark)
    with open(RESULT) as file:
        demand(file.read() == "alice\n", "the job did not run as alice")
    world.demand_line(r"pam_unix\(cron:session\): session opened for user "
                      r"alice\(uid=4001\) by ", mark)


SCENARIOS = (
    Story("cron: alice's job runs in a session of hers", job),
)
