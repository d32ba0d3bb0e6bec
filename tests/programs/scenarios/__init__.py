# SPDX-License-Identifier: BSD-2-Clause
"""All scenarios, in the order in which they are played."""

from scenarios import (cron, login, passwords, pamtester, python, runuser, ssh,
                       su, sudo, thirdparty)

ALL = tuple(scenario
            for part in (su, runuser, login, ssh, sudo, cron, passwords,
                         pamtester, python, thirdparty)
            for scenario in part.SCENARIOS)
