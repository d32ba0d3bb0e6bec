# SPDX-License-Identifier: BSD-2-Clause
"""What can be seen of sessions on the machine: marks, records, events."""

import contextlib
import json
import os
import re
import subprocess
import time

from kit.place import EVENTS, KINDS, MARKS, PAMCTL, SESSIONS, UNDO

PATIENCE = 2.0


def _mounts():
    with open("/proc/self/mountinfo") as file:
        return re.findall(MARKS + r"/mount/(\S+)", file.read())


def _keys():
    """Those that are still used. Keyrings are the machine's: in another world
    others may be at it."""
    with open("/proc/keys") as file:
        return re.findall(r"^\S+ \S+ +[1-9].* mark:(\S{36})", file.read(), re.M)


def _members():
    try:
        with open(MARKS + "/set/members") as file:
            return file.read().split()
    except FileNotFoundError:
        return []


def marks():
    """Kind -> ids of the sessions that have such a mark."""
    return {"mount": set(_mounts()) | set(os.listdir(MARKS + "/mount")),
            "key": set(_keys()),
            "file": set(os.listdir(MARKS + "/file")),
            "set": set(_members()),
            "lasting": set(os.listdir(MARKS + "/lasting"))}


def _store(place):
    return {name: f"{folder}/{name}"
            for folder, _, names in os.walk(place) for name in names}


def records():
    """Id -> text, of the records that are there now."""
    found = {}
    for session, path in _store(SESSIONS).items():
        with open(path, errors="replace") as file:
            found[session] = file.read().rstrip("\0")
    return found


def undo():
    return set(_store(UNDO))


def events():
    """Id -> the words of its events."""
    found = {}
    with open(EVENTS) as file:
        for line in file:
            # A kill may tear a line where a page ends.
            with contextlib.suppress(json.JSONDecodeError):
                event = json.loads(line)
                found.setdefault(event["id"], []).append(event["event"])
    return found


def history():
    """Id -> how pamctl last says that it ended."""
    told = subprocess.run([PAMCTL, "last", "--number=0", "--json",
                           "--output=ID,ENDED"], check=True,
                          stdout=subprocess.PIPE).stdout
    rows, = json.loads(told).values()
    return {row["id"]: row["ended"] for row in rows}


def left(known, spared):
    """What stays of others than the spared: lines to read. The kernel frees
    keys in its own time."""
    end = time.monotonic() + PATIENCE
    while (lines := _left(known, spared)) and time.monotonic() < end:
        time.sleep(0.05)
    return lines


def _left(known, spared):
    lines = [f"mark {kind} of {session}" for kind, sessions in marks().items()
             for session in sessions
             if session not in spared and (kind != "key" or session in known)]
    lines += [f"record of {session}: {text!r}"
              for session, text in records().items() if session not in spared]
    return lines + [f"undo of {session}" for session in undo() - set(spared)]


def lacking(session):
    """What a session that is open lacks."""
    seen = marks()
    lines = [f"{session} has no mark {kind}" for kind in KINDS
             if session not in seen[kind]]
    if session not in records():
        lines.append(f"{session} has no record")
    if session not in undo():
        lines.append(f"{session} has nothing to undo it after a reboot")
    return lines


def opener(text):
    found = re.search(r"^opener (\d+) ", text, re.M)
    return int(found[1]) if found else None


def state(text):
    """The last that is said; a session that is rolled back says none."""
    found = re.findall(r"^state (\w+)", text, re.M)
    if found:
        return found[-1]
    return "undoing" if re.search(r"^closed ", text, re.M) else "opening"
