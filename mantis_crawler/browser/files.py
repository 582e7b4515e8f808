"""What a downloaded file is, by its content: names and headers of a lure lie."""

import hashlib
from pathlib import Path
from zipfile import BadZipFile, ZipFile

ENTRIES = 50_000
"""Entries of an archive that are read; an announced 65,535 stands for more."""
MAGIC = (
    (b"%PDF-", "pdf"),
    (b"MZ", "exe"),
    (b"\x7fELF", "elf"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"dex\n", "dex"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"\xcf\xfa\xed\xfe", "macho"),
    (b"koly", "dmg"),
)


def type_of(path: Path) -> str:
    """Return the kind of a file: ``apk``, ``mobileconfig``, ``zip``, ``pdf``, ... or ``unknown``."""
    with path.open("rb") as file:
        head = file.read(4096)
    if not head:
        return "empty"
    if head.startswith(b"PK\x03\x04"):
        return _type_of_zip(path)
    if b"PayloadType" in head or b"PayloadContent" in head:
        return "mobileconfig"
    for magic, name in MAGIC:
        if head.startswith(magic):
            return name
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "html"
    return "text" if _is_text(head) else "unknown"


def digests(path: Path) -> dict[str, str]:
    """Return a file's MD5 and SHA-1, by which lists of known malware name it."""
    md5, sha1 = hashlib.md5(usedforsecurity=False), hashlib.sha1(usedforsecurity=False)
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            md5.update(chunk)
            sha1.update(chunk)
    return {"md5": md5.hexdigest(), "sha1": sha1.hexdigest()}


def _type_of_zip(path: Path) -> str:
    """Tell an app from an archive by the list of names; nothing is unpacked."""
    if _entries(path) > ENTRIES:
        return "zip"
    try:
        with ZipFile(path) as archive:
            names = set(archive.namelist()[:10_000])
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        return "zip"
    if "AndroidManifest.xml" in names:
        return "apk"
    if "manifest.json" in names and any(name.endswith(".apk") for name in names):
        return "xapk"
    if any(name.startswith("Payload/") and ".app/" in name for name in names):
        return "ipa"
    return "jar" if "META-INF/MANIFEST.MF" in names else "zip"


def _entries(path: Path) -> int:
    """How many entries the end of an archive announces: reading a million of them takes half a minute.

    The end-of-central-directory record (PKWARE APPNOTE 4.3.16) lies in the last 65,557 bytes.
    """
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - 65_557, 0))
        tail = file.read()
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) < end + 16:
        return 0
    directory = int.from_bytes(tail[end + 12 : end + 16], "little")
    return max(int.from_bytes(tail[end + 10 : end + 12], "little"), directory // 46 if directory else 0)


def _is_text(head: bytes) -> bool:
    try:
        head[:2048].decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > 2000
    return b"\x00" not in head[:2048]
