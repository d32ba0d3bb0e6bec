# SPDX-License-Identifier: BSD-2-Clause
"""Trees of policies from text, and the findings that they must give.

A file of cases:

    == what is promised
    -- etc/pam.d/su [0666]          a file below the root, and its mode
    auth required pam_unix.so
    -> etc/pam.d/x ../y             a link
    // etc/pam.d 0777               a folder, and its mode
    so lib/security/pam_unix.so permit [cut|garbage|empty|foreign]
    args --level warning su         what pamctl check gets besides; {dist} is
                                    the folder of data files
    ?? error lockout etc/pam.d/su:1 [part of the text]
    status 1                        if it is not what the findings say

    bare                            without the policy "other" that is there
                                    if the case has none

All errors and warnings must be told, and no others; notes too, where one is
told.
"""

import pathlib
import shutil

OTHER = [f"{kind} required pam_deny.so\n"
         for kind in ("auth", "account", "session", "password")]


class Case:
    def __init__(self, name, where):
        self.name, self.where = name, where
        self.files, self.links, self.folders, self.modules = [], [], [], []
        self.args, self.want, self.status = [], [], None
        self.bare = False

    def build(self, root, module_dir):
        if not self.bare and "etc/pam.d/other" not in (
                f[0] for f in self.files):
            self.files.append(("etc/pam.d/other", OTHER, 0o644))
        for path, lines, mode in self.files:
            while lines and not lines[-1].strip():
                lines.pop()
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes("".join(lines).encode("latin-1"))
            target.chmod(mode)
        for path, name, how in self.modules:
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            spoil(module_dir / f"pam_{name}.so", target, how)
        for path, to in self.links:
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.symlink_to(to)
        for path, mode in self.folders:
            if not (root / path).exists():
                (root / path).mkdir(parents=True)
            (root / path).chmod(mode)


def spoil(source, target, how):
    """A copy of a module, whole or not."""
    data = bytearray(source.read_bytes())
    if how == "cut":
        data = data[:2000]
    elif how == "garbage":
        data = bytearray(b"#!/bin/sh\nexit 0\n")
    elif how == "empty":
        data = bytearray()
    elif how == "foreign":
        data[18:20] = (243).to_bytes(2, "little")   # e_machine: RISC-V
    elif how == "program":
        data[16:18] = (2).to_bytes(2, "little")     # e_type: ET_EXEC
    target.write_bytes(data)
    target.chmod(0o644)


def read(path):
    cases, lines = [], None
    for number, line in enumerate(path.read_text("latin-1").splitlines(True),
                                  1):
        key, _, rest = line.rstrip("\n").partition(" ")
        words = rest.split()
        if key == "==":
            cases.append(Case(rest, f"{path.name}:{number}"))
            lines = None
        elif key == "--":
            lines = []
            mode = int(words[1], 8) if len(words) > 1 else 0o644
            cases[-1].files.append((words[0], lines, mode))
        elif key == "->":
            cases[-1].links.append(words)
        elif key == "//":
            cases[-1].folders.append((words[0], int(words[1], 8)))
        elif key == "so":
            cases[-1].modules.append((words + [None])[:3])
        elif key == "args":
            cases[-1].args += words
        elif key == "bare":
            cases[-1].bare = True
        elif key == "status":
            cases[-1].status = int(rest)
        elif key == "??":
            severity, code, place, text = (rest.split(None, 3) + [""])[:4]
            cases[-1].want.append((severity, code, place, text))
        elif lines is not None:
            lines.append(line)
        elif line.strip() and key != "#":
            raise SystemExit(f"{path}:{number}: {line}")
    return cases


def clear(root):
    for path in root.rglob("*"):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o700)
    shutil.rmtree(root)


def root_in(folder):
    root = pathlib.Path(folder) / "root"
    root.mkdir(mode=0o755)
    return root
