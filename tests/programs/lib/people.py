# SPDX-License-Identifier: BSD-2-Clause
"""Who lives in the world, and what they have for passwords."""

import crypt
import os
import subprocess
from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    name: str
    uid: int
    password: str
    method: str = "YESCRYPT"

    @property
    def gid(self):
        return self.uid

    @property
    def home(self):
        return "/root" if self.uid == 0 else "/home/" + self.name


ROOT = Person("root", 0, "Roots-9-secret")
ALICE = Person("alice", 4001, "Alices-7-secret", "SHA512")
BOB = Person("bob", 4002, "Bobs-5-secret")

BY_NAME = {person.name: person for person in (ROOT, ALICE, BOB)}

FILES = ("passwd", "shadow", "group", "gshadow")


def _append(path, line):
    with open(path, "a") as file:
        file.write(line + "\n")


def _settle(person):
    """As adduser would, without asking this machine's configuration."""
    name, number = person.name, person.uid
    _append("/etc/passwd",
            f"{name}:x:{number}:{number}::{person.home}:/bin/sh")
    _append("/etc/shadow", f"{name}:!:20000:0:99999:7:::")
    _append("/etc/group", f"{name}:x:{number}:")
    _append("/etc/gshadow", f"{name}:!::")
    os.makedirs(person.home, mode=0o700, exist_ok=True)
    os.chown(person.home, number, number)


def set_passwords():
    """-c: chpasswd then writes the hash itself and asks no PAM."""
    for person in BY_NAME.values():
        subprocess.run(["chpasswd", "-c", person.method], check=True,
                       input=f"{person.name}:{person.password}", text=True)


def settle():
    """Alice, bob, and the system users that packages would have made."""
    for person in (ALICE, BOB):
        _settle(person)
    _append("/etc/passwd", "sshd:x:4101:65534::/run/sshd:/usr/sbin/nologin")
    _append("/etc/group", "crontab:x:4102:")
    set_passwords()


def remember():
    """What the scenarios may change, as it is now."""
    kept = {}
    for name in FILES:
        with open("/etc/" + name, "rb") as file:
            kept[name] = file.read()
    return kept


def restore(kept):
    for name, content in kept.items():
        with open("/etc/" + name, "wb") as file:
            file.write(content)


def field(name, person, number):
    """Field number of person's line in the /etc file."""
    with open("/etc/" + name) as file:
        for line in file:
            fields = line.rstrip("\n").split(":")
            if fields[0] == person.name:
                return fields[number]
    return None


def has_password(person, password):
    """Is this his password, by the hash alone?"""
    stored = field("shadow", person, 1)
    return crypt.crypt(password, stored) == stored


def set_field(name, person, number, value):
    """Change that field."""
    with open("/etc/" + name) as file:
        lines = file.read().splitlines()
    for at, line in enumerate(lines):
        fields = line.split(":")
        if fields[0] == person.name:
            fields[number] = value
            lines[at] = ":".join(fields)
    with open("/etc/" + name, "w") as file:
        file.write("\n".join(lines) + "\n")
