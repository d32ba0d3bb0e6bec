# SPDX-License-Identifier: BSD-2-Clause
"""sshd with UsePAM yes, and the ssh client as its user has it."""

import os
import shlex
import signal
import subprocess

from lib.daemons import sshd
from lib.people import ALICE, BOB, ROOT
from lib.scenario import Dialogue, Failed, Story, demand
from lib.terminal import Silence, Terminal
from lib.world import children, no_children

SSH = "ssh -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null " \
      "-o LogLevel=ERROR -o NumberOfPasswordPrompts=1 "
KEY = ALICE.home + "/key"
PARALLEL = 20

BY_PASSWORD = SSH + "-o PreferredAuthentications=password "
BY_DIALOGUE = SSH + "-o PreferredAuthentications=keyboard-interactive "
BY_KEY = SSH + f"-o PreferredAuthentications=publickey -i {KEY} "


def with_sshd(scenario):
    """The same scenario while a sshd runs."""
    def tell(world):
        with sshd():
            scenario.play(world)
    return Story(scenario.name, tell)


def give_key():
    """Alice makes a key and lets herself in with it."""
    as_alice = {"user": ALICE.uid, "group": ALICE.gid, "check": True}
    if os.path.exists(KEY):
        return
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", KEY],
                   **as_alice)
    subprocess.run(["sh", "-c", f"umask 077; mkdir -p {ALICE.home}/.ssh; "
                    f"cp {KEY}.pub {ALICE.home}/.ssh/authorized_keys"],
                   **as_alice)


def by_key(world):
    give_key()
    Dialogue("", who=ALICE, run=BY_KEY + "alice@127.0.0.1 id -un",
             prints=("alice\n",), lacks=("assword",),
             logs=(r"pam_unix\(sshd:session\): session opened for user "
                   r"alice\(uid=4001\) by ",)).play(world)


def _log_in(terminal, person):
    terminal.expect("password: ")
    terminal.type(person.password)
    terminal.expect("$ ")


def on_our_library(world):
    """All processes of the connection: listener, monitor, session."""
    with sshd() as listener:
        terminal = Terminal(shlex.split(BY_PASSWORD + "bob@127.0.0.1"), ROOT)
        try:
            _log_in(terminal, BOB)
            monitor = children(listener)[0]
            for pid in (listener, monitor):
                world.demand_libraries(pid)
            world.demand_modules(monitor)
            terminal.type("exit")
            demand(terminal.finish() == 0, "the session ended badly")
        finally:
            terminal.close()


def killed(world):
    """kill -9 of the process that holds the session, and those below it."""
    with sshd() as listener:
        terminal = Terminal(shlex.split(BY_PASSWORD + "bob@127.0.0.1"), ROOT)
        try:
            _log_in(terminal, BOB)
            for pid in children(listener):
                os.kill(pid, signal.SIGKILL)
            demand(terminal.finish() == 255, "the client was not thrown out")
        finally:
            terminal.close()
        no_children(listener)
        Dialogue("", run=BY_PASSWORD + "bob@127.0.0.1 id -un",
                 talk=(("password: ", BOB.password),),
                 prints=("bob\n",)).play(world)


def parallel(world):
    """Twenty at once, alice and bob in turns; everybody gets in."""
    mark = world.journal.mark()
    with sshd():
        people = [(ALICE, BOB)[n % 2] for n in range(PARALLEL)]
        terminals = [Terminal(shlex.split(
            f"{BY_PASSWORD} {person.name}@127.0.0.1 id -un"), ROOT)
            for person in people]
        try:
            _all_get_in(people, terminals)
        finally:
            for terminal in terminals:
                terminal.close()
    world.journal.settle()
    opened = [line for line in world.journal.since(mark)
              if "pam_unix(sshd:session): session opened" in line]
    demand(len(opened) == PARALLEL, f"{len(opened)} sessions on record")


def _all_get_in(people, terminals):
    try:
        for person, terminal in zip(people, terminals):
            terminal.expect("password: ")
            terminal.type(person.password)
        for person, terminal in zip(people, terminals):
            status = terminal.finish(60)
            demand(status == 0 and person.name + "\n" in terminal.text,
                   f"{person.name}: status {status}, {terminal.text!r}")
    except Silence as missing:
        raise Failed(f"waited for {missing}") from None


SCENARIOS = (
    Story("sshd: a live sshd runs on the library under test", on_our_library),
    with_sshd(Dialogue(
        "sshd: alice logs in with her password",
        run=BY_PASSWORD + "alice@127.0.0.1 id -un",
        talk=(("alice@127.0.0.1's password: ", ALICE.password),),
        prints=("alice\n",),
        logs=(r"sshd\[\d+\]: pam_unix\(sshd:session\): session opened for user "
              r"alice\(uid=4001\) by (alice)?\(uid=0\)$",
              r"sshd\[\d+\]: Accepted password for alice from 127\.0\.0\.1",
              r"pam_unix\(sshd:session\): session closed for user alice$"))),
    with_sshd(Dialogue(
        "sshd: a wrong password is refused and on record",
        run=BY_PASSWORD + "alice@127.0.0.1 id -un",
        talk=(("password: ", "not-this-one"),), exit=255,
        prints=("Permission denied",), lacks=("alice\n",),
        logs=(r"sshd\[\d+\]: pam_unix\(sshd:auth\): authentication failure; "
              r"logname= uid=0 euid=0 tty=ssh ruser= rhost=127\.0\.0\.1  "
              r"user=alice$",
              r"Failed password for alice from 127\.0\.0\.1"))),
    with_sshd(Dialogue(
        "sshd: somebody unknown is refused like anybody",
        run=BY_PASSWORD + "nobody-here@127.0.0.1 id -un",
        talk=(("password: ", "whatever"),), exit=255,
        prints=("Permission denied",),
        logs=(r"pam_unix\(sshd:auth\): check pass; user unknown$",))),
    with_sshd(Dialogue(
        "sshd: keyboard-interactive asks in the words of the policy",
        run=BY_DIALOGUE + "bob@127.0.0.1 id -un",
        talk=(("(bob@127.0.0.1) Password: ", BOB.password),),
        prints=("bob\n",),
        logs=(r"Accepted keyboard-interactive/pam for bob",))),
    with_sshd(Dialogue(
        "sshd: keyboard-interactive refuses a wrong answer",
        run=BY_DIALOGUE + "bob@127.0.0.1 id -un",
        talk=(("Password: ", "not-this-one"),), exit=255,
        prints=("Permission denied",),
        logs=(r"error: PAM: Authentication failure for bob from 127",))),
    with_sshd(Story("sshd: a public key, account and session by PAM", by_key)),
    Story("sshd: the session process is killed, the next login works", killed),
    Story(f"sshd: {PARALLEL} logins at once", parallel),
)
