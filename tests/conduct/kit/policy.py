# SPDX-License-Identifier: BSD-2-Clause
"""The recorder's place in the policies of services."""

import os
import re

RECORDER = "/run/world/out/recorder.so"

# As su-l does with su, which would be recorded twice.
INCLUDES_ANOTHER = re.compile(r"include\s+(?!common-)", re.M)

FACILITIES = ("auth", "account", "password", "session")


def _path(service):
    return "/etc/pam.d/" + service


def watch(service):
    """On top, so that no answer of another module keeps it from being called;
    it ignores, so that the policy means what it meant."""
    lines = "".join(f"{facility} optional {RECORDER}\n"
                    for facility in FACILITIES)
    with open(_path(service)) as file:
        text = file.read()
    if RECORDER not in text and not INCLUDES_ANOTHER.search(text):
        with open(_path(service), "w") as file:
            file.write(lines + text)


def services():
    """Everything that the world has a policy for, but the common files."""
    return [name for name in os.listdir("/etc/pam.d")
            if not re.match(r"common-|other$", name)]


class Failing:
    """For a while, one more entry refuses one call. In the auth stack it comes
    first and lets authenticate pass, else the frozen path would not count it
    in setcred; in the session stack it comes last, when others have opened."""

    def __init__(self, service, call, code):
        self.path = _path(service)
        self.call, self.code = call, code

    def _changed(self):
        entry = f"required {RECORDER} {self.call}={self.code}"
        if self.call == "setcred":
            return f"auth {entry} auth=0\n{self.text}"
        facility = "session" if self.call in ("open", "close") else self.call
        return f"{self.text}\n{facility} {entry}\n"

    def __enter__(self):
        with open(self.path) as file:
            self.text = file.read()
        with open(self.path, "w") as file:
            file.write(self._changed())

    def __exit__(self, *_):
        with open(self.path, "w") as file:
            file.write(self.text)
