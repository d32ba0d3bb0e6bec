# SPDX-License-Identifier: BSD-2-Clause
"""What has to be right before anything is changed."""

import fcntl
import os
import subprocess
import time

from system import DENY, STACK, STORE, demand, write


def good(system):
    system.apply()
    system.demand_etc(system.new)


def backup(system):
    system.apply()
    kept = system.root / STORE / system.ids()[0] / "old/etc/pam.d/su"
    demand(kept.read_text() == STACK, "the backup differs")
    told = system.demand("apply", "--list").stdout
    demand(system.ids()[0] in told and "kept" in told, told)


def again(system):
    system.apply()
    demand("nothing differs" in system.apply().stdout)
    demand(len(system.ids()) == 1, "a record of nothing")


def exact(system):
    system.staged.joinpath("etc/pam.d/other").write_text(DENY)
    system.apply("--exact", "--must", "su")
    want = {name: text for name, text in system.new.items()
            if name not in ("etc/pam.d/sshd", "etc/pam.d/login")}
    system.demand_etc(want)


def a_folder_of_policies(system):
    done = system.call("apply", "--pam.d", system.staged / "etc/pam.d")
    system.judge(done, 0)
    system.demand_etc({name: system.new[name] if "pam.d" in name else text
                       for name, text in (system.new | system.old).items()
                       if "limits.d" not in name})


def owners(system):
    path = system.staged / "etc/pam.d/su"
    os.chown(path, 1000, 1000)
    path.chmod(0o4666)
    system.apply()
    st = (system.root / "etc/pam.d/su").stat()
    demand((st.st_uid, st.st_gid, st.st_mode & 0o7777) == (0, 0, 0o644),
           st)


def refused(files, *args, says=""):
    """These files, so applied, change nothing."""
    def promise(system):
        write(system.staged, files)
        done = system.apply(*args, status=1)
        demand(says in done.stdout + done.stderr, done.stdout, done.stderr)
        system.stays_old()
    return promise


def forced(system):
    write(system.staged, {"etc/pam.d/at": "auth requried pam_unix.so\n"})
    system.apply(status=1)
    system.apply("--force")
    demand("etc/pam.d/at" in system.etc())


def known(system):
    """An error that is there already stops nothing; a second one does."""
    write(system.root, {"etc/pam.d/at": "auth requried pam_unix.so\n"})
    done = system.apply()
    demand("errors that were there before: " in done.stdout, done.stdout)
    demand("/at:1: error:" not in done.stdout, done.stdout)
    write(system.staged, {"etc/pam.d/batch": "auth requried pam_unix.so\n"})
    done = system.apply(status=1)
    demand("/batch:1: error:" in done.stdout, done.stdout)


def spreads(system):
    """An old error that reaches one service more is a new one."""
    write(system.root, {"etc/pam.d/at": "auth include bad\n" + STACK,
                        "etc/pam.d/bad": "auth requried pam_unix.so\n"})
    write(system.staged, {"etc/pam.d/cron": "auth include bad\n" + STACK})
    done = system.apply(status=1)
    demand("/bad:1: error:" in done.stdout, done.stdout)


def prune(system):
    for text in ("# 1\n", "# 2\n", "# 3\n"):
        write(system.staged, {"etc/security/access.conf": text})
        system.apply()
    last = system.ids()[-1]
    system.demand("apply", "--prune", "1")
    demand(system.ids() == [last], system.ids())
    system.demand("apply", "--prune", "some", status=2)
    system.demand("apply", "--restore", last)


ACCESS = {"etc/pam.d/su": STACK + "account required pam_access.so\n"}


def settings(system):
    """A line of access.conf that refuses nobody, in the staged tree."""
    write(system.root, ACCESS)
    system.staged.joinpath("etc/pam.d/su").unlink()
    write(system.staged, {"etc/security/access.conf": "-:ALL\n"})
    done = system.apply(status=1)
    demand("/etc/security/access.conf:1: error:" in done.stdout, done.stdout)
    write(system.staged, {"etc/security/access.conf": "-:john:ALL\n"})
    system.apply()


LABEL = "security.selinux"


def labels(system):
    """New text, old label; also where it is put back."""
    su, cron = (system.root / "etc/pam.d" / name for name in ("su", "cron"))
    os.setxattr(su, LABEL, b"old_t")
    os.setxattr(su.parent, LABEL, b"etc_t")
    system.apply()
    demand(os.getxattr(su, LABEL) == b"old_t" and
           os.getxattr(su.parent, LABEL) == b"etc_t", "labels are lost")
    demand(LABEL not in os.listxattr(cron), os.listxattr(cron))
    system.demand("apply", "--restore", system.ids()[0])
    demand(os.getxattr(su, LABEL) == b"old_t", "lost where it was restored")


def rule(sentence, status):
    def promise(system):
        rules = system.folder / "rules"
        rules.write_text(f"# what must hold\n\n{sentence}\n")
        done = system.apply("--rules", rules, status=status)
        if status:
            system.stays_old()
        if status == 3:
            demand("rules:3" in done.stderr, done.stderr)
    return promise


def gone(system):
    """sshd is there now; it would get what "other" says."""
    system.staged.joinpath("etc/pam.d/other").write_text(DENY)
    done = system.apply("--exact", status=1)
    demand("sshd must work" in done.stderr, done.stderr)
    system.stays_old()


def dry(system):
    done = system.apply("--dry-run")
    demand("/etc/pam.d: at once" in done.stdout, done.stdout)
    system.stays_old()


def two(system):
    system.apply("--dry-run")
    with open(system.root / STORE / ".lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        system.apply(status=75)
    system.stays_old()


def meanwhile(system):
    """Somebody writes into the old folder in its last moment."""
    delay = "inject=renameat2:delay_enter=300000:when=2"
    running = subprocess.Popen(
        ["strace", "-qq", "-o", "/dev/null", "-e", "trace=renameat2", "-e",
         delay, *system.command("apply", system.staged)],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    etc = system.root / "etc"
    while etc.joinpath("security/access.conf").read_text() != "# new\n":
        time.sleep(0.005)
    mine = etc / "pam.d/su"
    mine.write_text(STACK + "# mine\n")
    told = running.communicate()[1]
    demand(running.returncode == 75 and "changed meanwhile" in told,
           running.returncode, told)
    system.demand_etc(system.old | {"etc/pam.d/su": STACK + "# mine\n"})


def not_root(system):
    os.chmod(system.folder, 0o755)
    system.apply(status=4, user=1000)
    system.stays_old()


def strange(system):
    os.mkfifo(system.staged / "etc/pam.d/pipe")
    done = system.apply(status=3)
    demand("etc/pam.d/pipe: neither" in done.stderr, done.stderr)
    system.stays_old()


def usage(system):
    system.demand("apply", status=2)
    system.demand("apply", "--confirm-within", "soon", system.staged, status=2)
    system.demand("apply", "--restore", "../x", status=2)
    system.demand("apply", system.folder / "nowhere", status=3)
    system.stays_old()


# One that never succeeds, but has nothing against anybody.
SILENT = {"etc/pam.d/sshd": "account required pam_nologin.so\n" + STACK}


def silent(system):
    write(system.staged, SILENT)
    system.apply()


LOCKED = {"etc/pam.d/sshd": DENY}

PROMISES = [
    ("what is staged is in place, over what was there", good),
    ("the old tree is kept and listed", backup),
    ("what is in place already is no change", again),
    ("--exact: what is not staged goes", exact),
    ("--pam.d: a folder of policies", a_folder_of_policies),
    ("files are root's, and nobody else may write them", owners),
    ("an error of the check changes nothing",
     refused({"etc/pam.d/at": "auth requried pam_unix.so\n"},
             says="/at:1: error:")),
    ("--force goes on", forced),
    ("an error that was there before stops nothing", known),
    ("an error that reaches one service more is new", spreads),
    ("what modules read in etc/security is checked as it will be", settings),
    ("--prune: the last ones stay, and can be restored", prune),
    ("a file keeps the label of the one that it replaces", labels),
    ("a rule that does not hold changes nothing",
     rule("su auth: success requires pam_sss", 1)),
    ("a rule that holds", rule("su auth: success requires pam_unix", 0)),
    ("a rule for every service",
     rule("* auth: success requires pam_unix", 0)),
    ("a rule that nobody understands holds nothing", rule("su auth: nice", 3)),
    ("nobody locks sshd without meaning to",
     refused(LOCKED, says="sshd must work")),
    ("a module that can only ignore locks nobody", silent),
    ("--must takes the place of the usual services",
     refused(LOCKED, "--must", "su", "--must", "sshd:pam_unix=auth_err",
             says="sshd must work")),
    ("a service that is gone would be locked", gone),
    ("--dry-run tells how and does nothing", dry),
    ("two at once: one tries again", two),
    ("what somebody writes meanwhile is not lost", meanwhile),
    ("who is not root is told so", not_root),
    ("neither file nor folder nor link: refused by name", strange),
    ("wrong options change nothing", usage),
]
