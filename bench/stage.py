# SPDX-License-Identifier: BSD-2-Clause
"""The files that a measurement finds in the place of the system's."""

import os
import shutil

COPIED = ("group", "ld.so.cache", "ld.so.conf", "ld.so.conf.d", "login.defs",
          "nsswitch.conf", "passwd")
MODULES = 12
FILES = 10000
LINES = 10000

# Twenty lines and four includes; a module is only a number here.
LOGIN = {
    "login": """
        auth      optional   1 delay=3000000
        auth      requisite  2
        auth      include    common-auth
        account   required   3
        account   include    common-account
        session   required   4 close
        session   required   5
        session   optional   6 motd=/run/motd.dynamic
        session   optional   7 noupdate
        session   optional   8 standard
        session   required   9 readenv=1
        session   include    common-session
        password  include    common-password
    """,
    "common-auth": """
        auth      required   1 nullok
        auth      required   2
    """,
    "common-account": """
        account   required   1
        account   required   2 broken_shadow
    """,
    "common-session": """
        session   required   1
        session   required   2
        session   optional   3 umask=022
        session   optional   10
    """,
    "common-password": """
        password  requisite  3 retry=3
        password  required   1 obscure yescrypt
        password  optional   10
    """,
    "other": """
        auth      include    common-auth
        account   include    common-account
        password  include    common-password
        session   include    common-session
    """,
}
FACILITIES = ("auth", "account", "session", "password")


def module(number):
    return "pam_bench%02d.so" % number


def policy(text):
    """A policy in which modules are numbers, as the library reads it."""
    lines = []
    for line in text.split("\n"):
        words = line.split()
        if len(words) > 2 and words[2].isdigit():
            words[2] = module(int(words[2]))
        lines.append("\t".join(words[:3]) + " " + " ".join(words[3:]))
    return "# A policy, with a remark at its head.\n" + "\n".join(lines) + "\n"


def stack(size, different=10):
    return "".join("%s required %d\n" % (facility, 1 + i % different)
                   for facility in FACILITIES for i in range(size))


def services():
    yield from LOGIN.items()
    yield "errand", "account required 1 errand\n" + "".join(
        "%s required 1\n" % f for f in FACILITIES if f != "account")
    for size in (1, 4, 16, 64):
        yield "stack-%d" % size, stack(size)
    yield "same-16", stack(16, 1)
    for level in range(15):
        yield "level-%d" % level, "".join(
            "%s include level-%d\n" % (f, level - 1) if level else
            "%s required 1\n" % f for f in FACILITIES)
    for depth in (1, 8, 15):
        yield "depth-%d" % depth, "".join(
            "%s include level-%d\n" % (f, depth - 1) for f in FACILITIES)


def flat(service, text):
    """The lines of a service for pam.conf, with what they include."""
    for line in text.split("\n"):
        words = line.split()
        if not words:
            continue
        if words[1] == "include":
            yield from flat(service, LOGIN[words[2]])
        else:
            words[2] = module(int(words[2]))
            yield "%s\t%s\n" % (service, " ".join(words))


def single():
    """A pam.conf in which the services that count are the last ones."""
    last = [line for name, text in services()
            if name in ("login", "errand", "other")
            for line in flat(name, text)]
    return "".join(
        "service%04d  session  optional  pam_bench%02d.so  umask=0022\n"
        % (i // 8, 1 + i % 10) for i in range(LINES - len(last))
    ) + "".join(last)


def write(path, text):
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def make_etc(path):
    os.makedirs(path + "/security")
    for name in COPIED:
        copy = shutil.copytree if os.path.isdir("/etc/" + name) else shutil.copy
        if os.path.exists("/etc/" + name):
            copy("/etc/" + name, path + "/" + name)


def make_policies(path, more=0):
    os.mkdir(path)
    for name, text in services():
        write(path + "/" + name, policy(text))
    for i in range(more):
        write(path + "/service%05d" % i, policy(LOGIN["other"]))


def make_modules(path, source):
    os.makedirs(path)
    for i in range(1, MODULES + 1):
        shutil.copy(source, path + "/" + module(i))


def make(stage, programs):
    for whose in ("ours", "theirs"):
        make_modules(stage + "/modules-" + whose,
                     programs + "bench_%s.so" % whose)
    os.mkdir(stage + "/hide")
    for kind in ("few", "many", "single"):
        make_etc(stage + "/etc-" + kind)
    make_policies(stage + "/etc-few/pam.d")
    make_policies(stage + "/etc-many/pam.d", FILES)
    write(stage + "/etc-single/pam.conf", single())
