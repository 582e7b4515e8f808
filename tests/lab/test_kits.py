"""The other smishing kits."""

from typing import Any

import pytest

from mantis_crawler.lab import Lab
from mantis_crawler.lab.site import Site
from mantis_crawler.lab.world import World
from tests.lab.visits import ask, host_of, run

KITS = [
    site for family in ("parcel", "account", "store", "trick") for site in World(1).families[family]
]  # fmt: skip


@pytest.mark.parametrize("site", KITS, ids=lambda site: site.design)
def test_a_kit_answers_an_android_phone_where_its_victims_are_sent(site: Site) -> None:
    async def question(lab: Lab) -> Any:
        return await ask(lab, site.host, site.path, language=site.language)

    assert run(question).status in {200, 302}


@pytest.mark.parametrize("site", KITS, ids=lambda site: site.design)
def test_what_a_kit_asks_for_is_received_by_nobody(site: Site) -> None:
    async def question(lab: Lab) -> Any:
        return await ask(lab, site.host, "/submit", language=site.language)

    assert run(question).status == 404


def test_a_parcel_kit_has_three_steps() -> None:
    async def question(lab: Lab) -> Any:
        host = host_of(lab, "parcel-steps")
        return [(await ask(lab, host, path, language="it")).text for path in ("/", "/carta", "/codice")]

    address, card, code = run(question)
    assert 'autocomplete="street-address"' in address
    assert 'autocomplete="cc-number"' in card
    assert 'autocomplete="one-time-code"' in code


def test_a_link_that_works_once_works_once_on_each_phone() -> None:
    async def question(lab: Lab) -> Any:
        host, path = host_of(lab, "trick-once"), "/s/8Kq2vX?t=7f3a"
        devices = ("android", "android", "iphone", "iphone")
        return [(await ask(lab, host, path, device)).status for device in devices]

    assert run(question) == [200, 410, 200, 410]


def test_a_chain_goes_by_http_then_refresh_then_script_to_the_form() -> None:
    async def question(lab: Lab) -> Any:
        host = host_of(lab, "trick-chain")
        return [await ask(lab, host, path) for path in ("/", "/go", "/next", "/espace")]

    start, refresh, script, form = run(question)
    assert start.headers["Location"] == "/go"
    assert 'http-equiv="refresh" content="0;url=/next"' in refresh.text
    assert 'location.href = "/espace"' in script.text
    assert 'type="password"' in form.text


def test_an_iphone_gets_a_profile_where_an_android_phone_gets_an_app() -> None:
    async def question(lab: Lab) -> Any:
        host = host_of(lab, "store-profile")
        return [await ask(lab, host, "/setup", device, "ja") for device in ("iphone", "android", "desktop")]

    profile, app, nothing = run(question)
    assert profile.headers["Content-Type"] == "application/x-apple-aspen-config"
    assert profile.body.startswith(b"<?xml")
    assert app.body.startswith(b"PK\x03\x04")
    assert nothing.status == 404
