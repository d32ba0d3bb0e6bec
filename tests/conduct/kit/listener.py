# SPDX-License-Identifier: BSD-2-Clause
"""Receives what the recorder and the witness tell, in the order of sending."""

import socket
import threading

ADDRESS = "\0conduct"
LISTS = ("group", "ancestor")


class Event:
    """One datagram: its lines as attributes ("ns/mnt" is ns_mnt)."""

    def __init__(self, text):
        self.fields = {name: [] for name in LISTS}
        for line in text.split("\n")[:-1]:
            key, _, value = line.partition(" ")
            if key in LISTS:
                self.fields[key].append(value)
            else:
                self.fields[key] = value

    def __getattr__(self, name):
        for key in (name, name.replace("_", "-"), name.replace("_", "/")):
            if key in self.fields:
                return self.fields[key]
        return ""

    @property
    def number(self):
        """Process id as a number."""
        return int(self.pid)

    @property
    def silent(self):
        """PAM_DATA_SILENT was given to pam_end."""
        return bool(int(self.flags, 16) & 0x40000000)

    @property
    def ancestors(self):
        """[(process id, name)], the parent first."""
        return [(int(pid), name) for pid, _, name in
                (line.partition(" ") for line in self.ancestor)]


class Listener:
    """Bound before the first program starts; keeps everything."""

    def __init__(self):
        self.events = []
        self._settled = True
        self._new = threading.Condition()
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(ADDRESS)
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        while True:
            text = self._socket.recv(1 << 18).decode(errors="replace")
            with self._new:
                if text:
                    self.events.append(Event(text))
                self._settled = self._settled or not text
                self._new.notify_all()

    def mark(self):
        with self._new:
            return len(self.events)

    def since(self, mark):
        with self._new:
            return self.events[mark:]

    def note(self, what):
        """Something that the player did, in its place among the events."""
        with self._new:
            self.events.append(Event(f"what {what}\n"))

    def settle(self):
        """All that was sent before now has arrived: the socket keeps order."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as probe:
            with self._new:
                self._settled = False
            probe.sendto(b"", ADDRESS)
            with self._new:
                self._new.wait_for(lambda: self._settled)
