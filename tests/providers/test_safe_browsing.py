"""Safe Browsing: what is asked tells nobody the URL, and both spellings of an answer are read."""

import json
from base64 import b64decode, b64encode
from contextlib import suppress
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mantis_crawler.items import Ask, Failure, Question, Threat
from mantis_crawler.providers.base import Page, ProviderError
from mantis_crawler.providers.protobuf import BrokenError, fields, numbers
from mantis_crawler.providers.safe_browsing import SafeBrowsing

URL = "http://a.evil.com/login?victim=somebody"
OWN = sha256(b"evil.com/").digest()
PROVIDER = SafeBrowsing()
QUESTION = Question(ask=Ask.KNOWN_BAD_URL, subject=URL)
CALL = PROVIDER.call(QUESTION)


def read(body: bytes | str, url: str = URL) -> Page:
    question = Question(ask=Ask.KNOWN_BAD_URL, subject=url)
    return PROVIDER.page(question, CALL, CALL.decoded(body) if isinstance(body, bytes) else body, 200)


def full_hash(digest: bytes, *details: bytes) -> bytes:
    inner = b"\x0a\x20" + digest + b"".join(b"\x12" + bytes([len(one)]) + one for one in details)
    return b"\x0a" + bytes([len(inner)]) + inner


FIVE_MINUTES = b"\x12\x03\x08\xac\x02"
PHISHING = b"\x08\x02"


def test_only_sorted_prefixes_of_four_bytes_are_sent() -> None:
    sent = parse_qs(urlsplit(CALL.url).query)["hashPrefixes"]
    assert sent == sorted(sent, key=b64decode)
    assert {len(b64decode(one)) for one in sent} == {4}
    assert b64encode(OWN[:4]).decode() in sent
    assert "evil" not in CALL.url
    assert "victim" not in CALL.url


def test_bytes_and_json_say_the_same_and_for_how_long() -> None:
    rows = [{"fullHash": b64encode(OWN).decode(), "fullHashDetails": [{"threatType": "SOCIAL_ENGINEERING"}]}]
    answer = json.dumps({"fullHashes": rows, "cacheDuration": "300s"})
    for page in (read(full_hash(OWN, PHISHING) + FIVE_MINUTES), read(answer)):
        assert page.findings == (Threat(value="evil.com/", kind="SOCIAL_ENGINEERING"),)
        assert page.keeps == pytest.approx(300 / 3600)


def test_nothing_found_is_an_answer_that_holds_for_a_while() -> None:
    for page in (read(FIVE_MINUTES), read('{"cacheDuration": "300s"}')):
        assert (page.findings, page.total) == ((), 0)
        assert page.keeps == pytest.approx(300 / 3600)


def test_another_url_with_the_same_prefix_is_not_ours() -> None:
    other = OWN[:4] + bytes(28)
    assert read(full_hash(other, PHISHING) + FIVE_MINUTES).findings == ()


@pytest.mark.parametrize(
    "detail", [b"\x08\x63", b"\x08\x02\x10\x01", b"\x08\x02\x12\x01\x02"], ids=["new", "canary", "frames"]
)
def test_kinds_that_are_not_known_and_entries_not_meant_for_pages_are_left_out(detail: bytes) -> None:
    assert read(full_hash(OWN, detail) + FIVE_MINUTES).findings == ()


@pytest.mark.parametrize(
    "body", [b"", full_hash(OWN, PHISHING), (full_hash(OWN, PHISHING) + FIVE_MINUTES)[:-1]]
)
def test_half_an_answer_is_none(body: bytes) -> None:
    with pytest.raises(ProviderError) as caught:
        read(body)
    assert caught.value.failure is Failure.UNREADABLE


ERRORS: list[tuple[int, Any, Failure]] = [
    (400, {"error": {"message": "API key not valid. Please pass a valid API key."}}, Failure.REFUSED),
    (403, {"error": {"message": "Requests from this referer are blocked."}}, Failure.REFUSED),
    (429, {"error": {"message": "Quota exceeded for 'Requests per minute'"}}, Failure.RATE),
    (429, {"error": {"message": "Quota exceeded for 'Requests per day'"}}, Failure.NO_CREDIT),
    (400, "\x12\x2fAPI key not valid. Please pass a valid API key.", Failure.REFUSED),
    (503, {"error": {"message": "The service is currently unavailable."}}, Failure.UNREACHABLE),
    (502, "<html>Bad gateway</html>", Failure.UNREACHABLE),
]


@pytest.mark.parametrize(("status", "body", "failure"), ERRORS)
def test_an_error_is_told_by_its_words_in_both_spellings(status: int, body: Any, failure: Failure) -> None:
    text = body if isinstance(body, str) else json.dumps(body)
    assert PROVIDER.refusal(status, text).failure is failure


@given(some.binary(max_size=80))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    with suppress(BrokenError):
        for _, value in fields(data):
            list(numbers(value))
    with suppress(ProviderError):
        assert read(data).findings == ()
