"""Exits as they are written, and what is never told of them."""

from pathlib import Path

import pytest

from mantis_crawler.browser.exits import Exit, ExitsError, read_exits, through


def test_exits_are_read_from_one_argument() -> None:
    french, japanese = read_exits("fr=http://ann:s3%40cret@proxy.example:3128, JP=socks5://192.0.2.7:1080")
    assert french == Exit(
        country="fr", scheme="http", host="proxy.example", port=3128, user="ann", password="s3@cret"
    )
    assert japanese == Exit(country="jp", scheme="socks5", host="192.0.2.7", port=1080)


def test_exits_are_read_from_a_file_without_its_comments(tmp_path: Path) -> None:
    path = tmp_path / "exits.txt"
    path.write_text("# ours\nfr=http://a:b@one.example:80\n\njp=socks5://[2001:db8::1]:1080\n")
    assert [str(one) for one in read_exits(f"@{path}")] == [
        "fr=http://one.example:80",
        "jp=socks5://[2001:db8::1]:1080",
    ]


def test_neither_text_nor_repr_of_an_exit_shows_who_may_use_it() -> None:
    (one,) = read_exits("fr=http://customer-77:hunter2@proxy.example:3128")
    assert str(one) == "fr=http://proxy.example:3128"
    for text in (str(one), repr(one), f"{one}"):
        assert "hunter2" not in text
        assert "customer-77" not in text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("zz=http://u:hunter2@h:1", r"exit 1: no country 'zz': known are"),
        ("http://u:hunter2@h:1", "exit 1 does not begin with a country"),
        ("france=http://u:hunter2@h:1", "exit 1 does not begin with a country"),
        ("fr=http://a:1,fr=socks5://u:hunter2@h:2", "exit 2: a second exit in fr"),
        ("fr=http://a:1, FR=http://u:hunter2@h:2", "exit 2: a second exit in fr"),
        ("fr=ftp://u:hunter2@h:1", r"exit 1 \(fr\) is neither http:// \(CONNECT\) nor socks5://"),
        ("fr=socks4://u:hunter2@h:1", "is neither"),
        ("fr=u:hunter2@h:1", "is neither"),
        ("fr=http://u:hunter2@h", r"exit 1 \(fr\) names no port"),
        ("fr=http://u:hunter2@h:0", "names no port"),
        ("fr=http://u:hunter2@h:99999", "is malformed"),
        ("fr=http://u:hunter2@h:one", "is malformed"),
        ("fr=http://u:hunter2@:80", "is malformed"),
        ("fr=http://u:hunter2@[::1:80", "is malformed"),
        ("fr=http://u:hunter2@h:80/path", "is malformed"),
        ("fr=http://u:hun/ter2hunter2@h:80", "is malformed"),
        ("fr=http://u:x,hunter2@h:80", r"exit 1 \(fr\) is malformed|exit 2 does not begin"),
        ("fr=http://u%3Av:hunter2@h:80", "a user name has no colon"),
        (f"fr=socks5://u:hunter2{'x' * 250}@h:80", "over 255 bytes"),
        (",", "no exit is given"),
        ("@nowhere/exits.txt", r"'nowhere/exits\.txt' cannot be read: No such file"),
    ],
)
def test_exits_that_are_not_right_are_refused_with_a_reason_and_no_secret(text: str, says: str) -> None:
    with pytest.raises(ExitsError, match=says) as refused:
        read_exits(text)
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(
    ("host", "near"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("[::1]", True),
        ("192.0.2.1", False),
        ("proxy.example", False),
    ],
)
def test_an_exit_knows_whether_it_is_on_this_machine(host: str, near: bool) -> None:  # noqa: FBT001 - a table
    (one,) = read_exits(f"fr=http://{host}:3128")
    assert one.on_loopback is near


def test_from_where_visits_go_out_is_said_in_words() -> None:
    assert through(("fr", "jp")) == "through exits fr, jp"
    assert through(("fr",)) == "through exit fr"
    assert through(()) == "from this machine's own address"
