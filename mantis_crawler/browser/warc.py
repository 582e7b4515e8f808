"""A visit's traffic as WARC 1.1 (ISO 28500), for those who keep archives; ``warcio`` writes it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from mantis_crawler.browser.exchange import Exchange

DECODED = frozenset({"content-encoding", "transfer-encoding", "content-length"})
"""Headers that are not true of a body as the browser passes it on: they are kept with a prefix."""


class WarcError(ImportError):
    """``warcio`` is not installed."""


def warc(exchanges: list[Exchange], *, browser: str) -> bytes:
    """Return a gzipped WARC file of the http exchanges whose body was kept or that had none.

    Raises:
        WarcError: ``warcio`` is not installed.
    """
    writer, file = _writer()
    about = {"software": f"mantis_crawler, {browser}", "format": "WARC File Format 1.1"}
    writer.write_record(writer.create_warcinfo_record("visit.warc.gz", about))
    for one in exchanges:
        if one.status and one.url.startswith(("http:", "https:")) and (one.body is not None or one.redirect):
            answer = _record(writer, one, "response")
            writer.write_request_response_pair(_record(writer, one, "request"), answer)
    return file.getvalue()


def _writer() -> tuple[Any, BytesIO]:
    try:
        from warcio.warcwriter import WARCWriter  # noqa: PLC0415 - an extra that few need
    except ImportError as error:
        raise WarcError("MANTIS_WARC needs the package warcio: python -m pip install warcio") from error
    file = BytesIO()
    return WARCWriter(file, gzip=True, warc_version="WARC/1.1"), file


def _record(writer: Any, one: Exchange, kind: str) -> Any:
    from warcio.statusandheaders import StatusAndHeaders  # noqa: PLC0415 - as above

    moment = datetime.fromtimestamp(one.started, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if kind == "request":
        path = one.url.split("/", 3)[3] if one.url.count("/") > 2 else ""
        line, body = f"{one.method} /{path} HTTP/1.1", one.post or b""
        head = StatusAndHeaders(line, _lines(one.sent), is_http_request=True)
    else:
        body = one.body or b""
        lines = [*_lines(one.got, decoded=True), ("Content-Length", str(len(body)))]
        head = StatusAndHeaders(f"{one.status} {_line(one.reason)}", lines, protocol="HTTP/1.1")
    return writer.create_warc_record(
        _line(one.url),
        kind,
        payload=BytesIO(body),
        http_headers=head,
        warc_headers_dict={"WARC-Date": moment},
    )


def _lines(headers: Mapping[str, str], *, decoded: bool = False) -> list[tuple[str, str]]:
    pairs = [(name, one) for name, value in headers.items() for one in value.split("\n")]
    return [
        (f"X-Archive-Orig-{name}" if decoded and name.lower() in DECODED else _line(name), _line(value))
        for name, value in pairs
        if not name.startswith(":")
    ]


def _line(text: str) -> str:
    return text.replace("\r", " ").replace("\n", " ")
