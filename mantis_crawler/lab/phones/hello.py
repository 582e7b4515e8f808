"""The first record of a TLS connection, read: which client library speaks (JA4)."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

RECORD_LIMIT = 16 * 1024 + 5
_SNI, _ALPN, _VERSIONS = 0, 16, 43
_NAMES = {0x0304: "13", 0x0303: "12", 0x0302: "11", 0x0301: "10"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hello:
    """What a ClientHello offers."""

    name: str
    """The server name; empty if none."""
    ciphers: tuple[int, ...]
    extensions: dict[int, bytes]

    @property
    def alpn(self) -> list[str]:
        """Application protocols, most wanted first."""
        body = self.extensions.get(_ALPN, b"")[2:]
        found = []
        while body:
            found.append(body[1 : 1 + body[0]].decode("latin-1"))
            body = body[1 + body[0] :]
        return found

    @property
    def grease(self) -> bool:
        """Whether made-up values are mixed in, as Chrome and Safari do."""
        return any(map(_is_grease, self.ciphers)) and any(map(_is_grease, self.extensions))

    @property
    def ja4(self) -> str:
        """The fingerprint's first two parts: kind and counts, and the ciphers."""
        ciphers = [cipher for cipher in self.ciphers if not _is_grease(cipher)]
        extensions = [kind for kind in self.extensions if not _is_grease(kind)]
        versions = self.extensions.get(_VERSIONS, b"\x02\x03\x03")[1:]
        offered = [int.from_bytes(versions[at : at + 2]) for at in range(0, len(versions), 2)]
        newest = _NAMES.get(max((v for v in offered if not _is_grease(v)), default=0), "00")
        alpn = (self.alpn[0] if self.alpn else "") or "00"
        listed = ",".join(sorted(f"{cipher:04x}" for cipher in ciphers))
        kind = f"t{newest}{'d' if self.name else 'i'}{len(ciphers):02}{len(extensions):02}{alpn[0]}{alpn[-1]}"
        return f"{kind}_{sha256(listed.encode()).hexdigest()[:12]}"

    def facts(self) -> dict[str, Any]:
        """Return what the checks speak of."""
        return {"ja4": self.ja4, "grease": self.grease, "alpn": self.alpn[0] if self.alpn else None}


def parse(record: bytes) -> Hello | None:
    """Return the hello in a whole TLS record; ``None`` if it holds none."""
    try:
        return _parse(record)
    except IndexError:
        return None


def _parse(record: bytes) -> Hello | None:
    if len(record) < 44 or record[0] != 22 or record[5] != 1:
        return None
    at = 43
    at += 1 + record[at]
    size = int.from_bytes(record[at : at + 2])
    at += 2
    ciphers = tuple(int.from_bytes(record[place : place + 2]) for place in range(at, at + size, 2))
    at += size
    at += 1 + record[at] + 2
    extensions: dict[int, bytes] = {}
    while at + 4 <= len(record):
        kind, size = int.from_bytes(record[at : at + 2]), int.from_bytes(record[at + 2 : at + 4])
        extensions[kind] = record[at + 4 : at + 4 + size]
        at += 4 + size
    name = extensions.get(_SNI, b"")[5:].decode("latin-1").lower()
    return Hello(name=name, ciphers=ciphers, extensions=extensions)


def _is_grease(value: int) -> bool:
    return value & 0x0F0F == 0x0A0A and value >> 8 == value & 0xFF
