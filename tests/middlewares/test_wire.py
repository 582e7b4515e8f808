import base64
import json

import pytest
from scrapy.http import Request

from mantis_crawler.middlewares.wire import on_wire
from mantis_crawler.providers.base import Keyed, KeyPlace
from mantis_crawler.providers.keys import Keys

KEYS = Keys({"some": "at_secret&x"})


def wired(place: KeyPlace, field: str = "", lab_port: int | None = None, body: str = "{}") -> Request:
    shown = Request("ask://api.example.com/v1?ip=5.6.7.8", method="POST", body=body)
    sent = on_wire(shown, Keyed(key="some", place=place, field=field), KEYS, lab_port)
    assert b"secret" not in shown.body
    assert "secret" not in f"{shown.url} {shown.headers} {shown.meta}"
    return sent


def test_a_key_gets_where_the_provider_wants_it() -> None:
    assert wired(KeyPlace.HEADER, "X-Key").headers[b"X-Key"] == b"at_secret&x"
    assert wired(KeyPlace.QUERY, "apiKey").url == (
        "https://api.example.com/v1?ip=5.6.7.8&apiKey=at_secret%26x"
    )
    assert json.loads(wired(KeyPlace.JSON, "apiKey", body='{"a": 1}').body) == {
        "a": 1,
        "apiKey": "at_secret&x",
    }
    basic = wired(KeyPlace.BASIC).headers[b"Authorization"] or b""
    assert base64.b64decode(basic.removeprefix(b"Basic ")) == b"at_secret&x"
    assert b"secret" not in wired(KeyPlace.NONE).body


@pytest.mark.parametrize("place", [*KeyPlace])
def test_in_the_lab_nothing_is_sent_but_to_loopback(place: KeyPlace) -> None:
    sent = wired(place, "field", 8080)
    assert sent.url.startswith("http://127.0.0.1:8080/v1?ip=5.6.7.8")
    assert sent.headers[b"Host"] == b"api.example.com"
