# SPDX-License-Identifier: BSD-2-Clause
"""All scenarios, in the order in which they are played."""

from scenarios import (account, booted, cron, login, logins, ours, pamtester,
                       passwords, python, runuser, sessions, ssh, su, sudo,
                       thirdparty, upkeep, why)

EVERYWHERE = tuple(scenario
                   for part in (su, runuser, login, ssh, account, sudo, cron,
                                passwords, pamtester, python, thirdparty)
                   for scenario in part.SCENARIOS)

ONLY_OURS = ours.SCENARIOS + logins.SCENARIOS + sessions.SCENARIOS

# What needs all that is installed, the place for the event log included.
ALL_OF_OURS = why.SCENARIOS + upkeep.SCENARIOS + booted.SCENARIOS


def of(kind):
    """Debian's library is not asked for what only ours has."""
    return EVERYWHERE + {"debian": (), "library": ONLY_OURS,
                         "all": ONLY_OURS + ALL_OF_OURS}[kind]
