"""The three files of the domain blocklist, against their golden bytes."""

import random
from pathlib import Path
from typing import Any

import pytest

from mantis_crawler import exports
from mantis_crawler.catalog import discover
from mantis_crawler.exports.base import Export
from mantis_crawler.exports.domains import Domains
from mantis_crawler.exports.evidence import DomainEvidence
from mantis_crawler.exports.excluded import DomainExclusions
from mantis_crawler.exports.guard import valid_domain
from mantis_crawler.items import Hop, HopCause, Outcome, Record
from tests.builders import a_lure, a_record, a_verdict, a_visit, an_enrichment

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
BLOCKLIST = (Domains, DomainEvidence, DomainExclusions)


def a_lure_at(url: str, veto: str = "", **kw: Any) -> Record:
    return a_record(url, enrichments=(an_enrichment(veto=veto),), **kw)


def a_roaming_mantis_lure() -> Record:
    url = "http://xkcdq.duckdns.org/"
    download, login, blank = a_verdict("download", 0.97), a_verdict("login", 0.91), a_verdict("unknown", 0.4)
    visits = (
        a_visit("iphone", url=url, verdict=login),
        a_visit("android", url=url, verdict=download),
        a_visit("desktop", url=url, verdict=blank, outcome=Outcome.BLANK),
    )
    lure = a_lure(score=0.98, reasons=("an APK behind a dialog", '=HYPERLINK("http://evil.top","x")'))
    return a_lure_at(url, visits=visits, verdict=download, lure=lure)


RECORDS = (
    a_roaming_mantis_lure(),
    a_lure_at("https://parcel-fee.top/track?id=2", lure=a_lure(score=0.7, reasons=("=1+1\nA \ud83d",))),
    a_lure_at("https://parcel-fee.top/track?id=1", lure=a_lure(score=0.8)),
    a_lure_at("http://www.colis-frais.co.uk/", verdict=a_verdict("login", 1 / 3)),
    a_lure_at("http://xn--bnk-qla.top/"),
    # Lures that are kept off, each for its reason.
    a_lure_at("http://duckdns.org/"),
    a_lure_at("https://imgur.com/lure", veto="a popular name (warning list tranco10k)"),
    a_lure_at("http://103.80.134.4/", veto="a bare address"),
    a_lure_at("https://bit.ly/3abc", veto="a link shortener (warning list url-shortener)"),
    a_record("http://never-looked-up.top/"),
    # No lures.
    a_lure_at("http://honest-login.top/", lure=a_lure(is_lure=False, score=0.1)),
    a_lure_at("http://parked.top/", lure=None, verdict=a_verdict("parked")),
    a_lure_at("http://dead.top/", lure=None, verdict=None, visits=(), outcome=Outcome.NXDOMAIN),
)


@pytest.mark.parametrize("kind", BLOCKLIST)
def test_the_file_has_its_golden_bytes(kind: type[Export], tmp_path: Path) -> None:
    export = kind()
    assert export.write(RECORDS, tmp_path).read_bytes() == (GOLDEN / export.file_name).read_bytes()


@pytest.mark.parametrize("kind", BLOCKLIST)
def test_the_same_records_give_the_same_bytes_in_any_order_of_any_run(kind: type[Export]) -> None:
    shuffled = [a_record(**_fields(record) | {"run": "run-2", "finished": "2027"}) for record in RECORDS]
    random.Random(1).shuffle(shuffled)
    assert list(kind().lines(shuffled)) == list(kind().lines(RECORDS))


def _fields(record: Record) -> dict[str, Any]:
    return {name: getattr(record, name) for name in Record.__dataclass_fields__}


def test_every_line_but_comments_is_a_domain_to_pi_hole() -> None:
    names = [line for line in Domains().lines(RECORDS) if not line.startswith("#")]
    assert names == ["parcel-fee.top", "www.colis-frais.co.uk", "xkcdq.duckdns.org", "xn--bnk-qla.top"]
    assert all(map(valid_domain, names))


def test_every_listed_name_stands_below_its_evidence_and_every_lure_is_accounted_for() -> None:
    lines = list(Domains().lines(RECORDS))
    ids = {line.split()[2] for line in lines if line.startswith("# evidence ")}
    kept_off = {line.split(",")[1] for line in DomainExclusions().lines(RECORDS)} - {"evidence_id"}
    lures = {record.id for record in RECORDS if record.lure and record.lure.is_lure}
    assert ids | kept_off == lures
    assert not ids & kept_off
    for at, line in enumerate(lines):
        if not line.startswith("#"):
            assert lines[at - 1].startswith("# evidence ")


def test_neither_the_host_that_redirects_nor_the_hop_is_listed() -> None:
    hops = (
        Hop(url="http://a.top/", cause=HopCause.START, status=302),
        Hop(url="http://next.top/", cause=HopCause.HTTP, status=200),
    )
    visit = a_visit(url="http://a.top/", final_url="http://next.top/", hops=hops, verdict=a_verdict())
    lines = list(Domains().lines([a_lure_at("http://a.top/", visits=(visit,))]))
    assert "a.top" not in lines
    assert not any("next.top" in line for line in lines)


def test_no_lures_give_a_list_of_comments_only() -> None:
    assert all(line.startswith("#") for line in Domains().lines([]))
    assert len(list(DomainEvidence().lines([]))) == 1
    assert len(list(DomainExclusions().lines([]))) == 1


def test_the_shelf_holds_each_format_under_its_name() -> None:
    shelf = discover(exports, Export)  # type: ignore[type-abstract]
    assert {"records", "domains", "domains_evidence", "domains_excluded"} <= set(shelf)
    assert len({export.file_name for export in shelf.values()}) == len(shelf)
