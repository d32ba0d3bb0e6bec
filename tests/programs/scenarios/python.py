# SPDX-License-Identifier: BSD-2-Clause
"""libpam in processes that only load it on the way: language bindings."""

import json
import os
import shlex
import subprocess

from lib.people import ALICE
from lib.scenario import Dialogue, Story, demand

PYTHON = "/usr/bin/python3"

# python3-pampy loads libpam by ctypes: RTLD_LOCAL, nothing linked.
PAMPY = """
import pam
one = pam.pam()
for password in ("not-this-one", "{0}"):
    print(one.authenticate("alice", password, "quick"), one.code, one.reason)
"""

# pam_wrapper stands between: it redirects the policy directory for a caller
# without any privilege, and libpamtest compares code by code.
WRAPPED = """
import pypamtest as t
calls = [t.TestCase(t.PAMTEST_AUTHENTICATE, 0),
         t.TestCase(t.PAMTEST_ACCOUNT, 0),
         t.TestCase(t.PAMTEST_OPEN_SESSION, 0),
         t.TestCase(t.PAMTEST_CLOSE_SESSION, 0)]
t.run_pamtest("alice", "wrapped", calls, ["red-pill"])
t.run_pamtest("alice", "wrapped", [t.TestCase(t.PAMTEST_AUTHENTICATE, 7)],
              ["blue-pill"])
print("as expected")
"""


def answers(*calls, replies=()):
    asked = subprocess.run(["/run/world/programs/ask", "probe", "alice",
                            *calls], input=json.dumps(replies), text=True,
                           timeout=30, capture_output=True)
    demand(asked.returncode == 0, "ask: " + asked.stderr[-400:])
    return json.loads(asked.stdout)["codes"]


def pypam(_world):
    """All calls in one handle, the conversation in Python."""
    calls = ("auth", "account", "setcred", "open", "close", "delcred")
    got = answers(*calls, replies=(ALICE.password,))
    demand(got == [[name, 0] for name in calls], f"answers {got}")


def pypam_wrong(_world):
    got = answers("auth", replies=("not-this-one",))
    demand(got == [["auth", 7]], f"answers {got}")


def wrapped(world):
    """Alice's own policy directory, as test suites of programs do it."""
    matrix = f"/usr/lib/{os.uname().machine}-linux-gnu/pam_wrapper/" \
             f"pam_matrix.so passdb={ALICE.home}/matrix\n"
    os.makedirs(ALICE.home + "/pam.d", exist_ok=True)
    with open(ALICE.home + "/pam.d/wrapped", "w") as file:
        for kind in ("auth", "account", "session", "password"):
            file.write(f"{kind} required {matrix}")
    with open(ALICE.home + "/matrix", "w") as file:
        file.write("alice:red-pill:wrapped\n")
    settings = "LD_PRELOAD=libpam_wrapper.so PAM_WRAPPER=1 " \
               f"PAM_WRAPPER_SERVICE_DIR={ALICE.home}/pam.d "
    Dialogue("", who=ALICE, prints=("as expected\n",),
             run=f"env {settings} {PYTHON} -c {shlex.quote(WRAPPED)}"
             ).play(world)


SCENARIOS = (
    Story("python3-pam: a whole login in one handle", pypam),
    Story("python3-pam: a wrong password is number 7", pypam_wrong),
    Dialogue("python3-pampy: libpam loaded by dlopen, out of sight of modules",
             run=f"{PYTHON} -c {shlex.quote(PAMPY.format(ALICE.password))}",
             prints=("False 7 Authentication failure\n", "True 0 Success\n")),
    Story("pam_wrapper: alice tests with a policy directory of her own",
          wrapped),
)
