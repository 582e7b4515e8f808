from io import BytesIO
from zipfile import ZipFile

import pytest
from selectolax.lexbor import LexborHTMLParser

from mantis_crawler.lab.sites.companies import Companies
from tests.lab.sites.neighbours import ask, of_design, text

COMPANIES = Companies()


@pytest.mark.parametrize(
    ("design", "name", "part_of_host"),
    [
        ("companies-sso", "Norvale Group", "norvale-group"),
        ("companies-webmail", "Caves Brissaud", "caves-brissaud"),
        ("companies-portal-ja", "朝霧製作所", "asagiri-seisakusho"),
        ("companies-bank", "Sparhaus Lindental", "sparhaus-lindental"),
    ],
)
def test_an_honest_login_bears_the_name_of_its_own_host(design: str, name: str, part_of_host: str) -> None:
    (site,) = of_design(COMPANIES, design)
    page = LexborHTMLParser(text(site))
    assert len(page.css("input[type=password]")) == 1
    assert name in page.css("title")[0].text()
    assert part_of_host in site.host
    assert site.scheme == "https"
    assert site.certificate == "good"


def test_a_login_box_in_the_header_is_not_the_page() -> None:
    for site in of_design(COMPANIES, "companies-works"):
        page = LexborHTMLParser(text(site))
        assert len(page.css("form.login input[type=password]")) == 1
        assert len(page.css("nav a")) == 5


@pytest.mark.parametrize(
    ("design", "magic"), [("companies-app", b"PK\x03\x04"), ("companies-setup-ru", b"MZ")]
)
def test_a_file_comes_only_when_its_button_is_pressed(design: str, magic: bytes) -> None:
    (site,) = of_design(COMPANIES, design)
    page = LexborHTMLParser(text(site))
    links = [node.attributes["href"] or "" for node in page.css("a[href$='.apk'], a[href$='.exe']")]
    assert len(links) == 1
    assert not page.css("script, iframe, meta[http-equiv=refresh]")
    file = ask(site, links[0])
    assert file.body.startswith(magic)
    assert file.headers["Content-Disposition"].startswith("attachment")


def test_the_app_is_an_archive_with_a_manifest() -> None:
    (site,) = of_design(COMPANIES, "companies-app")
    with ZipFile(BytesIO(ask(site, "/files/wallboard.apk").body)) as archive:
        assert "AndroidManifest.xml" in archive.namelist()


def test_phones_are_sent_to_a_host_of_their_own_that_shows_the_same() -> None:
    for design in ("companies-trattoria", "companies-cargo-id"):
        desks, phones = of_design(COMPANIES, design)
        for device in ("android", "iphone"):
            assert ask(desks, device=device).headers["Location"] == f"http://{phones.host}/"
        assert ask(desks, device="desktop").body == ask(phones, device="android").body


def test_a_maker_shows_phones_a_page_of_their_own_without_a_hop() -> None:
    (site,) = of_design(COMPANIES, "companies-maker-zh")
    phone, desk = text(site, device="android"), text(site, device="desktop")
    assert phone != desk
    assert phone == text(site, device="iphone")
    assert "轴承" in phone
    assert "轴承" in desk


def test_a_recovery_page_asks_for_no_password() -> None:
    (site,) = of_design(COMPANIES, "companies-recovery-pt")
    page = LexborHTMLParser(text(site))
    assert page.css_first("input[type=email]")
    assert not page.css("input[type=password]")


def test_companies_speak_ten_languages() -> None:
    assert len({site.language for site in COMPANIES.sites(1)}) >= 10
