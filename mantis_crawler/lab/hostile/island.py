"""A network of our own with nothing in it but this machine, where forbidden addresses are ours to listen on.

Run as a program it makes the addresses of private networks local, and becomes the command that follows.
"""

import ctypes
import fcntl
import os
import shutil
import socket
import struct
import subprocess
import sys
from functools import cache
from pathlib import Path

VARIABLE = "MANTIS_ISLAND"
"""Set for a command that runs on the island: the number of the file at the shore, or -1."""
SHORE = "shore"
"""The one interface beside loopback; what is sent there is read by us, and goes no further."""
PRIVATE = ("10.0.0.1/8", "172.16.0.1/12", "192.168.0.1/16", "169.254.0.1/16", "100.64.0.1/10")
_SHORE_ADDRESS = "198.18.0.2/24"
_SET_ADDRESS, _SET_FLAGS, _SET_MASK, _ADD_ROUTE = 0x8916, 0x8914, 0x891C, 0x890B
_MAKE_TAP, _TAP = 0x400454CA, 0x0002 | 0x1000
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
            _give(ask, f"lo:{number}", network)


def shore() -> int:
    """Make an interface that takes all that would leave the machine, and return the file to read it from.

    Returns:
        The file's number, open in the program that is run next; -1 where there can be no such interface.
    """
    try:
        file = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        fcntl.ioctl(file, _MAKE_TAP, struct.pack("16sH22x", SHORE.encode(), _TAP))
        # the kernel's own questions for routers are no leak of ours
        Path(f"/proc/sys/net/ipv6/conf/{SHORE}/disable_ipv6").write_text("1", "ascii")
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ask:
            _give(ask, SHORE, _SHORE_ADDRESS)
            fcntl.ioctl(ask, _SET_FLAGS, struct.pack("16sh14x", SHORE.encode(), _UP | _MULTICAST))
            _route_everything(ask)
    except OSError:
        return -1
    os.set_inheritable(file, True)  # noqa: FBT003 - the library's signature
    return file


def _give(ask: socket.socket, name: str, network: str) -> None:
    address, _, bits = network.partition("/")
    mask = (0xFFFFFFFF << (32 - int(bits))) & 0xFFFFFFFF
    fcntl.ioctl(ask, _SET_ADDRESS, _request(name, socket.inet_aton(address)))
    fcntl.ioctl(ask, _SET_MASK, _request(name, mask.to_bytes(4)))


def _route_everything(ask: socket.socket) -> None:
    """Make the shore the way to all addresses that are not ours: an ``rtentry`` of route(8)."""
    nothing = struct.pack("H14x", socket.AF_INET)
    name = ctypes.create_string_buffer(SHORE.encode())
    place = ctypes.addressof(name)
    entry = struct.pack("@L16s16s16sHhLPhPLLH", 0, nothing, nothing, nothing, 1, 0, 0, 0, 0, place, 0, 0, 0)
    fcntl.ioctl(ask, _ADD_ROUTE, entry)


def _request(name: str, address: bytes) -> bytes:
    """Return an ``ifreq`` with an IPv4 address (netdevice(7))."""
    return struct.pack("16sH2s4s8x8x", name.encode(), socket.AF_INET, b"", address)


if __name__ == "__main__":
    settle()
    os.environ[VARIABLE] = str(shore())
    os.execv(shutil.which(sys.argv[1]) or sys.argv[1], sys.argv[1:])  # noqa: S606 - the command that was given
