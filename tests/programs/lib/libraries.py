# SPDX-License-Identifier: BSD-2-Clause
"""Which shared objects a live process has mapped, told by their content."""

import hashlib
import os

LIBDIR = f"/usr/lib/{os.uname().machine}-linux-gnu"
NAMES = ("libpam.so.0", "libpam_misc.so.0", "libpamc.so.0")


def paths():
    return {name: f"{LIBDIR}/{name}" for name in NAMES}


def module_path(name):
    return f"{LIBDIR}/security/{name}"


def digest(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def _short(path):
    """libpam.so.0.85.1 -> libpam.so.0, a module's name as it is."""
    name = os.path.basename(path)
    head, dot, tail = name.partition(".so.0")
    return head + dot if dot else name


def mapped(pid):
    """Name -> digest of every libpam* and pam_* that pid has mapped.

    Read through map_files: the very file, whatever its path holds by now."""
    found = {}
    where = f"/proc/{pid}/map_files"
    for span in os.listdir(where):
        name = _short(os.readlink(f"{where}/{span}"))
        if name.startswith(("libpam", "pam_")) and name not in found:
            found[name] = digest(f"{where}/{span}")
    return found
