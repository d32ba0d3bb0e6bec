# SPDX-License-Identifier: BSD-2-Clause
"""Modules that others wrote and compiled, each alone in a policy.

What they answer on Debian's own library is noted down in the same run, and
must be what they answer on ours: codes, prompts and environment alike."""

import json
import os
import subprocess
from dataclasses import dataclass
from typing import Callable

from lib import otp
from lib.people import ALICE
from lib.scenario import demand

SUCCESS, AUTH_ERR, AUTHTOK_ERR = 0, 7, 20

MATRIX = f"/usr/lib/{os.uname().machine}-linux-gnu/pam_wrapper/"
SECRET = b"a secret of twenty b"
HEX = SECRET.hex()


def nothing():
    return ()


@dataclass(frozen=True)
class Module:
    """Calls to a module; want has the codes, None where only Debian's library
    can say what they should be."""

    title: str
    policy: str
    calls: tuple
    want: tuple | None
    replies: Callable = nothing
    files: tuple = ()           # (path, content, owner)

    @property
    def name(self):
        return self.title

    def play(self, world):
        for path, content, owner in self.files:
            write(path, content, owner)
        write("/etc/pam.d/third", self.policy + "\n", 0)
        mark = world.journal.mark()
        answer = self._ask()
        world.note(self.title, answer)
        self._judge(answer, world, mark)

    def _ask(self):
        asked = subprocess.run(
            ["/run/world/programs/ask", "third", "alice", *self.calls],
            input=json.dumps(self.replies()), text=True, timeout=30,
            capture_output=True)
        demand(asked.returncode == 0,
               f"status {asked.returncode}: {asked.stderr[-800:]}")
        return json.loads(asked.stdout)

    def _judge(self, answer, world, mark):
        codes = tuple(code for _, code in answer["codes"])
        log = "\n    ".join(world.journal.since(mark))
        demand("unable to dlopen" not in log, "did not load:\n    " + log)
        demand(self.want in (None, codes),
               f"answers {answer}, wanted {self.want}\n    {log}")


def write(path, content, owner):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    if os.path.exists(path):
        os.unlink(path)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
        file.write(content)
    os.chown(path, owner, owner)


def google_file():
    return (ALICE.home + "/.google_authenticator",
            otp.base32(SECRET) + '\n" WINDOW_SIZE 17\n" TOTP_AUTH\n',
            ALICE.uid)


def oath_file():
    return "/etc/users.oath", f"HOTP alice - {HEX}\n", 0


CAPABILITIES = ("/etc/security/capability.conf", "cap_net_raw alice\nnone *\n",
                0)
OATH = "pam_oath.so usersfile=/etc/users.oath window=5 digits=6"
QUALITY = "password required pam_pwquality.so retry=1 minlen=12 dictcheck=0 " \
          "enforce_for_root"
GOOD, WEAK = "mi3ve-Tabulae-no", "abc"

def every_call(module):
    """Without its daemon, token or server: how does a module stand aside?"""
    name = module.partition(".so")[0]
    policy = "\n".join(f"{kind} required {module}"
                       for kind in ("auth", "account", "session", "password"))
    return Module(f"{name}: every call", policy,
                  ("auth", "setcred", "account", "open", "close", "password",
                   "delcred"), None, lambda: (ALICE.password,) * 4)


SCENARIOS = (
    Module("pam_cap: grants what its file says",
           "auth required pam_cap.so", ("auth", "setcred"),
           (SUCCESS, SUCCESS), files=(CAPABILITIES,)),
    Module("pam_pwquality: takes a good password",
           QUALITY, ("password",), (SUCCESS,), lambda: (GOOD, GOOD)),
    Module("pam_pwquality: refuses a weak one",
           QUALITY, ("password",), (AUTHTOK_ERR,), lambda: (WEAK, WEAK)),
    Module("pam_google_authenticator: takes the code of the moment",
           "auth required pam_google_authenticator.so", ("auth",), (SUCCESS,),
           lambda: (otp.totp(SECRET),), (google_file(),)),
    Module("pam_google_authenticator: refuses another code",
           "auth required pam_google_authenticator.so", ("auth",), (AUTH_ERR,),
           lambda: ("000000",), (google_file(),)),
    Module("pam_google_authenticator: reads a password and a code in one",
           "auth required pam_google_authenticator.so forward_pass\n"
           "auth required pam_unix.so use_first_pass", ("auth",), (SUCCESS,),
           lambda: (ALICE.password + otp.totp(SECRET),), (google_file(),)),
    Module("pam_oath: takes the next code of the counter",
           "auth required " + OATH, ("auth",), (SUCCESS,),
           lambda: (otp.hotp(SECRET, 0),), (oath_file(),)),
    Module("pam_oath: refuses another code",
           "auth required " + OATH, ("auth",), (AUTH_ERR,),
           lambda: ("000000",), (oath_file(),)),
    Module("pam_systemd: without logind it stands aside",
           "session required pam_systemd.so", ("open", "close"),
           (SUCCESS, SUCCESS)),
    Module("pam_mount: nothing to mount, a session none the less",
           "auth required pam_mount.so\nsession required pam_mount.so",
           ("auth", "open", "close"), (SUCCESS, SUCCESS, SUCCESS),
           lambda: (ALICE.password,)),
    Module("pam_matrix: takes the password of its file",
           f"auth required {MATRIX}pam_matrix.so passdb=/etc/matrix\n"
           f"account required {MATRIX}pam_matrix.so passdb=/etc/matrix",
           ("auth", "account"), (SUCCESS, SUCCESS), lambda: ("red-pill",),
           (("/etc/matrix", "alice:red-pill:third\n", 0),)),
    Module("pam_matrix: refuses another one",
           f"auth required {MATRIX}pam_matrix.so passdb=/etc/matrix",
           ("auth",), (AUTH_ERR,), lambda: ("blue-pill",),
           (("/etc/matrix", "alice:red-pill:third\n", 0),)),
    Module("pam_chatty: says what it has to say",
           f"auth required {MATRIX}pam_chatty.so info error num_lines=3",
           ("auth",), (SUCCESS,)),
    Module("pam_get_items: sees the items, sets the environment",
           f"auth required {MATRIX}pam_get_items.so", ("auth",), (SUCCESS,)),
) + tuple(map(every_call, (
    "pam_cap.so", "pam_fscrypt.so", "pam_gnome_keyring.so",
    "pam_google_authenticator.so", "pam_krb5.so", "pam_ldap.so",
    "pam_mount.so", "pam_passwdqc.so random=0", "pam_pwdfile.so",
    "pam_pwquality.so", "pam_script.so", "pam_slurm_adopt.so",
    "pam_ssh_agent_auth.so", "pam_sss.so", "pam_systemd.so", "pam_tmpdir.so",
    "pam_u2f.so")))
