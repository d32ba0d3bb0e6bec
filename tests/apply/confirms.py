# SPDX-License-Identifier: BSD-2-Clause
"""Who may confirm, and what happens when nobody does."""

import os
import pty
import re
import subprocess
import sys
import time

from system import STORE, demand

UNSET = "4294967295"


def _be_in(session):
    """For preexec_fn: an audit session of one's own, or none."""
    with open("/proc/self/loginuid", "w") as file:
        file.write(UNSET)
    if session:
        with open("/proc/self/loginuid", "w") as file:
            file.write("0")


def _have_sessions():
    """Whether this kernel has them, and lets us."""
    code = ("open('/proc/self/loginuid', 'w').write('0');"
            "print(open('/proc/self/sessionid').read())")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True,
                          text=True)
    return done.returncode == 0 and done.stdout.strip() != UNSET


SESSIONS = _have_sessions()


def new_login():
    _be_in(True)


def no_login():
    if SESSIONS:
        _be_in(False)


def no_login_new_terminal():
    no_login()
    os.setsid()


class Login:
    """A login session that began before; it runs what it is told."""

    def __init__(self, system):
        self.shell = subprocess.Popen(
            ["sh"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, preexec_fn=new_login)
        self.system = system

    def say(self, verb, *args):
        """Exit status and what was written."""
        line = " ".join(self.system.command(verb, *args))
        self.shell.stdin.write(f"{line}; echo status $?\n")
        self.shell.stdin.flush()
        text = ""
        while not text.startswith("status") and "\nstatus" not in text:
            text += self.shell.stdout.readline()
        return int(text.split()[-1]), text

    def end(self):
        self.shell.stdin.close()
        self.shell.wait()


def tick():
    """The kernel counts the age of processes in hundredths of a second."""
    time.sleep(0.02)


def newcomer(system):
    login = Login(system)
    status, text = login.say("apply", "--confirm-within", 600, system.staged)
    demand(status == 0 and "say there: pamctl confirm\n" in text, text)
    status, text = login.say("confirm")
    demand(status == 1 and "began before" in text, status, text)
    demand("waiting" in system.call("apply", "--list").stdout)
    tick()
    system.demand("confirm", preexec_fn=new_login)
    login.end()
    system.demand_etc(system.new)
    demand("kept" in system.call("apply", "--list").stdout)
    system.demand("confirm", status=1, preexec_fn=new_login)


def outside(system):
    """A process in no session, where there are sessions, shows nothing."""
    login = Login(system)
    login.say("apply", "--confirm-within", 600, system.staged)
    tick()
    done = system.demand("confirm", "anything", status=1,
                         preexec_fn=no_login_new_terminal)
    demand("no login session" in done.stderr, done.stderr)
    login.end()


def with_code(system):
    done = system.apply("--confirm-within", "600", preexec_fn=no_login)
    code = re.search(r"pamctl confirm (\S+)$", done.stdout, re.M)
    demand(code, "no code:", done.stdout)
    old = system.demand("confirm", code[1], status=1, preexec_fn=no_login)
    demand("began before" in old.stderr, old.stderr)
    tick()
    for given, says in (([], "say the code"), (["wrong"], "not the code")):
        done = system.demand("confirm", *given, status=1,
                             preexec_fn=no_login_new_terminal)
        demand(says in done.stderr, done.stderr)
    system.demand("confirm", code[1], preexec_fn=no_login_new_terminal)
    system.demand_etc(system.new)


def waits(system):
    system.apply("--confirm-within", "600")
    done = system.apply(status=75)
    demand("waits for a confirmation" in done.stderr, done.stderr)
    demand("waits" in system.demand("apply", "--recover").stdout)
    system.demand_etc(system.new)


def hung_up(system):
    """The terminal goes, and all that sat at it; files that somebody has
    changed since stay as he left them, and are reported."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execv(system.pamctl, system.command(
            "apply", "--confirm-within", 1, system.staged))
    os.waitpid(pid, 0)
    os.close(terminal)
    mine = system.root / "etc/pam.d/su"
    mine.write_text(mine.read_text() + "# mine\n")
    system.wait_for(system.old | {"etc/pam.d/su": mine.read_text()})
    log = system.root / STORE / system.ids()[0] / "log"
    end = time.monotonic() + 2
    while "restored" not in log.read_text() and time.monotonic() < end:
        time.sleep(0.01)
    demand("/etc/pam.d/su: changed since" in log.read_text(),
           log.read_text())
    system.demand("confirm", status=1)


def rebooted(system):
    """Nobody watches after a reboot; whoever looks next restores."""
    system.apply("--confirm-within", "600")
    system.reboot()
    done = system.demand("apply", "--recover")
    demand("not confirmed; restored" in done.stdout, done.stdout)
    system.demand_etc(system.old)


def undisturbed(system):
    """Signals that come with the end of a terminal, in the middle of it."""
    inject = "inject=renameat2:signal=HUP:when=1"
    system.apply(before=("strace", "-qq", "-o", "/dev/null", "-e",
                         "trace=renameat2", "-e", inject), status=-1)
    system.demand_etc(system.new)
    demand("nothing to recover" in system.demand("apply", "--recover").stdout)


PROMISES = [
    ("without a confirmation another apply waits", waits),
    ("the code opens to a new terminal only, and no other word does",
     with_code),
    ("the terminal is hung up: restored in time, but for what was changed",
     hung_up),
    ("a reboot before the confirmation: restored", rebooted),
    ("a hangup in the middle does not stop it", undisturbed),
] + [
    ("confirmed by a new login, refused to an old one", newcomer),
    ("no confirmation from outside of all sessions", outside),
] * SESSIONS
