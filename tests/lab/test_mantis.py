"""The Roaming Mantis world, as each phone sees it."""

import io
import re
import zipfile
from hashlib import sha256
from typing import Any

import pytest

from mantis_crawler.lab import Lab
from mantis_crawler.lab.sites import mantis
from mantis_crawler.lab.sites.mantis import Campaign
from tests.lab.visits import ask, host_of, run, unhidden


@pytest.mark.parametrize(
    ("design", "language", "campaign"),
    [
        ("mantis-fr-alert", "fr", mantis.FRENCH),
        ("mantis-ja-alert", "ja", mantis.JAPANESE),
        ("mantis-de-alert", "de", mantis.GERMAN),
        ("mantis-ko-alert", "ko", mantis.KOREAN),
    ],
)
def test_an_android_phone_is_told_to_update_and_sent_to_an_app(
    design: str, language: str, campaign: Campaign
) -> None:
    async def question(lab: Lab) -> Any:
        return await ask(lab, host_of(lab, design), language=f"{language}-XX,{language};q=0.9")

    script = unhidden(run(question).text)
    assert campaign.update in script
    assert re.search(r'location\.replace\("/[a-z]{10}\.apk"\)', script)


def test_the_landing_page_says_nothing_in_clear() -> None:
    async def question(lab: Lab) -> Any:
        return await ask(lab, host_of(lab, "mantis-fr-alert"))

    text = run(question).text
    assert "eval(String.fromCharCode(" in text
    assert "Chrome" not in text
    assert ".apk" not in text


def test_the_app_is_an_archive_whose_hash_changes_with_every_request() -> None:
    async def question(lab: Lab) -> Any:
        host = host_of(lab, "mantis-fr-alert")
        script = unhidden((await ask(lab, host)).text)
        path = re.findall(r"/[a-z]{10}\.apk", script)[0]
        return [await ask(lab, host, path) for _ in range(3)]

    apps = run(question)
    assert len({sha256(app.body).hexdigest() for app in apps}) == 3
    for app in apps:
        assert app.headers["Content-Type"] == "application/vnd.android.package-archive"
        with zipfile.ZipFile(io.BytesIO(app.body)) as archive:
            assert archive.testzip() is None
            assert {"AndroidManifest.xml", "classes.dex"} <= set(archive.namelist())


def test_an_iphone_is_warned_and_shown_an_account_page() -> None:
    async def question(lab: Lab) -> Any:
        return await ask(lab, host_of(lab, "mantis-ja-alert"), device="iphone", language="ja")

    text = run(question).text
    assert mantis.JAPANESE.warning in unhidden(text)
    assert 'type="password"' in text


def test_an_iphone_may_be_sent_to_a_second_path() -> None:
    async def question(lab: Lab) -> Any:
        host = host_of(lab, "mantis-fr-decoy")
        landing = await ask(lab, host, device="iphone")
        return unhidden(landing.text), await ask(lab, host, mantis.SIGN_IN, device="iphone")

    script, form = run(question)
    assert f'location.replace("{mantis.SIGN_IN}")' in script
    assert 'type="password"' in form.text


def test_the_account_page_leads_nowhere() -> None:
    async def question(lab: Lab) -> Any:
        return await ask(lab, host_of(lab, "mantis-fr-alert"), "/account/session", device="iphone")

    assert run(question).status == 404


def test_a_desktop_sees_an_empty_page_or_an_honest_site() -> None:
    async def question(lab: Lab) -> Any:
        blank = await ask(lab, host_of(lab, "mantis-fr-alert"), device="desktop")
        decoyed = await ask(lab, host_of(lab, "mantis-fr-decoy"), device="desktop")
        decoy = decoyed.headers["Location"].removeprefix("http://").rstrip("/")
        return blank, decoyed, await ask(lab, decoy, device="desktop")

    blank, decoyed, decoy = run(question)
    assert re.sub(r"<[^>]*>", "", blank.text).strip() == ""
    assert decoyed.status == 302
    assert "Courrier du Vallon" in decoy.text


@pytest.mark.parametrize("language", ["en-US,en;q=0.9", "ja", ""])
@pytest.mark.parametrize("device", ["android", "iphone", "desktop"])
def test_a_visitor_of_another_language_is_told_that_there_is_nothing(language: str, device: str) -> None:
    async def question(lab: Lab) -> Any:
        return await ask(lab, host_of(lab, "mantis-fr-alert"), device=device, language=language)

    seen = run(question)
    assert seen.status == 404
    assert "nginx" in seen.text


def test_several_landing_hosts_share_an_address() -> None:
    async def question(lab: Lab) -> Any:
        hosts = [site.host for site in lab.world.families["mantis"] if site.pool == "mantis"]
        return hosts, {lab.world.name(host).address for host in hosts if "." in host and host[0].isalpha()}

    hosts, places = run(question)
    assert len(hosts) >= 12
    assert len(places) <= 4


def test_addresses_serve_the_lure_without_a_name() -> None:
    async def question(lab: Lab) -> Any:
        payload = host_of(lab, "mantis-payload-address")
        phishing = host_of(lab, "mantis-phishing-address")
        return await ask(lab, payload), await ask(lab, phishing, device="iphone", language="ja")

    app, form = run(question)
    assert mantis.FRENCH.update in unhidden(app.text)
    assert 'type="password"' in form.text


def test_any_name_of_the_campaigns_shape_is_alive_and_speaks_to_english_visitors() -> None:
    async def question(lab: Lab) -> Any:
        english = await ask(lab, "abcde.fghij.com", language="en-US")
        korean = await ask(lab, "abcde.fghij.com", language="ko-KR")
        return english, korean, await ask(lab, "klmno.com", language="")

    english, korean, apex = run(question)
    assert mantis.FRENCH.update in unhidden(english.text)
    assert korean.status == 404
    assert mantis.FRENCH.update in unhidden(apex.text)
