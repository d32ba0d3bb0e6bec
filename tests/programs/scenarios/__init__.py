# SPDX-License-Identifier: BSD-2-Clause
"""All scenarios, in the order in which they are played."""

from scenarios import (account, cron, login, logins, ours, pamtester, passwords,
                       python, runuser, ssh, su, sudo, thirdparty)

EVERYWHERE = tuple(scenario
                   for part in (su, runuser, login, ssh, account, sudo, cron,
                                passwords, pamtester, python, thirdparty)
                   for scenario in part.SCENARIOS)

ONLY_OURS = ours.SCENARIOS + logins.SCENARIOS


def of(kind):
    """Debian's library is not asked for what only ours has."""
    return EVERYWHERE + (() if kind == "debian" else ONLY_OURS)
