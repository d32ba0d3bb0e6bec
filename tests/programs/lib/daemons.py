# SPDX-License-Identifier: BSD-2-Clause
"""Daemons that a scenario needs for its own time."""

import contextlib
import os
import signal
import socket
import subprocess

from lib.scenario import until


@contextlib.contextmanager
def daemon(*argv):
    """Runs in the foreground of nobody; gone, children too, afterwards."""
    process = subprocess.Popen(argv, start_new_session=True,
                               stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    try:
        yield process.pid
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def _listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextlib.contextmanager
def sshd():
    """Debian's sshd with Debian's configuration, on loopback."""
    config = "/etc/ssh/sshd_config"
    if not os.path.exists(config):
        with open("/usr/share/openssh/sshd_config") as stock:
            text = stock.read()
        with open(config, "w") as file:
            file.write(text)
    subprocess.run(["ssh-keygen", "-A"], check=True, capture_output=True)
    with daemon("/usr/sbin/sshd", "-D") as pid:
        until("sshd that listens", lambda: _listens(22))
        yield pid
