# SPDX-License-Identifier: BSD-2-Clause
"""All rows, in the order in which they are watched."""

from rows import jobs, login, nested, others, ssh, su, sudo

ALL = tuple(row for part in (su, ssh, sudo, login, jobs, others, nested)
            for row in part.ROWS)
