"""What holds for every harmless family."""

import re
from urllib.parse import urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from mantis_crawler.lab.site import Family, Site
from mantis_crawler.lab.truth import designs
from tests.lab.sites.neighbours import AGENTS, FAMILIES, ask, of_design, text

_LINK = re.compile(
    r"""(?:href|src|action|content)\s*=\s*["']?\s*(?:\d+;\s*url=)?((?:https?:)?//[^"'\s>]+)""", re.IGNORECASE
)
_STYLE_LINK = re.compile(r"""(?:url\(|@import)\s*["']?((?:https?:)?//[^"')\s]+)""", re.IGNORECASE)
_NEVER = (
    *("teen", "lolita", "schoolgirl", "underage", "barely", "jailbait", "incest", "rape", "fuck", "cock"),
    *("pussy", "cumshot", "loli", "ロリ", "女子校生", "少女", "幼女", "萝莉", "школьниц", "малолет"),
)
_LANGUAGES = {"en", "fr", "de", "ja", "ko", "zh", "es", "pt", "it", "tr", "ru", "pl", "id", "vi", "ar"}
every_family = pytest.mark.parametrize("family", FAMILIES, ids=lambda family: str(family.name))


def _sites(seed: int = 1) -> list[Site]:
    return [site for family in FAMILIES for site in family.sites(seed)]


def _bodies(family: Family, seed: int) -> dict[tuple[str, str], str]:
    return {
        (site.host, device): text(site, device=device) for site in family.sites(seed) for device in AGENTS
    }


@every_family
def test_the_same_seed_gives_the_same_pages(family: Family) -> None:
    assert _bodies(family, 5) == _bodies(family, 5)


@every_family
def test_another_seed_gives_the_same_names_and_other_text(family: Family) -> None:
    one, two = _bodies(family, 5), _bodies(family, 6)
    assert one.keys() == two.keys()
    changed = sum(one[key] != two[key] for key in one)
    assert changed > len(one) / 3


def test_there_are_enough_sites_designs_and_languages() -> None:
    sites = _sites()
    assert len(sites) >= 60
    assert len({site.design for site in sites}) >= 45
    assert {site.language for site in sites} >= _LANGUAGES


def test_no_host_is_taken_twice() -> None:
    hosts = [site.host for site in _sites()]
    assert len(hosts) == len(set(hosts))


def test_hosts_are_lower_case_a_labels() -> None:
    for site in _sites():
        assert re.fullmatch(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}", site.host), site.host


def test_some_sites_are_secure_and_some_of_those_badly() -> None:
    sites = _sites()
    assert {site.scheme for site in sites} == {"http", "https"}
    faults = {site.certificate for site in sites if site.scheme == "https"}
    assert faults == {"good", "self_signed", "expired", "wrong_name"}
    assert all(site.certificate == "good" for site in sites if site.scheme == "http")


def test_every_design_is_in_the_ground_truth_as_harmless() -> None:
    table = designs()
    for site in _sites():
        row = table[site.design]
        assert not row.lure
        assert row.benign
        assert row.cloaked == (len(set(row.shown.values())) > 1)


def test_pages_are_small_and_parse() -> None:
    for site in _sites():
        body = text(site)
        assert len(body) < 30_000
        if site.design != "servers-empty" and ask(site).status != 302:
            assert LexborHTMLParser(body).head is not None


def test_pages_declare_the_language_that_the_site_is_said_to_be_in() -> None:
    for site in _sites():
        root = LexborHTMLParser(text(site, device="desktop")).css_first("html")
        declared = root.attributes.get("lang") if root else None
        if declared:
            assert declared.split("-")[0] == site.language or site.design == "servers-ddos", site.host


def test_no_page_leads_out_of_the_lab() -> None:
    known = {site.host for site in _sites()}
    for site in _sites():
        for device in AGENTS:
            body = text(site, device=device)
            for link in (*_LINK.findall(body), *_STYLE_LINK.findall(body)):
                assert urlsplit(link, "http").hostname in known, (site.host, link)
            location = ask(site, device=device).headers.get("Location", f"http://{site.host}/")
            assert urlsplit(location).hostname in known


def test_no_page_has_a_word_that_the_lab_does_not_say() -> None:
    for site in _sites():
        body = text(site).casefold()
        said = [word for word in _NEVER if re.search(rf"(?<![a-z]){re.escape(word)}", body)]
        assert not said, (site.host, said)


def test_pages_have_no_clock_no_chance_and_no_motion() -> None:
    for site in _sites():
        assert not re.search(r"Date\(|Math\.random|@keyframes|animation:|<marquee|setInterval", text(site)), (
            site.host
        )


def test_two_sites_of_one_design_differ() -> None:
    for family, design in (
        (FAMILIES[0], "parking-bodis"),
        (FAMILIES[1], "gambling-slots"),
        (FAMILIES[2], "adult-tube"),
    ):
        one, two = of_design(family, design)
        assert text(one) != text(two)


def test_a_path_that_a_site_does_not_have_is_missing() -> None:
    for site in _sites():
        assert ask(site, "/no/such/page", device="desktop").status == 404


def test_no_page_shows_what_its_template_went_wrong_with() -> None:
    for site in _sites():
        for path in (site.path, "/lander"):
            assert not re.search(r"object at 0x|built-in method|&lt;bound", text(site, path)), site.host
