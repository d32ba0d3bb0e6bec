# SPDX-License-Identifier: BSD-2-Clause
"""Somebody is refused by a real program, and pamctl why names the entry that
decided: file and line, module, answer."""

import contextlib
import json
import os
import re
import shlex
import subprocess
from dataclasses import dataclass

from lib import people
from lib.daemons import sshd
from lib.people import ALICE, BOB, ROOT
from lib.scenario import Dialogue, Story, demand
from scenarios.account import EXPIRES, nologin
from scenarios.ssh import BY_DIALOGUE, BY_PASSWORD

EVENTS = "/var/log/usher/events.jsonl"
PAM_D = "/etc/pam.d/"


def pamctl(*words):
    done = subprocess.run(["pamctl", *words], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True)
    return done.returncode, done.stdout


def line_of(path, pattern):
    """The number of the first line that matches."""
    with open(path) as file:
        for number, line in enumerate(file, 1):
            if re.search(pattern, line):
                return number
    return None


@contextlib.contextmanager
def changed(name, change):
    """A file of /etc that is another one for a while; None: it is not there."""
    path = "/etc/" + name
    with open(path) as file:
        before = file.read()
    mode = os.stat(path).st_mode
    with open(path, "w") as file:
        file.write(change(before))
    try:
        yield
    finally:
        os.chmod(path, mode)
        with open(path, "w") as file:
            file.write(before)


def first(line):
    return lambda text: line + "\n" + text


def last(line):
    return lambda text: text.rstrip("\n") + "\n" + line + "\n"


@contextlib.contextmanager
def expired(world):
    people.set_field("shadow", ALICE, EXPIRES, "1")
    yield


@contextlib.contextmanager
def locked(world):
    """By five wrong passwords, as faillock counts them."""
    lines = ("auth requisite pam_faillock.so preauth deny=5",
             "auth [default=die] pam_faillock.so authfail deny=5")

    def stack(text):
        return lines[0] + "\n" + text.replace(
            "auth\trequisite", lines[1] + "\nauth\trequisite", 1)

    with changed("pam.d/common-auth", stack):
        for _ in range(5):
            Dialogue("", who=BOB, run="su alice -c id", exit=1,
                     talk=(("Password: ", "not-this-one"),)).play(world)
        yield
        subprocess.run(["faillock", "--user", "alice", "--reset"],
                       stdout=subprocess.DEVNULL)


@contextlib.contextmanager
def unreadable(world):
    """A policy that the world may write is not believed."""
    os.chmod(PAM_D + "common-account", 0o666)
    try:
        yield
    finally:
        os.chmod(PAM_D + "common-account", 0o644)


@contextlib.contextmanager
def folder(world):
    """The service's own policy cannot be read at all."""
    os.rename(PAM_D + "su", "/etc/su.policy")
    os.mkdir(PAM_D + "su")
    try:
        yield
    finally:
        os.rmdir(PAM_D + "su")
        os.rename("/etc/su.policy", PAM_D + "su")


@contextlib.contextmanager
def limited(world):
    limits = "/etc/security/limits.conf"
    had = os.path.exists(limits)
    if not had:
        with open(limits, "w"):
            pass
    with changed("security/limits.conf", last("alice hard maxlogins 0")), \
            changed("pam.d/su", last("session required pam_limits.so")), \
            changed("pam.d/sshd", last("session required pam_limits.so")):
        yield
    if not had:
        os.unlink(limits)


SU = "su alice -c id"
LIMITED = r"session\s+required\s+pam_limits"
SSH, TALK = BY_PASSWORD + "alice@127.0.0.1 id", BY_DIALOGUE + "alice@127.0.0.1 id"
RIGHT, WRONG = ALICE.password, "not-this-one"


@dataclass(frozen=True)
class Refusal:
    """What is wrong, who tries how, and which entry is to be named."""
    name: str
    service: str
    run: str
    password: str
    file: str                   # below /etc/pam.d
    line: str                   # a pattern, or "" for whatever line
    module: str
    answer: str
    call: str                   # of the event
    around: object = lambda world: contextlib.nullcontext()
    who: object = BOB
    exit: int = 1

    def play(self, world):
        mark = os.path.getsize(EVENTS) if os.path.exists(EVENTS) else 0
        with self.around(world):
            place = self.line and line_of(PAM_D + self.file, self.line)
            self._try(world)
        self._judge(mark, f"{PAM_D}{self.file}" +
                    (f":{place}" if place else ""))

    def _try(self, world):
        talk = ((("assword: ", self.password),) if self.password else ())
        Dialogue("", who=self.who, run=self.run, talk=talk, lacks=("uid=",),
                 exit=self.exit).play(world)

    def _judge(self, mark, place):
        with open(EVENTS) as file:
            file.seek(mark)
            events = [json.loads(line) for line in file]
        status, text = pamctl("why", "--service", self.service)
        demand(status == 0, f"pamctl why exits with {status}: {text}")
        for words in (place, self.module, self.answer):
            demand(words in text, f"pamctl why does not say {words!r}: {text}")
        status, text = pamctl("why", "--service", self.service, "--json")
        demand(status == 0, f"pamctl why --json exits with {status}: {text}")
        failed = [e["event"] for e in events if e["result"] != "success"]
        demand(self.call in failed, f"{self.call} is not among {failed}")


REFUSALS = (
    Refusal("su, a wrong password", "su", SU, WRONG, "common-auth",
            r"pam_deny", "pam_deny", "auth_err", "auth-failed"),
    Refusal("sshd, a wrong password", "sshd", SSH, WRONG, "common-auth",
            r"pam_deny", "pam_deny", "auth_err", "auth-failed", who=ROOT, exit=255),
    Refusal("sshd, a wrong answer in another process", "sshd", TALK, WRONG,
            "common-auth", r"pam_deny", "pam_deny", "auth_err", "auth-failed",
            who=ROOT, exit=255),
    Refusal("su, an expired account", "su", SU, RIGHT, "common-account",
            r"pam_unix", "pam_unix", "acct_expired", "account-failed",
            expired),
    Refusal("sshd, an expired account", "sshd", SSH, RIGHT, "common-account",
            r"pam_unix", "pam_unix", "acct_expired", "account-failed",
            expired, ROOT, 255),
    Refusal("sshd, an expired account in another process", "sshd", TALK, RIGHT,
            "common-account", r"pam_unix", "pam_unix", "acct_expired",
            "account-failed", expired, ROOT, 255),
    Refusal("sshd, maintenance", "sshd", SSH, RIGHT, "sshd", r"pam_nologin",
            "pam_nologin", "auth_err", "account-failed",
            lambda world: nologin(), ROOT, 255),
    Refusal("su, locked by faillock", "su", SU, "", "common-auth",
            r"preauth", "pam_faillock", "auth_err", "auth-failed", locked),
    Refusal("su, a module is missing", "su", SU, "", "su",
            r"pam_gone", "pam_gone", "module_unknown", "auth-failed",
            lambda world: changed("pam.d/su",
                                  first("auth requisite pam_gone.so"))),
    Refusal("sshd, a module is missing", "sshd", SSH, RIGHT, "sshd",
            r"pam_gone", "pam_gone", "module_unknown", "account-failed",
            lambda world: changed("pam.d/sshd",
                                  first("account requisite pam_gone.so")),
            ROOT, 255),
    Refusal("su, a policy that anybody may write", "su", SU, RIGHT, "su",
            r"common-account", "", "perm_denied", "auth-failed",
            unreadable),
    Refusal("su, a policy that cannot be read", "su", SU, "", "su", "", "",
            "Is a directory", "start-failed", folder),
    Refusal("su, a broken include", "su", SU, RIGHT, "su", r"common-gone", "",
            "perm_denied", "auth-failed",
            lambda world: changed("pam.d/su", first("@include common-gone"))),
    Refusal("su, a limit of sessions", "su", SU, RIGHT, "su", LIMITED,
            "pam_limits", "perm_denied", "open-failed", limited),
    Refusal("sshd, a limit of sessions", "sshd", SSH, RIGHT, "sshd", LIMITED,
            "pam_limits", "perm_denied", "open-failed", limited, ROOT, 254),
)


def told(refusal):
    def tell(world):
        if refusal.service != "sshd":
            refusal.play(world)
            return
        with sshd():
            refusal.play(world)
    return Story("why: " + refusal.name, tell)


SCENARIOS = tuple(told(refusal) for refusal in REFUSALS)
