"""Time-stamps of a manifest, from an authority of our own on loopback."""

import shutil
import subprocess
from collections.abc import Callable, Iterator

import pytest
from aiohttp import web

from mantis_crawler.browser.evidence import Wishes
from mantis_crawler.browser.seal import SealError, stamp
from mantis_crawler.items import CaptureKind
from tests.browser.stage import Stage

client = pytest.importorskip("rfc3161_client")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed"),
]
URL = "http://tsa.stage-site.com/stamp"
CONFIG = """
[tsa]
default_tsa = ours
[ours]
serial = {folder}/serial
signer_cert = {folder}/cert.pem
signer_key = {folder}/key.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
[req]
distinguished_name = name
[name]
[extensions]
extendedKeyUsage = critical, timeStamping
"""


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with Stage(tmp_path_factory.mktemp("stage")) as stage:
        yield stage


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes], bytes]:
    folder = tmp_path_factory.mktemp("tsa")
    config = folder / "tsa.conf"
    config.write_text(CONFIG.format(folder=folder))
    (folder / "serial").write_text("01\n")
    openssl(
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=tsa", "-extensions", "extensions",
        "-config", str(config), "-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem"),
    )  # fmt: skip

    def answer(question: bytes) -> bytes:
        asked, told = folder / "question", folder / "answer"
        asked.write_bytes(question)
        openssl("ts", "-reply", "-config", str(config), "-queryfile", str(asked), "-out", str(told))
        return told.read_bytes()

    return answer


def openssl(*arguments: str) -> None:
    subprocess.run(["openssl", *arguments], check=True, capture_output=True)


def serve(stage: Stage, answer: Callable[[bytes], bytes]) -> None:
    async def page(request: web.Request) -> web.Response:
        assert request.content_type == "application/timestamp-query"
        return web.Response(body=answer(await request.read()), content_type="application/timestamp-reply")

    stage.pages["/stamp"] = page


def test_a_manifest_is_stamped_and_the_stamp_is_for_it(
    stage: Stage, authority: Callable[[bytes], bytes]
) -> None:
    serve(stage, authority)
    stage.pages["/"] = "<p>hello"
    stage.visitor.wishes = Wishes(authority=URL)
    try:
        visit = stage.visit("/")
    finally:
        stage.visitor.wishes = Wishes()
    manifest, token = visit.capture(CaptureKind.MANIFEST), visit.capture(CaptureKind.TIMESTAMP)
    assert manifest is not None
    assert token is not None, visit.notes
    told = client.decode_timestamp_response(stage.store.get(token)).tst_info.message_imprint.message
    asked = client.TimestampRequestBuilder().data(stage.store.get(manifest)).build()
    assert told == asked.message_imprint.message


def test_an_authority_that_is_down_costs_the_stamp_and_nothing_else(stage: Stage) -> None:
    stage.pages["/"] = "<p>hello"
    stage.visitor.wishes = Wishes(authority="http://nowhere.example/")
    try:
        visit = stage.visit("/")
    finally:
        stage.visitor.wishes = Wishes()
    assert visit.capture(CaptureKind.MANIFEST) is not None
    assert visit.capture(CaptureKind.TIMESTAMP) is None
    assert visit.notes == ("no time-stamp: HTTP 502",)


def stamped(stage: Stage, content: bytes, url: str = URL) -> bytes:
    return stage._runner.run(stamp(content, stage.visitor.gateway, url))


def test_a_stamp_for_something_else_is_refused(stage: Stage, authority: Callable[[bytes], bytes]) -> None:
    other = client.TimestampRequestBuilder().data(b"other").build().as_bytes()
    serve(stage, lambda _question: authority(other))
    with pytest.raises(SealError, match="something else"):
        stamped(stage, b"ours")


def test_an_answer_that_is_none_is_refused(stage: Stage) -> None:
    serve(stage, lambda _question: b"<html>welcome")
    with pytest.raises(SealError, match="the answer is none"):
        stamped(stage, b"ours")


@pytest.mark.parametrize(
    "url", ["ftp://tsa.stage-site.com/", "http://127.0.0.1:1/", "http://inside.stage-site.com/"]
)
def test_an_authority_inside_our_network_is_not_asked(stage: Stage, url: str) -> None:
    with pytest.raises(SealError):
        stamped(stage, b"ours", url)
