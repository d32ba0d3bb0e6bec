# SPDX-License-Identifier: BSD-2-Clause
"""The private world, made ready for sessions that leave marks."""

import os

OUT = "/run/world/out"
MARKS = "/run/marks"
KINDS = ("mount", "key", "file", "set", "lasting")
SESSIONS = "/run/usher/sessions"
UNDO = "/var/lib/usher/undo"
EVENTS = "/var/log/usher/events.jsonl"
PAMCTL = "/run/world/stage/usr/sbin/pamctl"
KILL_AT = OUT + "/kill_at"

SLOW, WIDE = "pause=150", "ballast=3000"
REFUSAL = "session required pam_deny.so\n"

# Service -> argument of the modules, and what stands behind them.
SERVICES = {
    "marks": (SLOW, ""),
    "fast": ("", ""),
    "wide": (WIDE, ""),
    "refused": (SLOW, REFUSAL),
    "fast-refused": ("", REFUSAL),
    "su": (SLOW, ""),
    "su-l": (SLOW, ""),
    "sshd": (SLOW, ""),
}

# Whose user runs it with a user keyring of his own, where root finds nothing.
KEYLESS = ("su-l",)


def _policy(argument, first, rest, kinds):
    marks = "".join(f"session required {OUT}/pam_mark_{kind}.so {argument}\n"
                    for kind in kinds)
    return ("auth required pam_permit.so\n"
            "account required pam_permit.so\n" + first + marks + rest)


def write_policies(entries=0):
    """With so many entries that do nothing before the others."""
    first = "session optional pam_permit.so\n" * entries
    for service, (argument, rest) in SERVICES.items():
        kinds = [kind for kind in KINDS
                 if kind != "key" or service not in KEYLESS]
        with open("/etc/pam.d/" + service, "w") as file:
            file.write(_policy(argument, first, rest, kinds))


def prepare():
    for path in (SESSIONS, UNDO):
        os.makedirs(path, mode=0o700)
    os.makedirs(os.path.dirname(EVENTS), exist_ok=True)
    for kind in KINDS:
        os.makedirs(f"{MARKS}/{kind}", mode=0o700)
    with open(MARKS + "/log", "w"):
        pass
    write_policies()
