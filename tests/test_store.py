import errno
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from mantis_crawler.items import CaptureKind
from mantis_crawler.store import CaptureStore


@pytest.fixture
def store(tmp_path: Path) -> CaptureStore:
    return CaptureStore(tmp_path)


def test_bytes_come_back_under_their_hash(store: CaptureStore) -> None:
    capture = store.put(CaptureKind.DOM, b"<p>hello")
    assert capture.sha256 == sha256(b"<p>hello").hexdigest()
    assert (store.get(capture), capture.size) == (b"<p>hello", 8)


def test_chunks_are_one_file(store: CaptureStore) -> None:
    assert store.put(CaptureKind.DOM, iter([b"a", b"b"])) == store.put(CaptureKind.DOM, b"ab")


def test_the_same_bytes_are_kept_once(store: CaptureStore, tmp_path: Path) -> None:
    for _ in range(3):
        store.put(CaptureKind.SCREENSHOT, b"same")
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_downloads_lie_in_quarantine_where_nothing_opens_or_runs_them(store: CaptureStore) -> None:
    path = store.path(store.put(CaptureKind.DOWNLOAD, b"MZ"))
    assert "quarantine" in path.parts
    assert path.suffix == ".quarantine"
    assert path.stat().st_mode & 0o777 == 0o400


def test_a_dom_does_not_open_in_a_browser(store: CaptureStore) -> None:
    assert store.path(store.put(CaptureKind.DOM, b"<script>")).suffix == ".txt"


def test_a_write_that_fails_leaves_nothing_behind(store: CaptureStore, tmp_path: Path) -> None:
    def chunks() -> Iterator[bytes]:
        yield b"half"
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        store.put(CaptureKind.DOWNLOAD, chunks())
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_disk_that_is_full_is_remembered(store: CaptureStore) -> None:
    def chunks() -> Iterator[bytes]:
        yield b"half"
        raise OSError(errno.ENOSPC, "no space left")

    assert store.full is None
    with pytest.raises(OSError, match="no space left"):
        store.put(CaptureKind.DOM, chunks())
    assert store.full is not None
