# SPDX-License-Identifier: BSD-2-Clause
"""pamtester: each operation by itself, and in one handle."""

from lib.people import ALICE
from lib.scenario import Dialogue

RIGHT = (("Password: ", ALICE.password),)
WRONG = (("Password: ", "not-this-one"),)
FRESH = "A-quite-Fresh-1"

SCENARIOS = (
    Dialogue("pamtester: authenticate",
             run="pamtester probe alice authenticate", talk=RIGHT,
             prints=("pamtester: successfully authenticated",)),
    Dialogue("pamtester: authenticate with a wrong password",
             run="pamtester probe alice authenticate", talk=WRONG, exit=1,
             prints=("pamtester: Authentication failure",), slower_than=1.0),
    Dialogue("pamtester: alice checks her own password, through the helper",
             who=ALICE, run="pamtester probe alice authenticate", talk=RIGHT,
             prints=("successfully authenticated",)),
    Dialogue("pamtester: nor does the helper take a wrong one",
             who=ALICE, run="pamtester probe alice authenticate", talk=WRONG,
             exit=1, prints=("Authentication failure",)),
    Dialogue("pamtester: acct_mgmt",
             run="pamtester probe alice acct_mgmt",
             prints=("pamtester: account management done.",)),
    Dialogue("pamtester: nobody has no account",
             run="pamtester probe nobody-here acct_mgmt", exit=1),
    Dialogue("pamtester: open and close",
             run="pamtester probe alice open_session close_session",
             prints=("successfully opened a session",
                     "session has successfully been closed."),
             logs=(r"pam_unix\(probe:session\): session opened for user alice",
                   r"pam_unix\(probe:session\): session closed for user alice")
             ),
    Dialogue("pamtester: everything in one handle",
             run="pamtester probe alice authenticate acct_mgmt "
                 "'setcred(PAM_ESTABLISH_CRED)' open_session close_session "
                 "'setcred(PAM_REINITIALIZE_CRED)'", talk=RIGHT),
    Dialogue("pamtester: chauthtok",
             run="pamtester probe alice chauthtok", who=ALICE, exit=1,
             talk=(("Current password: ", "not-this-one"),)),
    Dialogue("pamtester: chauthtok by root",
             run="pamtester probe alice chauthtok",
             talk=(("New password: ", FRESH), ("Retype new password: ", FRESH)),
             leaves=((ALICE, FRESH),)),
    Dialogue("pamtester: an unknown service falls to other",
             run="pamtester no-such-service alice authenticate open_session",
             talk=RIGHT,
             logs=(r"pam_unix\(no-such-service:session\): session opened",)),
    Dialogue("pamtester: a policy that only /usr/lib/pam.d has",
             run="pamtester vendor alice authenticate",
             lacks=("Password",)),
    Dialogue("pamtester: a policy that denies",
             run="pamtester deny alice authenticate", exit=1,
             prints=("pamtester: Authentication failure",)),
)
