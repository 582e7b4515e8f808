"""A whole run through exits: each of them a real proxy, one of which dies."""

import json
from base64 import b64encode
from pathlib import Path
from urllib.parse import quote

import pytest

from mantis_crawler.items import CaptureKind, Outcome, Record
from mantis_crawler.lab.world import World
from tests.spiders.runs import Run, crawl, feed_of

pytestmark = pytest.mark.browser

USER, PASSWORD = "customer-4711", "hunter2/ü,@:"
SECRETS = (USER, PASSWORD, quote(PASSWORD, safe=""), b64encode(f"{USER}:{PASSWORD}".encode()).decode())
EXITS = {"fr": ("http", "lab"), "jp": ("socks5", "blind"), "de": ("http", "dies")}
TRIED = {CaptureKind.HAR, CaptureKind.CONSOLE, CaptureKind.MANIFEST}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    world = World(1)
    login = next(site for site in world.sites.values() if site.design == "parcel-card")
    refused = next(host for host, dead in world.dead.items() if str(dead.fate) == "refused")
    folder = tmp_path_factory.mktemp("exits")
    seeds = feed_of(folder / "some.csv", [f"domain,{login.host},landing,pl", f"domain,{refused},,"])
    exits = ",".join(
        f"{code}={scheme}://{USER}:{quote(PASSWORD, safe='')}@127.0.0.1:{{{name}}}"
        for code, (scheme, name) in EXITS.items()
    )
    arguments = (f"seeds={seeds}", "lab=yes", "devices=android", f"exits={exits}")
    return crawl(folder / "outputs", *arguments, beside=("tests.browser.proxies", USER, PASSWORD))


def record_of(run: Run, name: str) -> Record:
    return next(record for record in run.records if record.artifact.host.startswith(name))


def test_the_run_says_from_where_it_goes_out(run: Run) -> None:
    assert run.code == 0, run.said
    assert "as android, on the embedded lab (seed 1), through exits fr, jp, de;" in run.said
    assert run.folder is not None
    assert "through exits fr, jp, de" in (run.folder / "report/index.html").read_text("utf-8")
    manifest = json.loads((run.folder / "manifest.json").read_text("utf-8"))
    assert [text.split("=")[0] for text in manifest["exits"]] == list(EXITS)


def test_each_exit_is_a_phone_at_home_in_its_country(run: Run) -> None:
    for record in run.records:
        seen = [(visit.exit, visit.country, visit.languages[0], visit.time_zone) for visit in record.visits]
        assert seen == [
            ("fr", "fr", "fr-FR", "Europe/Paris"),
            ("jp", "jp", "ja-JP", "Asia/Tokyo"),
            ("de", "de", "de-DE", "Europe/Berlin"),
        ]


def test_a_site_that_shows_one_country_nothing_is_geo_blocking(run: Run) -> None:
    record = record_of(run, "paczka")
    french, japanese, _ = record.visits
    assert french.verdict is not None
    assert (french.outcome, french.verdict.content_class) == (Outcome.LOADED, "login")
    assert french.capture(CaptureKind.SCREENSHOT)
    assert (japanese.outcome, japanese.status) == (Outcome.HTTP_ERROR, 404)
    assert record.cloaking is not None
    assert record.cloaking.kinds == ("geo_blocking",)


def test_a_visit_whose_exit_died_says_so_and_went_no_other_way(run: Run) -> None:
    for record in run.records:
        german = record.visits[2]
        assert german.outcome is Outcome.EXIT_FAILED
        assert german.error.startswith("de=http://127.0.0.1:")
        assert "is it down?" in german.error
        assert [item.result for item in german.connections if item.result == "connected"] == []
        # what was tried is kept, and nothing was shown
        assert {capture.kind for capture in german.captures} <= TRIED


def test_a_dead_site_is_not_laid_to_an_exit_that_works(run: Run) -> None:
    (dead,) = (record for record in run.records if not record.artifact.host.startswith("paczka"))
    assert dead.visits[0].outcome is Outcome.UNREACHABLE


def test_no_file_and_no_word_of_the_run_holds_a_secret(run: Run) -> None:
    assert run.folder is not None
    files = [path for path in run.folder.rglob("*") if path.is_file()]
    assert {path.name for path in files} >= {"ledger.sqlite", "crawl.log", "manifest.json", "records.jsonl"}
    holding = [path.name for path in files for secret in SECRETS if secret.encode() in path.read_bytes()]
    assert holding == []
    assert [secret for secret in SECRETS if secret in run.said] == []


def test_an_exit_that_is_down_ends_the_run_before_it_begins(tmp_path: Path) -> None:
    run = crawl(tmp_path, "lab=yes", f"exits=fr=http://{USER}:x@127.0.0.1:1")
    assert run.code != 0
    assert "fr=http://127.0.0.1:1 refuses connections: is it down?" in run.said
    assert "Traceback" not in run.said
    assert USER not in run.said
    assert run.folder is None
