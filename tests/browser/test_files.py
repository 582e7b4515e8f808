from pathlib import Path
from zipfile import ZipFile

import pytest

from mantis_crawler.browser.files import type_of


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (["AndroidManifest.xml", "classes.dex"], "apk"),
        (["Payload/x.app/Info.plist"], "ipa"),
        (["manifest.json", "base.apk"], "xapk"),
        (["META-INF/MANIFEST.MF"], "jar"),
        (["a.txt"], "zip"),
    ],
)
def test_an_archive_is_told_by_what_is_in_it(tmp_path: Path, names: list[str], kind: str) -> None:
    path = tmp_path / "chrome.pdf"
    with ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    assert type_of(path) == kind


def test_an_archive_that_announces_a_million_entries_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "bomb.apk"
    with ZipFile(path, "w") as archive:
        archive.writestr("AndroidManifest.xml", "x")
    bomb = bytearray(path.read_bytes())
    end = bomb.rfind(b"PK\x05\x06")
    bomb[end + 8 : end + 12] = b"\xff\xff\xff\xff"
    path.write_bytes(bomb)
    assert type_of(path) == "zip"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7", "pdf"),
        (b"MZ\x90\x00", "exe"),
        (b"PK\x03\x04 broken", "zip"),
        (b"", "empty"),
        (b"<?xml version='1.0'?><plist><dict><key>PayloadType</key>", "mobileconfig"),
        (b"\xef\xbb\xbf <!DOCTYPE html><p>", "html"),
        (b"plain words", "text"),
        (b"\x00\x01\x02\x03", "unknown"),
    ],
)
def test_a_file_is_told_by_its_content(tmp_path: Path, content: bytes, kind: str) -> None:
    path = tmp_path / "update.apk"
    path.write_bytes(content)
    assert type_of(path) == kind
