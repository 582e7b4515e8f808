import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from mantis_crawler.devices.android import ANDROID
from mantis_crawler.devices.desktop import DESKTOP
from mantis_crawler.devices.iphone import IPHONE
from mantis_crawler.items import (
    Capture,
    CaptureKind,
    Certificate,
    Cloaking,
    Dialog,
    Download,
    Evidence,
    Hold,
    Hop,
    HopCause,
    Outcome,
    Record,
    Skip,
    SkipReason,
    Step,
    Tap,
    Verdict,
    View,
)
from mantis_crawler.report import RunFacts, write_report
from mantis_crawler.store import CaptureStore
from tests.builders import (
    a_lure,
    a_record,
    a_resolution,
    a_verdict,
    a_visit,
    an_artifact,
    an_enrichment,
    an_indicator,
)
from tests.report.pictures import a_screenshot, png, variance

DEVICES = ("android", "iphone", "desktop")
HONEST = a_lure(is_lure=False, score=0.1)


class Report(Protocol):
    """Writes a report of records and parses it."""

    def __call__(
        self, *records: Record, facts: RunFacts | None = None, **limits: int
    ) -> LexborHTMLParser: ...


@pytest.fixture
def store(tmp_path: Path) -> CaptureStore:
    return CaptureStore(tmp_path)


@pytest.fixture
def report(tmp_path: Path, store: CaptureStore) -> Report:
    def write(*records: Record, facts: RunFacts | None = None, **limits: int) -> LexborHTMLParser:
        page = write_report(records, tmp_path, store=store, facts=facts or RunFacts(run="run-1"), **limits)
        assert page == tmp_path / "report" / "index.html"
        return LexborHTMLParser(page.read_text("utf-8"))

    return write


def page_of(host: str, content_class: str, captures: tuple[Capture, ...] = (), **kw: Any) -> Record:
    url = f"http://{host}/"
    verdict = a_verdict(content_class)
    visits = [a_visit(name, url=url, verdict=verdict, captures=captures) for name in DEVICES]
    return a_record(url, **({"visits": visits, "verdict": verdict, "lure": HONEST} | kw))


def dead(host: str, outcome: Outcome = Outcome.NXDOMAIN) -> Record:
    url = f"http://{host}/"
    resolution = a_resolution(host, outcome=outcome, detail="no such name")
    return a_record(url, visits=(), verdict=None, lure=None, outcome=outcome, resolution=resolution)


def held(host: str, hold: Hold = Hold.C2) -> Record:
    artifact = an_artifact(f"http://{host}/", hold=hold)
    return a_record(artifact=artifact, visits=(), verdict=None, lure=None, outcome=None, resolution=None)


def first(page: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    node = page.css_first(selector)
    assert node is not None, selector
    return node


def texts(page: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in page.css(selector)]


def test_a_run_without_records_still_has_a_report(report: Report) -> None:
    page = report()
    assert "nothing to report" in first(page, ".lead").text()
    assert not page.css("[data-record]")


def test_every_record_stands_in_exactly_one_section(report: Report) -> None:
    records = [
        a_record("http://lure.example/"),
        page_of("shop.example", "shop"),
        page_of("news.example", "news"),
        page_of("nothing.example", "unknown", verdict=None),
        dead("dead.example"),
        dead("broken.example", Outcome.TLS_BROKEN),
        held("c2.example"),
        a_record("http://failed.example/", visits=(), verdict=None, lure=None, outcome=None, error="died"),
        a_record(
            "http://refused.example/",
            visits=[a_visit(outcome=Outcome.REFUSED)],
            verdict=None,
            lure=HONEST,
            outcome=Outcome.REFUSED,
        ),
    ]
    page = report(*records)
    shown = Counter(node.attributes["data-record"] for node in page.css("[data-record]"))
    assert shown == Counter(record.id for record in records)
    assert len(page.css("#lures [data-record]")) == 1
    assert len(page.css("#pages [data-record]")) == 3
    assert len(page.css("#unseen [data-record]")) == 4
    assert len(page.css("#held [data-record]")) == 1
    assert len({node.attributes["id"] for node in page.css("[id]")}) == len(page.css("[id]"))


def test_anchors_lead_somewhere(report: Report) -> None:
    page = report(a_record(), page_of("news.example", "news"))
    names = {node.attributes["id"] for node in page.css("[id]")}
    anchors = {node.attributes["href"] for node in page.css('a[href^="#"]')}
    assert anchors <= {f"#{name}" for name in names}
    assert "#lures" in anchors


def test_both_phones_stand_side_by_side_and_the_control_last(report: Report) -> None:
    visits = [a_visit(name) for name in ("desktop", "iphone", "android")]
    page = report(a_record(visits=visits), facts=RunFacts(devices=(ANDROID, DESKTOP, IPHONE)))
    assert texts(page, ".look h4") == [ANDROID.label, IPHONE.label, DESKTOP.label]
    assert [bool(look.css(".window")) for look in page.css(".look")] == [False, False, True]


def test_the_dialog_is_drawn_over_the_blank_screenshot(report: Report, store: CaptureStore) -> None:
    text = "セキュリティ向上のため、最新バージョンのChromeにアップデートしてください。"
    visit = a_visit(
        outcome=Outcome.DOWNLOAD,
        captures=a_screenshot(store, png(plain=True)),
        dialogs=(Dialog(kind="alert", text=text, order=0, url="http://xpddg.example/"),),
        downloads=(
            Download(
                url="http://xpddg.example/a.apk",
                name="chrome.apk",
                sha256="ab" * 32,
                size=3_100_000,
                type="apk",
            ),
        ),
        verdict=a_verdict("download"),
    )
    page = report(a_record(visits=[visit]))
    screen = first(page, ".phone .screen")
    assert first(screen, ".dialog-text").text() == text
    assert first(screen, ".dialog-host").text() == "xpddg[.]example says"
    assert "chrome.apk" in first(screen, ".file").text()
    assert "the dialog is what the victim sees" in first(page, ".under").text()
    assert "ab" * 32 in first(page, ".downloads").text()


def test_a_lure_behind_a_tap_stands_in_the_list_as_what_it_is(report: Report) -> None:
    tap = Tap(label="Go on", tag="a", x=1, y=1, view=View(url="http://a.top/in"), verdict=a_verdict("login"))
    visits = tuple(a_visit(name, verdict=a_verdict("unknown"), tap=tap) for name in ("android", "iphone"))
    record = a_record(visits=visits, verdict=a_verdict("login"), lure=a_lure())
    html = report(record)
    said = [" ".join(node.text(separator=" ").split()) for node in html.css("table.index .saw")]
    assert said == ["android login after a tap", "iphone login after a tap"]


def test_the_looks_of_one_exit_stand_side_by_side_and_name_it(report: Report) -> None:
    visits = [
        a_visit(name, verdict=a_verdict(), exit=code, time_zone="a zone")
        for name in reversed(DEVICES)
        for code in ("fr", "jp")
    ]
    facts = RunFacts(run="run-1", devices=(ANDROID, IPHONE, DESKTOP), exit="through exits fr, jp")
    page = report(a_record(visits=visits), facts=facts)
    labels = [device.label for device in facts.devices]
    assert texts(page, ".look > h4") == [f"{label} ({code})" for code in ("fr", "jp") for label in labels]
    assert "through exits fr, jp" in first(page, ".meta").text()
    assert "exit jp" in texts(page, ".worn")[-1]


def test_a_lure_card_tells_all_that_is_known(report: Report) -> None:
    artifact = an_artifact(
        "http://lure.example/x",
        indicator=an_indicator("lure.example", raw="lure[.]example", feed="sms.csv", line=7),
        expansion=(Step(pivot="reverse_ip", value="93.184.215.14"),),
    )
    visit = a_visit(
        title="Sign in",
        verdict=a_verdict("login", 0.93),
        hops=(
            Hop(url="http://lure.example/x", cause=HopCause.START, status=302),
            Hop(url="https://b.example/y", cause=HopCause.HTTP, status=200),
        ),
    )
    page = report(
        a_record(
            artifact=artifact,
            visits=[visit],
            cloaking=Cloaking(kinds=("user_agent_filtering",), reasons=("the phones disagree",)),
            lure=a_lure(score=0.91, reasons=("asks for an account",)),
            enrichments=(
                an_enrichment("geo", country="FR", networks=["AS64500 Made Net"]),
                an_enrichment("warninglists", popular=False, shared=True, bank=False),
                replace(an_enrichment("rdap"), error="no quota"),
            ),
        )
    )
    card = " ".join(first(page, ".card").text().split())
    for told in (
        "lure 0.91",
        "cloaked",
        "the phones disagree",
        "asks for an account",
        "Sign in",
        "http 200 hxxps://b[.]example/y",
        "0.93",
        "a made reason",
        "countryFR",
        "AS64500 Made Net",
        "sharedyes",
        "none of thesepopular, bank",
        "no quota",
        "93[.]184[.]215[.]14 reverse ip → lure[.]example",
        "sms.csv, line 7",
        "lure[.]example",
        artifact.id,
    ):
        assert told in card, told


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "</style><script>x</script>",
    "{{ 7*7 }}{% raw %}",
    "a\u202egpj.apk\u2066\x00\x1b[31m\r\n",
    "http://evil.example/?next=https://worse.example/",
    "x" * 100_000,
    "&lt;b&gt;",
    "]]><!-- -->",
    "a\ud800b",
)


def named(text: str) -> str:
    """Return what an artifact may be called: its name is hashed, half a character cannot be."""
    return text.encode("utf-8", "replace").decode()


def hostile_record(text: str, store: CaptureStore, *, lure: bool) -> Record:
    verdict = Verdict(
        content_class=text,
        confidence=0.9,
        evidence=(Evidence(content_class=text, weight=0.9, reason=text),),
        others=((text, 0.2),),
    )
    visit = a_visit(
        text,
        url=text,
        final_url=text,
        title=text,
        profile=text,
        browser=text,
        error=text,
        notes=(text,),
        popups=(text,),
        languages=(text,),
        verdict=verdict,
        captures=a_screenshot(store),
        hops=(Hop(url=text, cause=HopCause.SCRIPT, status=200),),
        dialogs=(Dialog(kind=text, text=text, order=0, url=text),),
        downloads=(Download(url=text, name=text, sha256=None, size=1, type=text, error=text),),
        certificate=Certificate(
            subject=text, issuer=text, valid_from="", valid_to="", names=(), faults=("expired",)
        ),
    )
    indicator = an_indicator(text, raw=text, feed=text, context={text: text})
    steps = (Step(pivot=text, value=text),)
    artifact = an_artifact(named(text), host=text, indicator=indicator, expansion=steps)
    return a_record(
        artifact=artifact,
        id=f"{'lure' if lure else 'page'}{HOSTILE.index(text)}",
        visits=[visit],
        verdict=verdict,
        lure=a_lure(is_lure=lure, reasons=(text,)),
        resolution=a_resolution(text, text, detail=text, aliases=(text,)),
        cloaking=Cloaking(kinds=(text,), reasons=(text,)),
        enrichments=(an_enrichment(text, **{text: text, "deep": {text: [text, {text: text}]}}),),
        error=text,
    )


@pytest.fixture
def hostile(report: Report, store: CaptureStore) -> LexborHTMLParser:
    records = [hostile_record(text, store, lure=lure) for text in HOSTILE for lure in (True, False)]
    records += [
        a_record(
            artifact=an_artifact(
                named(text), host=text, indicator=an_indicator(text, raw=text, feed=text), hold=hold
            ),
            id=f"{'held' if hold else 'dead'}{number}",
            visits=(),
            verdict=None,
            lure=None,
            resolution=a_resolution(text, outcome=Outcome.NXDOMAIN, detail=text),
            outcome=Outcome.NXDOMAIN,
        )
        for number, text in enumerate(HOSTILE)
        for hold in (None, Hold.DEAD_DROP)
    ]
    text = " ".join(HOSTILE[:8])
    facts = RunFacts(
        run=text,
        title=text,
        started=text,
        finish_reason=text,
        exit=text,
        feeds=(text,),
        browser=text,
        notes=(text,),
        skips={text: 3},
        skipped=tuple(
            Skip(feed=text, line=1, raw=text, reason=SkipReason.PATTERN, detail=text) for _ in "ab"
        ),
    )
    return report(*records, facts=facts)


def test_hostile_text_makes_no_element_of_its_own(hostile: LexborHTMLParser) -> None:
    ours = {
        "html", "head", "meta", "title", "style", "body", "div", "nav", "ol", "ul", "li", "a", "b", "i", "p",
        "main", "header", "h1", "h2", "h3", "h4", "h5", "dl", "dt", "dd", "aside", "section", "figure",
        "figcaption", "table", "thead", "tbody", "tr", "th", "td", "article", "span", "img", "bdi",
        "q", "footer", "details", "summary",
    }  # fmt: skip
    assert {node.tag for node in hostile.css("*")} <= ours
    assert len(hostile.css("style")) == 1


def test_hostile_text_makes_no_attribute_of_its_own(hostile: LexborHTMLParser) -> None:
    ours = {
        "lang", "charset", "http-equiv", "content", "name", "class", "id", "href", "style", "aria-label",
        "role", "title", "src", "width", "height", "alt", "loading", "decoding", "data-record",
    }  # fmt: skip
    assert {name for node in hostile.css("*") for name in node.attributes} <= ours
    styles = {node.attributes["style"] for node in hostile.css("[style]")}
    allowed = re.compile(r"(?:width:\d+%;|flex-grow:\d+;)?--c:#[0-9a-f]{3,6}")
    assert [style for style in styles if not allowed.fullmatch(style or "")] == []


def test_links_and_pictures_stay_inside_the_run(hostile: LexborHTMLParser) -> None:
    allowed = re.compile(
        r"#[\w-]+|thumbnails/[0-9a-f]{64}\.jpg|\.\./captures/[0-9a-f]{2}/[0-9a-f]{64}\.[a-z.]+"
    )
    ways = [
        way
        for node in hostile.css("[href], [src]")
        for way in (node.attributes.get("href"), node.attributes.get("src"))
        if way is not None
    ]
    assert ways
    assert [way for way in ways if not allowed.fullmatch(way)] == []


def test_nothing_hidden_or_live_is_left_in_the_page(hostile: LexborHTMLParser) -> None:
    whole = hostile.html or ""
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", whole)
    assert re.findall(r".{0,60}https?://.{0,30}", whole) == []
    assert "evil.example" not in whole
    assert "49" not in texts(hostile, "h1")[0]
    assert "x" * 5000 not in whole


def test_the_page_forbids_scripts_and_everything_from_outside(report: Report) -> None:
    page = report(a_record())
    policy = first(page, 'meta[http-equiv="Content-Security-Policy"]').attributes["content"]
    assert policy
    assert policy.startswith("default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'")
    assert not page.css("script, link, iframe, object, embed, form, base")


def test_a_download_is_never_linked(report: Report, store: CaptureStore) -> None:
    file = store.put(CaptureKind.DOWNLOAD, b"PK made")
    page = report(a_record(visits=[a_visit(captures=(file,), outcome=Outcome.DOWNLOAD)]))
    assert not [a for a in page.css("a") if "quarantine" in (a.attributes["href"] or "")]


def test_links_lead_to_files_that_are_there(report: Report, store: CaptureStore, tmp_path: Path) -> None:
    captures = (
        *a_screenshot(store),
        store.put(CaptureKind.FULL_PAGE, png((412, 2000))),
        store.put(CaptureKind.DOM, b"<p>"),
        store.put(CaptureKind.TEXT, b"text"),
    )
    page = report(a_record(visits=[a_visit(captures=captures)]))
    ways = {a.attributes["href"] or "" for a in page.css(".card a, .small a")}
    assert len(ways) == 4
    for way in ways:
        assert (tmp_path / "report" / way).resolve().is_file()


@pytest.mark.parametrize(
    "verdict",
    [
        a_verdict("adult"),
        Verdict(content_class="gambling", confidence=0.6, others=(("adult", 0.5),)),
    ],
)
def test_what_may_be_adult_is_blurred_on_every_device(
    report: Report, store: CaptureStore, tmp_path: Path, verdict: Verdict
) -> None:
    clear = page_of("news.example", "news", a_screenshot(store, seed=1))
    captures = [a_screenshot(store, seed=number) for number in (2, 3, 4)]
    visits = [a_visit(name, captures=files) for name, files in zip(DEVICES, captures, strict=True)]
    page = report(clear, a_record("http://adult.example/", visits=visits, verdict=verdict, lure=HONEST))
    folder = tmp_path / "report" / "thumbnails"
    sharp = variance(folder / f"{clear.visits[0].captures[0].sha256}.jpg")
    for (capture,) in captures:
        assert variance(folder / f"{capture.sha256}.jpg") < sharp / 50
    assert "blurred; open original: android · iphone · desktop" in " ".join(
        first(page, "#pages").text().split()
    )


def test_a_picture_that_is_adult_anywhere_is_blurred_everywhere(
    report: Report, store: CaptureStore, tmp_path: Path
) -> None:
    files = a_screenshot(store, seed=5)
    sharp = a_screenshot(store, seed=6)
    report(
        page_of("a.example", "adult", files),
        page_of("b.example", "news", files),
        page_of("c.example", "news", sharp),
    )
    folder = tmp_path / "report" / "thumbnails"
    assert variance(folder / f"{files[0].sha256}.jpg") < variance(folder / f"{sharp[0].sha256}.jpg") / 50


def test_a_broken_screenshot_is_a_sentence_not_a_picture(report: Report, store: CaptureStore) -> None:
    page = report(page_of("a.example", "news", a_screenshot(store, b"no png")))
    assert not page.css("img")
    assert texts(page, ".no-picture") == ["no picturethe screenshot is broken"] * 3


def test_a_page_that_was_never_painted_shows_its_dialog_and_why_there_is_no_picture(report: Report) -> None:
    visit = a_visit(
        outcome=Outcome.DOWNLOAD,
        notes=("no picture: the page was left before anything was painted",),
        dialogs=(Dialog(kind="alert", text="update", order=0, url="http://a.example/"),),
    )
    page = report(a_record(visits=[visit]))
    assert texts(page, ".no-picture") == ["no picturethe page was left before anything was painted"]
    assert texts(page, ".dialog-text") == ["update"]
    assert texts(page, ".under") == ["No page was painted: the dialog is what the victim sees."]


def test_a_visit_without_a_picture_says_why(report: Report) -> None:
    page = report(a_record(visits=[a_visit(outcome=Outcome.TIMEOUT)]))
    assert texts(page, ".no-picture") == ["no picturetimeout"]


def test_a_long_section_is_capped_and_says_how_many_more(report: Report) -> None:
    lures = [
        a_record(f"http://lure{number}.example/", lure=a_lure(score=number / 100)) for number in range(60)
    ]
    others = [dead(f"dead{number}.example") for number in range(50)]
    page = report(*lures, *others, cards=10, rows=20)
    assert len(page.css("#lures .card")) == 10
    assert len(page.css("#unseen tbody tr")) == 20
    assert texts(page, ".more") == [
        "50 more of 60 are in records.jsonl.",
        "30 more of 50 are in records.jsonl.",
    ]
    assert first(page, ".card h3").text() == "lure59[.]example"
    assert first(page, ".tile.hot b").text() == "60"


def test_the_summary_counts_what_happened(report: Report) -> None:
    page = report(
        a_record("http://a.example/", cloaking=Cloaking(kinds=("mobile_only",))),
        page_of("b.example", "news"),
        dead("c.example"),
        dead("d.example", Outcome.SERVFAIL),
        held("e.example", Hold.DEAD_DROP),
        facts=RunFacts(
            run="r", lab_seed=7, seconds=272, captures_per_minute=130.2, peak_memory_mb=1432.1, blocklisted=1
        ),
    )
    tiles = dict(zip(texts(page, ".tile span"), texts(page, ".tile b"), strict=True))
    assert tiles == {
        "artifacts, of which": "5", "lure": "1", "other page": "1", "nothing seen": "2", "held back": "1",
    }  # fmt: skip
    whole, *parts = map(int, tiles.values())
    assert whole == sum(parts)
    assert "2 of them were visited, 1 is cloaked; 1 name stands on the blocklist." in page.text()
    assert [node.attributes["aria-label"] for node in page.css(".strip")] == [
        "login 1, news 1",
        "nxdomain 1, servfail 1",
        "dead drop 1",
    ]
    assert "the lab (made sites, seed 7)" in first(page, ".meta").text()
    assert "130 captures a minute · 1,432 MB" in " ".join(first(page, ".cost").text().split())


def test_a_borrowed_profile_is_owned_up_to(report: Report) -> None:
    visits = [
        a_visit("android", browser="chromium 156", profile="android profile on Chromium"),
        a_visit("iphone", browser="chromium 156", profile="iPhone profile on Chromium"),
    ]
    page = report(a_record(visits=visits), facts=RunFacts(devices=(ANDROID, IPHONE)))
    notes = texts(page, ".notes p")
    assert len(notes) == 1
    assert "iPhone profile on Chromium (1 visit)" in notes[0]
    assert "WebKit" in notes[0]


def test_the_same_records_give_the_same_report(report: Report, store: CaptureStore, tmp_path: Path) -> None:
    records = [page_of("a.example", "news", a_screenshot(store)), a_record(), dead("b.example")]
    report(*records)
    first = (tmp_path / "report" / "index.html").read_bytes()
    report(*records)
    assert (tmp_path / "report" / "index.html").read_bytes() == first


def test_a_new_report_leaves_no_old_pictures(report: Report, store: CaptureStore, tmp_path: Path) -> None:
    report(page_of("a.example", "news", a_screenshot(store, seed=1)))
    report(page_of("b.example", "news", a_screenshot(store, seed=2)))
    assert len(list((tmp_path / "report" / "thumbnails").iterdir())) == 1


def test_a_case_that_grew_shows_its_figures_by_the_way_taken(report: Report) -> None:
    step = Step(pivot="reverse_ip", value="5.6.7.8")
    grown = dead("grown.example")
    grown = replace(grown, artifact=replace(grown.artifact, expansion=(step,)))
    page = report(grown, dead("own.example"))
    row = first(page, "#case tbody tr")
    assert [cell.text(strip=True) for cell in row.css("td")] == [
        "reverse ip",
        "1",
        "0.00 %",
        "0.00 %",
        "not asked",
    ]
    assert "1 indicator led" in first(page, "#case .intro").text()


def test_a_run_without_an_expansion_has_no_case(report: Report) -> None:
    assert report(dead("own.example")).css_first("#case") is None


def test_what_a_page_asks_leave_for_and_wanted_to_open_is_told(report: Report) -> None:
    visit = a_visit(permissions=("camera or microphone",), blocked_tabs=("http://one.example/", "/two"))
    page = report(a_record("http://lure.example/", visits=[visit]))
    told = first(page, "body").text()
    assert "asks for camera or microphone" in told
    assert "2 x blocked tab" in told
