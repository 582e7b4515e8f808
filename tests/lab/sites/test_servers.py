import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from mantis_crawler.lab.sites.servers import HOPS, Servers
from tests.lab.sites.neighbours import ask, of_design, text

SERVERS = Servers()


@pytest.mark.parametrize(
    ("design", "status"),
    [
        ("servers-forbidden", 403),
        ("servers-missing-fr", 404),
        ("servers-internal", 500),
        ("servers-unavailable", 503),
        ("servers-challenge", 403),
        ("servers-nginx", 200),
        ("servers-listing", 200),
    ],
)
def test_a_server_answers_with_the_status_of_its_page(design: str, status: int) -> None:
    for site in of_design(SERVERS, design):
        assert ask(site).status == status


@pytest.mark.parametrize(
    "design", ["servers-nginx", "servers-apache", "servers-iis", "servers-plesk", "servers-cpanel"]
)
def test_a_default_page_names_the_software_that_ships_it(design: str) -> None:
    software = design.removeprefix("servers-").replace("iis", "Internet Information Services")
    for site in of_design(SERVERS, design):
        assert software.casefold() in text(site).casefold()


def test_a_blank_page_shows_nothing() -> None:
    for design in ("servers-empty", "servers-white"):
        (site,) = of_design(SERVERS, design)
        reply = ask(site)
        assert reply.status == 200
        body = LexborHTMLParser(reply.body.decode()).body
        assert not body or not body.text().strip()


def test_the_slow_page_waits_two_seconds() -> None:
    (site,) = of_design(SERVERS, "servers-slow")
    assert ask(site).delay == 2.0


def test_the_endless_page_shows_its_text_before_it_hangs() -> None:
    (site,) = of_design(SERVERS, "servers-endless")
    reply = ask(site)
    assert reply.endless
    assert b"tide log" in reply.body
    assert b"</html>" not in reply.body


def test_the_page_with_an_endless_picture_ends_itself() -> None:
    (site,) = of_design(SERVERS, "servers-endless-image")
    assert not ask(site).endless
    source = LexborHTMLParser(text(site)).css("img")[0].attributes["src"]
    picture = ask(site, source or "")
    assert picture.endless
    assert picture.type == "image/png"


def test_scripts_move_the_visitor_ten_times_and_no_more() -> None:
    (site,) = of_design(SERVERS, "servers-hops-end")
    path, hops = site.path, 0
    while found := re.search(r'location\.replace\("([^"]+)"\)', text(site, path)):
        path, hops = found[1], hops + 1
        assert hops <= HOPS
    assert hops == HOPS
    assert "no longer active" in text(site, path)


def test_a_challenge_names_the_host_and_lets_nobody_in() -> None:
    for design in ("servers-challenge", "servers-ddos"):
        (site,) = of_design(SERVERS, design)
        page = LexborHTMLParser(text(site))
        assert site.host in page.css("body")[0].text()
        assert not page.css("a, form, script")
