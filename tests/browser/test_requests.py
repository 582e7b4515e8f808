import pytest

from mantis_crawler.browser.requests import BadRequestError, RequestHead


def head(text: str) -> RequestHead:
    return RequestHead.parse(text.replace("\n", "\r\n").encode() + b"\r\n\r\n")


def test_a_site_sees_the_request_as_if_there_were_no_proxy() -> None:
    asked = head(
        "GET http://a.example/x?y=1 HTTP/1.1\nHost: a.example\nProxy-Connection: keep-alive\nAccept: */*"
    )
    assert asked.forwarded() == (
        b"GET /x?y=1 HTTP/1.1\r\nHost: a.example\r\nConnection: keep-alive\r\nAccept: */*\r\n\r\n"
    )


def test_a_password_for_the_proxy_stays_with_the_proxy() -> None:
    asked = head("GET http://a.example/ HTTP/1.1\nHost: a.example\nProxy-Authorization: Basic eDp5")
    assert b"eDp5" not in asked.forwarded()


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("GET http://a.example/ HTTP/1.1", ("a.example", 80)),
        ("GET http://A.example:8080 HTTP/1.1", ("a.example", 8080)),
        ("GET http://[::1]:81/x HTTP/1.1", ("::1", 81)),
        ("GET http://user:pw@a.example/ HTTP/1.1", ("a.example", 80)),
        ("CONNECT a.example:443 HTTP/1.1", ("a.example", 443)),
        ("CONNECT [2001:db8::1]:8443 HTTP/1.1", ("2001:db8::1", 8443)),
    ],
)
def test_where_a_request_goes(line: str, place: tuple[str, int]) -> None:
    asked = head(line)
    assert (asked.host, asked.port) == place


def test_a_path_is_never_empty() -> None:
    assert head("GET http://a.example HTTP/1.1").target == "/"
    assert head("GET http://a.example?q HTTP/1.1").target == "/?q"


@pytest.mark.parametrize(
    "line",
    [
        "",
        "GET",
        "GET / HTTP/1.1",
        "GET ftp://a/ HTTP/1.1",
        "CONNECT :443 HTTP/1.1",
        "GET http://a:b/ HTTP/1.1",
    ],
)
def test_what_is_no_request_of_a_proxy_is_refused(line: str) -> None:
    with pytest.raises(BadRequestError):
        head(line)


def test_the_length_of_a_body_is_read() -> None:
    assert head("POST http://a.example/ HTTP/1.1\nContent-Length: 12").body_size == 12
    assert head("POST http://a.example/ HTTP/1.1\nContent-Length: -1").body_size == 0


def test_a_web_socket_is_an_upgrade() -> None:
    assert head("GET http://a.example/ HTTP/1.1\nUpgrade: websocket").upgrade
