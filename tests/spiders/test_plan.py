"""Bad input: a sentence that says what to do, or a counted skip; never a traceback, never silence."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from scrapy.settings import Settings

from mantis_crawler.browser import webkit
from mantis_crawler.browser.find import Browser
from mantis_crawler.commands.crawl import announcement, onward
from mantis_crawler.items import Hold
from mantis_crawler.lab.hostile import hostile_pages
from mantis_crawler.spiders import gear
from mantis_crawler.spiders.arguments import NUMBERS, PlanError, check_numbers
from mantis_crawler.spiders.plan import ARGUMENTS, Plan, make_plan, to_visit
from tests.browser.proxies import Proxy


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings({"MANTIS_OUTPUTS": str(tmp_path / "outputs"), "MANTIS_DEVICES": "android,iphone"})


def a_browser(*, sandbox: bool) -> Browser:
    return Browser(path="/x", source="setting", engine="chromium", version="156.0.1.2", sandbox=sandbox)


@pytest.fixture(autouse=True)
def browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gear, "find_browser", lambda _setting: a_browser(sandbox=True))


def planned(settings: Settings, tmp_path: Path, content: bytes, **arguments: str) -> Plan:
    path = tmp_path / "seeds.txt"
    path.write_bytes(content)
    return make_plan(settings, {"seeds": str(path), "lab": "yes", **arguments})


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"# one\n# two\n", "comment"),
        (b"\x7fELF\x00\x01\x02\x03" + bytes(range(256)), "not text"),
        (b"nothing to see here\n", "no indicator"),
    ],
    ids=["empty", "blank", "comments", "binary", "prose"],
)
def test_a_feed_without_indicators_is_refused_with_a_reason(
    settings: Settings, tmp_path: Path, content: bytes, says: str
) -> None:
    with pytest.raises(PlanError, match=says):
        planned(settings, tmp_path, content)
    assert not (tmp_path / "outputs").exists()


def test_a_missing_file_is_named(settings: Settings) -> None:
    with pytest.raises(PlanError, match=r"nowhere\.csv"):
        make_plan(settings, {"seeds": "nowhere.csv", "lab": "yes"})


def test_a_folder_is_no_feed(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(PlanError, match=r"folder|directory"):
        make_plan(settings, {"seeds": str(tmp_path), "lab": "yes"})


def test_a_long_line_duplicates_and_mixed_encodings_are_counted_not_fatal(
    settings: Settings, tmp_path: Path
) -> None:
    content = (
        b"evil-one.com\n" + b"x" * 100_000 + b"\nevil-one.com\nm\xfcnchen-evil.de\ncaf\xc3\xa9-evil.fr\n"
    )
    plan = planned(settings, tmp_path, content)
    reasons = sorted(str(skip.reason) for skip in plan.ledger.skips())
    assert reasons.count("too_long") == 1
    assert reasons.count("duplicate") == 1
    assert plan.ledger.counts()["total"] + len(reasons) == 5


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"sedes": "x"}, "Did you mean seeds"),
        ({"nonsense": "1"}, "Known are: seeds"),
        ({"lab": "no"}, "there must be a file of indicators"),
        ({"lab": "perhaps"}, "yes or no"),
        ({"seed": "one"}, "seed is a number"),
        ({"seed": "-1"}, "seed is a number"),
        ({"country": "zz"}, "no country"),
        ({"devices": "nokia"}, "no device nokia"),
        ({"devices": ","}, "no device"),
        ({"seeds": ""}, "is empty"),
        ({"exits": "zz=http://h:1"}, "exit 1: no country 'zz'"),
        ({"exits": "fr=h:1"}, r"exit 1 \(fr\) is neither"),
        ({"exits": "fr=http://h:1,fr=http://h:2"}, "a second exit in fr"),
        ({"depth": "deeper"}, "depth is default, deep, second-look, not 'deeper'"),
        ({"resume": "never"}, "no run 'never'"),
        ({"resume": "x", "seeds": "y"}, "leave out seeds"),
    ],
)
def test_an_argument_that_is_not_right_is_refused_with_what_to_do(
    settings: Settings, arguments: dict[str, str], says: str
) -> None:
    with pytest.raises(PlanError, match=says):
        make_plan(settings, arguments)


@contextmanager
def proxies(*schemes: str) -> Iterator[list[Proxy]]:
    """Proxies in a thread of their own, as a plan is made without a loop."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever)
    thread.start()
    found = [Proxy(scheme, user="ann", password="hunter2") for scheme in schemes]
    try:
        for proxy in found:
            asyncio.run_coroutine_threadsafe(proxy.start(), loop).result(5)
        yield found
    finally:
        for proxy in found:
            asyncio.run_coroutine_threadsafe(proxy.stop(), loop).result(5)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        loop.close()


def test_exits_are_checked_before_anything_else_and_their_passwords_kept_nowhere(
    settings: Settings, tmp_path: Path
) -> None:
    with proxies("http", "socks5") as (french, japanese):
        exits = f"fr=http://ann:hunter2@127.0.0.1:{french.port},jp=socks5://ann:hunter2@127.0.0.1:1"
        with pytest.raises(PlanError, match=r"jp=.*is it down\?"):
            planned(settings, tmp_path, b"evil-one.com\n", exits=exits)
        assert not (tmp_path / "outputs").exists()
        exits = (
            f"fr=http://ann:hunter2@127.0.0.1:{french.port},jp=socks5://ann:hunter2@localhost:{japanese.port}"
        )
        plan = planned(settings, tmp_path, b"evil-one.com\n", exits=exits)
    assert [one.country for one in plan.exits] == ["fr", "jp"]
    assert french.asked[-1] == ("127.0.0.1", french.port)
    assert "through exits fr, jp; nothing leaves this machine" in announcement(plan)
    kept = b"".join(path.read_bytes() for path in plan.folder.rglob("*") if path.is_file())
    for text in (kept, repr(plan).encode(), str(plan.arguments).encode()):
        assert b"hunter2" not in text
        assert b"ann:" not in text


@pytest.mark.parametrize("secret", ["ann:wrong", "ann"])
def test_an_exit_that_wants_other_credentials_stops_the_plan(
    settings: Settings, tmp_path: Path, secret: str
) -> None:
    with proxies("http") as (proxy,), pytest.raises(PlanError, match="wants other credentials"):
        planned(settings, tmp_path, b"evil-one.com\n", exits=f"fr=http://{secret}@127.0.0.1:{proxy.port}")
    assert not (tmp_path / "outputs").exists()


def test_an_exit_that_is_a_web_server_stops_the_plan(settings: Settings, tmp_path: Path) -> None:
    class Page(BaseHTTPRequestHandler):
        def do_CONNECT(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<h1>Welcome</h1>")

    with HTTPServer(("127.0.0.1", 0), Page) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        exits = f"fr=http://127.0.0.1:{server.server_port}"
        try:
            with pytest.raises(PlanError, match=r"answers with a web page \(HTTP 200\): it is no proxy"):
                planned(settings, tmp_path, b"evil-one.com\n", exits=exits)
        finally:
            server.shutdown()
            thread.join(5)
    assert not (tmp_path / "outputs").exists()


@pytest.mark.parametrize(
    ("engine", "says"), [("webkit", "is not installed; install it with"), ("gecko", "not 'gecko'")]
)
def test_an_engine_that_is_not_there_stops_the_plan_where_an_iphone_visits(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: str, says: str
) -> None:
    monkeypatch.setattr(webkit, "webkit_file", lambda: None)
    settings.set("MANTIS_IPHONE_ENGINE", engine)
    with pytest.raises(PlanError, match=says):
        planned(settings, tmp_path, b"evil-one.com\n")
    assert not (tmp_path / "outputs").exists()
    assert planned(settings, tmp_path, b"evil-one.com\n", devices="android").webkit is None


def test_the_lab_has_exits_on_this_machine_alone(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(
        PlanError, match=r"nothing leaves .* jp=socks5://192\.0\.2\.1:1080 is not on loopback"
    ):
        planned(settings, tmp_path, b"evil-one.com\n", exits="jp=socks5://192.0.2.1:1080")


def test_a_run_with_exits_is_resumed_with_the_same_exits(settings: Settings, tmp_path: Path) -> None:
    with proxies("http", "socks5") as (french, japanese):
        fr = f"fr=http://ann:hunter2@127.0.0.1:{french.port}"
        jp = f"jp=socks5://ann:hunter2@127.0.0.1:{japanese.port}"
        first = planned(settings, tmp_path, b"evil-one.com\n", exits=f"{fr},{jp}")
        first.ledger.close()
        for wrong in ({}, {"exits": fr}, {"exits": f"{fr},{jp.replace('jp', 'de', 1)}"}):
            with pytest.raises(PlanError, match=r"went out through exits fr, jp, .* the same again"):
                make_plan(settings, {"resume": first.run, **wrong})
        again = make_plan(settings, {"resume": first.run, "exits": f"{jp},{fr}"})
        assert again.exits == first.exits
        other = planned(settings, tmp_path, b"evil-one.com\n")
        with pytest.raises(PlanError, match=r"from this machine's own address, .* leave out exits"):
            make_plan(settings, {"resume": other.run, "exits": fr})


def test_what_exits_are_asked_for_can_be_set(settings: Settings, tmp_path: Path) -> None:
    with proxies("http") as (proxy,):
        exits = f"fr=http://ann:hunter2@127.0.0.1:{proxy.port}"
        settings.set("MANTIS_EXIT_CHECK", f"127.0.0.1:{proxy.port + 1 if proxy.port < 65535 else 1}")
        planned(settings, tmp_path, b"evil-one.com\n", lab="no", exits=exits)
        assert proxy.asked[-1][1] != proxy.port
        settings.set("MANTIS_EXIT_CHECK", "somewhere")
        with pytest.raises(PlanError, match="MANTIS_EXIT_CHECK is address:port"):
            planned(settings, tmp_path, b"evil-one.com\n", lab="no", exits=exits)


def test_every_argument_says_what_it_is_for() -> None:
    assert all(len(text) > 10 for text in ARGUMENTS.values())


def test_hostile_pages_of_the_internet_are_not_opened_without_a_sandbox(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gear, "find_browser", lambda _setting: a_browser(sandbox=False))
    with pytest.raises(PlanError, match="MANTIS_ALLOW_NO_SANDBOX"):
        planned(settings, tmp_path, b"evil-one.com\n", lab="no")
    settings.set("MANTIS_ALLOW_NO_SANDBOX", "True")
    assert planned(settings, tmp_path, b"evil-one.com\n", lab="no").lab_seed is None


def test_a_run_on_the_internet_says_how_many_hosts_and_from_where(settings: Settings, tmp_path: Path) -> None:
    plan = planned(settings, tmp_path, b"evil-one.com\nhttp://evil-one.com/x\nevil-two.com\n", lab="no")
    line = announcement(plan)
    assert "2 hosts" in line
    assert "REAL INTERNET" in line
    assert "\n" not in line


def test_a_run_on_the_lab_says_that_nothing_leaves(settings: Settings, tmp_path: Path) -> None:
    assert "nothing leaves this machine" in announcement(planned(settings, tmp_path, b"evil-one.com\n"))


def test_addresses_are_visited_unless_switched_off(settings: Settings, tmp_path: Path) -> None:
    feed = b"type,ioc,comment\nip,103.80.134[.]26,Android payload server\n"
    (unit,) = planned(settings, tmp_path, feed).ledger.open_units()
    assert unit.artifact.url == "http://103.80.134.26/"
    assert unit.artifact.hold is None
    (unit,) = planned(settings, tmp_path, feed, addresses="no").ledger.open_units()
    assert unit.artifact.hold is Hold.ADDRESS


def test_a_bare_address_with_a_port_that_is_not_the_webs_is_not_visited(
    settings: Settings, tmp_path: Path
) -> None:
    plan = planned(settings, tmp_path, b"103.80.134.26:28833\n103.80.134.26:443\nevil-one.com:8888\n")
    held = {unit.artifact.url: unit.artifact.hold for unit in plan.ledger.open_units()}
    assert held == {
        "http://103.80.134.26:28833/": Hold.PORT,
        "https://103.80.134.26/": None,
        "http://evil-one.com:8888/": Hold.PORT,
    }


def test_a_c2_address_is_not_visited_because_another_line_does_not_call_it_one(
    settings: Settings, tmp_path: Path
) -> None:
    feed = b"type,ioc,comment\nurl,hxxp://evil-one[.]com/,landing page\ndomain,evil-one[.]com,C2 server\n"
    plan = planned(settings, tmp_path, feed)
    (unit,) = plan.ledger.open_units()
    assert unit.artifact.hold is Hold.C2
    assert [skip.detail for skip in plan.ledger.skips() if skip.line == 2] == ["the same visit as line 3"]


def test_a_resumed_run_keeps_its_own_arguments(settings: Settings, tmp_path: Path) -> None:
    first = planned(settings, tmp_path, b"evil-one.com\n", country="jp", devices="iphone", seed="7")
    first.ledger.close()
    again = make_plan(settings, {"resume": first.run})
    assert again.resumed
    assert (again.country.code, again.lab_seed) == ("jp", 7)
    assert [device.name for device in again.devices] == ["iphone"]


def test_two_processes_do_not_work_on_one_run(settings: Settings, tmp_path: Path) -> None:
    first = planned(settings, tmp_path, b"evil-one.com\n")
    with pytest.raises(PlanError, match=f"process {os.getpid()} works on the run"):
        make_plan(settings, {"resume": first.run})


def test_a_run_that_died_before_its_plan_was_made_is_to_be_started_again(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "outputs" / "r1").mkdir(parents=True)
    (tmp_path / "outputs" / "r1" / "ledger.part").write_bytes(b"half")
    with pytest.raises(PlanError, match="Start it again"):
        make_plan(settings, {"resume": "r1"})


def test_a_folder_that_cannot_be_made_is_an_error_with_a_remedy(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "outputs").write_text("a file")
    with pytest.raises(PlanError, match="MANTIS_OUTPUTS"):
        planned(settings, tmp_path, b"evil-one.com\n")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MANTIS_VISIT_SECONDS", "abc"),
        ("MANTIS_SETTLE_SECONDS", "0"),
        ("MANTIS_QUIET_SECONDS", "nan"),
        ("MANTIS_VISITS_PER_BROWSER", "1.5"),
        ("MANTIS_UNKNOWN_BELOW", "2"),
        ("MANTIS_BUDGET", "much"),
    ],
)
def test_a_setting_that_is_no_fit_number_is_refused_by_name(
    settings: Settings, tmp_path: Path, name: str, value: str
) -> None:
    settings.set(name, value)
    with pytest.raises(PlanError, match=f"{name} must be .* number.*, not '{value}'"):
        planned(settings, tmp_path, b"evil.com\n")
    assert not (tmp_path / "outputs").exists()


def test_the_settings_as_they_are_shipped_are_fit_numbers() -> None:
    shipped = Settings()
    shipped.setmodule("mantis_crawler.settings")
    check_numbers(shipped)
    assert set(shipped) >= set(NUMBERS)


def test_a_resumed_run_takes_another_limit_of_visits(settings: Settings, tmp_path: Path) -> None:
    first = planned(settings, tmp_path, b"evil.com\n", visits="9")
    first.ledger.close()
    for arguments, visits in (({"visits": "2"}, 2), ({}, 9)):
        again = make_plan(settings, {"resume": first.run, **arguments})
        assert again.visits == visits
        again.ledger.close()


def test_a_run_in_a_case_leaves_it_to_the_case_to_say_how_it_goes_on(
    settings: Settings, tmp_path: Path
) -> None:
    plan = planned(settings, tmp_path, b"evil.com\n")
    assert f"-a resume={plan.run}" in onward(plan)
    (plan.folder.parent / "case.json").write_text("{}", "utf-8")
    assert onward(plan) == ""
    plan.ledger.close()


def test_what_a_marking_holds_is_held_from_the_gateway_too_and_in_a_resumed_run(
    settings: Settings, tmp_path: Path
) -> None:
    lines = b"value,pap\nred-evil.com,PAP:RED\namber-evil.com,PAP:AMBER\nevil.com,PAP:GREEN\n"
    first = planned(settings, tmp_path, lines)
    assert first.held == ("amber-evil.com", "red-evil.com")
    first.ledger.close()
    again = make_plan(settings, {"resume": first.run})
    assert again.held == first.held
    again.ledger.close()


def test_files_of_known_bad_are_read_before_anything_starts_and_again_in_a_resumed_run(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "bad.csv").write_text("host,first_seen\nevil.com,2022-01-03\n", "utf-8")
    with pytest.raises(PlanError, match=r"none\.csv"):
        planned(settings, tmp_path, b"evil.com\n", feeds=f"{tmp_path}/bad.csv,{tmp_path}/none.csv")
    assert not (tmp_path / "outputs").exists()
    first = planned(settings, tmp_path, b"evil.com\n", feeds=f"{tmp_path}/bad.csv")
    assert [one.name for one in first.feeds] == ["feed:bad.csv"]
    first.ledger.close()
    again = make_plan(settings, {"resume": first.run})
    assert [one.name for one in again.feeds] == ["feed:bad.csv"]
    again.ledger.close()


def test_the_hostile_pages_of_the_lab_are_a_case_like_any_other(settings: Settings) -> None:
    plan = make_plan(settings, {"seeds": "hostile"})
    urls = {artifact.url for artifact in to_visit(plan)}
    assert plan.lab_seed == 1
    assert urls == {page.url for page in hostile_pages().values()}


def test_hostile_pages_are_asked_for_in_the_lab_only(settings: Settings) -> None:
    with pytest.raises(PlanError, match=r"write \./hostile for a file"):
        make_plan(settings, {"seeds": "hostile", "lab": "no"})
