"""A name server on loopback that answers anything at once: to measure who asks, not who answers."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from zlib import crc32

_A, _AAAA, _HEAD = 1, 28, 12
_ONE, _NONE = b"\x81\x80\x00\x01\x00\x01\x00\x00\x00\x00", b"\x81\x80\x00\x01\x00\x00\x00\x00\x00\x00"
_MISSING = b"\x81\x83\x00\x01\x00\x00\x00\x00\x00\x00"
_RECORD = b"\xc0\x0c\x00\x01\x00\x01\x00\x00\x01\x2c\x00\x04"
"""Pointer to the name asked for, type A, class IN, 300 seconds, four bytes of an address."""
_NETWORK = b"\x0b\x2a"
"""11.42.0.0/16, of which the lab has names too."""
DEAD = 4
"""One name of so many is alive, as in a published case."""


def answered(query: bytes) -> bytes:
    """Return the answer to a query: an address for each fourth name, else that there is no such name."""
    end = query.index(0, _HEAD) + 5
    name, kind = query[_HEAD : end - 4], int.from_bytes(query[end - 4 : end - 2])
    number = crc32(name.lower())
    head = _MISSING if number % DEAD else _ONE if kind == _A else _NONE
    record = _RECORD + _NETWORK + number.to_bytes(4)[:2] if head is _ONE else b""
    return query[:2] + head + query[_HEAD:end] + record


@contextmanager
def flat_server() -> Iterator[tuple[str, int]]:
    """Run the server in a process of its own; yields its address and port."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    try:
        yield "127.0.0.1", int(ours.recv())
    finally:
        process.terminate()
        process.join()


def _serve(there: Connection) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
        server.bind(("127.0.0.1", 0))
        there.send(server.getsockname()[1])
        while True:
            query, asker = server.recvfrom(512)
            server.sendto(answered(query), asker)
