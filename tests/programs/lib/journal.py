# SPDX-License-Identifier: BSD-2-Clause
"""The system log of the world: everything that is said to /dev/log."""

import os
import re
import socket
import syslog
import threading
import time

# "<PRIORITY>Mon dd hh:mm:ss " before "program[pid]: text"
HEAD = re.compile(r"^<(\d+)>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d ")


class Journal:
    """Listens from the start, remembers each line in the order of arrival."""

    def __init__(self, path="/dev/log"):
        self.lines = []
        self._new = threading.Condition()
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(path)
        # Anybody may log, as with every syslog daemon.
        os.chmod(path, 0o666)
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        while True:
            data = self._socket.recv(65536)
            line = data.decode(errors="replace").rstrip("\n\0")
            with self._new:
                self.lines.append(HEAD.sub("", line))
                self._new.notify_all()

    def mark(self):
        """A place to search from."""
        with self._new:
            return len(self.lines)

    def since(self, mark):
        with self._new:
            return self.lines[mark:]

    def settle(self):
        """Everything sent before now has arrived: the socket keeps order."""
        mark = self.mark()
        syslog.syslog("settled")
        self.wait("settled$", mark)

    def wait(self, pattern, mark, patience=3.0):
        """The first line since mark that matches, or None."""
        wanted = re.compile(pattern)
        end = time.monotonic() + patience
        with self._new:
            while True:
                for line in self.lines[mark:]:
                    if wanted.search(line):
                        return line
                if not self._new.wait(end - time.monotonic()):
                    return None
