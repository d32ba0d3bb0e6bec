# SPDX-License-Identifier: BSD-2-Clause
"""One-time codes of RFC 4226 and RFC 6238."""

import base64
import hashlib
import hmac
import time


def hotp(secret, counter):
    """Six digits for a counter."""
    mac = hmac.new(secret, counter.to_bytes(8, "big"), hashlib.sha1).digest()
    at = mac[-1] & 15
    number = int.from_bytes(mac[at:at + 4], "big") & 0x7FFFFFFF
    return f"{number % 1000000:06}"


def totp(secret):
    """Six digits for this half minute."""
    return hotp(secret, int(time.time()) // 30)


def base32(secret):
    return base64.b32encode(secret).decode().rstrip("=")
