# SPDX-License-Identifier: BSD-2-Clause
"""What programs are watched with."""
