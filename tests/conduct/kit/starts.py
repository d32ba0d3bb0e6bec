# SPDX-License-Identifier: BSD-2-Clause
"""Ways to start a program: each makes a context that yields a Running."""

import contextlib
import ftplib
import os
import shlex
import socket
import subprocess
import time

from kit.running import Running, shells
from lib.daemons import daemon
from lib.people import ALICE, ROOT
from lib.scenario import Failed
from lib.terminal import Silence, Terminal

WITNESS = "/usr/local/bin/witness"
TABLE = "/var/spool/cron/crontabs/alice"
POLKIT_ACTION = "org.freedesktop.policykit.exec"
NEVER = "\0"


def on_terminal(command, who=ROOT, talk=(), env=None, awaited=shells):
    """A dialogue, and then wait until what the user runs has told of itself,
    or for something else."""
    @contextlib.contextmanager
    def start(listener):
        running = Running(listener)
        terminal = Terminal(shlex.split(command), who, env)
        running.client, running.awaited = terminal.pid, awaited
        running.read = lambda: _read(terminal)
        try:
            _converse(terminal, talk)
            yield running
        finally:
            running.end()
            terminal.close()
    return start


def _read(terminal):
    """Nobody may have to wait for us to take what he writes."""
    with contextlib.suppress(Silence):
        terminal.expect(NEVER, patience=0.005)


def _converse(terminal, talk):
    try:
        for question, answer in talk:
            terminal.expect(question)
            if answer is not None:
                terminal.type(answer)
    except Silence as missing:
        raise Failed(f"waited for {missing}, it wrote "
                     + repr(terminal.text[-300:])) from None


def without_terminal(*argv, text=""):
    """As a daemon or a script starts it."""
    @contextlib.contextmanager
    def start(listener):
        running = Running(listener)
        process = subprocess.Popen(argv, stdin=subprocess.PIPE, cwd="/",
                                   stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL,
                                   start_new_session=True)
        running.client = process.pid
        try:
            process.stdin.write(text.encode())
            process.stdin.close()
            yield running
        finally:
            running.end()
            process.wait()
    return start


@contextlib.contextmanager
def _served(running, *argv):
    """By a daemon that counts as part of the world."""
    try:
        with daemon(*argv) as pid:
            running.before.add(pid)
            running.daemon = pid
            yield running
    finally:
        running.end()


@contextlib.contextmanager
def by_cron(listener):
    """@reboot: due when the daemon starts, no waiting for the minute."""
    os.makedirs(os.path.dirname(TABLE), mode=0o1730, exist_ok=True)
    with open(TABLE, "w") as file:
        file.write(f"@reboot {WITNESS}\n")
    os.chmod(TABLE, 0o600)
    os.chown(TABLE, ALICE.uid, 4102)
    with contextlib.suppress(FileNotFoundError):
        os.unlink("/run/crond.reboot")
    with _served(Running(listener), "cron", "-f") as running:
        yield running


@contextlib.contextmanager
def by_at(listener):
    with _served(Running(listener), "atd", "-f") as running:
        terminal = Terminal(["sh", "-c", f"echo {WITNESS} | at now"], ALICE)
        running.read = lambda: _read(terminal)
        try:
            if terminal.finish() != 0:
                raise Failed("at: " + terminal.text)
            yield running
        finally:
            terminal.close()


def by_polkit(command):
    """With the daemons that say yes to root."""
    @contextlib.contextmanager
    def start(listener):
        os.makedirs("/run/dbus", exist_ok=True)
        with daemon("dbus-daemon", "--system", "--nofork", "--nopidfile"), \
                daemon("/usr/lib/polkit-1/polkitd", "--no-debug"):
            _wait_for_polkit()
            with on_terminal(command)(listener) as running:
                yield running
    return start


def _wait_for_polkit():
    end = time.monotonic() + 10
    while subprocess.run(["pkcheck", "--action-id", POLKIT_ACTION,
                          "--process", str(os.getpid())],
                         capture_output=True).returncode != 0:
        if time.monotonic() > end:
            raise Failed("polkitd does not answer")
        time.sleep(0.02)


@contextlib.contextmanager
def by_greetd(listener):
    # Left by an earlier run, it keeps greetd from starting the first session.
    with contextlib.suppress(FileNotFoundError):
        os.unlink("/run/greetd.run")
    with _served(Running(listener), "greetd", "-c",
                 "/etc/greetd/config.toml") as running:
        yield running


class Transfer(Running):
    """Over ftp the user runs nothing; he is just there."""

    def ready(self):
        end = time.monotonic() + 10
        while not _listens(21):
            if time.monotonic() > end:
                raise Failed("vsftpd does not listen")
            time.sleep(0.01)
        self.ftp = ftplib.FTP("127.0.0.1", timeout=5)
        try:
            self.ftp.login("alice", ALICE.password)
            self.listener.note("run")
        except ftplib.Error:
            pass

    def over(self):
        with contextlib.suppress(OSError, EOFError, ftplib.Error):
            self.ftp.quit()
        self.rest()


def _listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextlib.contextmanager
def by_ftp(listener):
    os.makedirs("/run/vsftpd/empty", exist_ok=True)
    with _served(Transfer(listener), "vsftpd", "/etc/vsftpd.conf") as running:
        yield running
