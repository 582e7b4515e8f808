"""A network of our own with nothing in it but this machine, where forbidden addresses are ours to listen on.

Run as a program it makes the addresses of private networks local, and becomes the command that follows.
"""

import fcntl
import os
import shutil
import socket
import struct
import subprocess
import sys
from functools import cache

VARIABLE = "MANTIS_ISLAND"
"""Set in the environment of a command that runs on the island."""
PRIVATE = ("10.0.0.1/8", "172.16.0.1/12", "192.168.0.1/16", "169.254.0.1/16", "100.64.0.1/10")
_SET_ADDRESS, _SET_FLAGS, _SET_MASK = 0x8916, 0x8914, 0x891C
_UP = 0x1 | 0x40
_MULTICAST = 0x1000


@cache
def ferry() -> tuple[str, ...]:
    """Return what a command is begun with to run on the island; empty where that is not allowed."""
    unshare = shutil.which("unshare")
    if not unshare:
        return ()
    options = ("--net",) if os.getuid() == 0 else ("--net", "--map-root-user")
    start = (unshare, *options, sys.executable, "-m", "mantis_crawler.lab.hostile.island")
    tried = subprocess.run([*start, "/bin/true"], capture_output=True, check=False)  # noqa: S603 - no shell
    return start if tried.returncode == 0 else ()


def settle() -> None:
    """Bring loopback up and give it the addresses of private networks, multicast included.

    On loopback, a whole network is local as soon as one of its addresses is.

    Raises:
        OSError: this is not allowed here.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ask:
        fcntl.ioctl(ask, _SET_FLAGS, struct.pack("16sh14x", b"lo", _UP | _MULTICAST))
        for number, network in enumerate(PRIVATE, 1):
            address, _, bits = network.partition("/")
            mask = (0xFFFFFFFF << (32 - int(bits))) & 0xFFFFFFFF
            fcntl.ioctl(ask, _SET_ADDRESS, _request(f"lo:{number}", socket.inet_aton(address)))
            fcntl.ioctl(ask, _SET_MASK, _request(f"lo:{number}", mask.to_bytes(4)))


def _request(name: str, address: bytes) -> bytes:
    """Return an ``ifreq`` with an IPv4 address (netdevice(7))."""
    return struct.pack("16sH2s4s8x8x", name.encode(), socket.AF_INET, b"", address)


if __name__ == "__main__":
    settle()
    os.environ[VARIABLE] = "1"
    os.execv(shutil.which(sys.argv[1]) or sys.argv[1], sys.argv[1:])  # noqa: S606 - the command that was given
