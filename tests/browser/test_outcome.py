from pathlib import Path

import pytest

from mantis_crawler.browser.outcome import CHROMIUM_ERRORS, GATEWAY_RESULTS, Ending, outcome_of
from mantis_crawler.items import Connection, Download, Outcome

APK = Download(url="http://a/x.apk", name="x.apk", sha256="0" * 64, size=1, type="apk")


def asked(result: str, host: str = "a") -> Connection:
    return Connection(host=host, port=80, address=None, result=result)


def test_a_kept_file_is_the_outcome_whatever_else_happened() -> None:
    ending = Ending(
        url="http://a/", error="net::ERR_ABORTED", downloads=[APK], connections=[asked("refused")]
    )
    assert outcome_of(ending) is Outcome.DOWNLOAD


def test_a_file_that_could_not_be_kept_is_not_the_outcome() -> None:
    lost = Download(
        url="http://a/x", name="x", sha256=None, size=0, type="unknown", error="did not end in time"
    )
    assert outcome_of(Ending(url="http://a/", downloads=[lost], shown=True, status=200)) is Outcome.LOADED


@pytest.mark.parametrize("result", sorted(GATEWAY_RESULTS))
def test_the_gateways_word_counts_for_more_than_the_browsers(result: str) -> None:
    ending = Ending(url="http://a/", status=502, shown=True, error="Timeout", connections=[asked(result)])
    assert outcome_of(ending) is GATEWAY_RESULTS[result]


def test_a_refused_part_of_a_page_is_not_the_pages_outcome() -> None:
    ending = Ending(
        url="http://a/", status=200, shown=True, connections=[asked("connected"), asked("refused", "tracker")]
    )
    assert outcome_of(ending) is Outcome.LOADED


def test_a_site_that_answers_502_itself_is_an_http_error() -> None:
    ending = Ending(url="http://a/", status=502, shown=True, connections=[asked("connected")])
    assert outcome_of(ending) is Outcome.HTTP_ERROR


def test_a_page_with_nothing_on_it_is_blank() -> None:
    assert outcome_of(Ending(url="http://a/", status=200, shown=True, empty=True)) is Outcome.BLANK


@pytest.mark.parametrize(("part", "outcome"), CHROMIUM_ERRORS)
def test_each_message_of_the_browser_has_its_outcome(part: str, outcome: Outcome) -> None:
    assert outcome_of(Ending(url="https://a/", error=f"Page.goto: {part} at https://a/")) is outcome


def test_an_error_that_nobody_knows_is_an_error_and_silence_is_a_timeout() -> None:
    assert outcome_of(Ending(url="http://a/", error="what is this")) is Outcome.ERROR
    assert outcome_of(Ending(url="http://a/")) is Outcome.TIMEOUT


@pytest.mark.parametrize(
    ("message", "outcome"),
    [
        ("Could not connect to 11.1.1.1: Connection refused", Outcome.UNREACHABLE),
        ("Could not connect to the server.", Outcome.UNREACHABLE),
        ("Couldn't connect to server", Outcome.UNREACHABLE),
        ("Unacceptable TLS certificate", Outcome.TLS_BROKEN),
        ("The certificate for this server is invalid.", Outcome.TLS_BROKEN),
        ("SSL peer certificate or SSH remote key was not OK", Outcome.TLS_BROKEN),
        ("A TLS error caused the secure connection to fail.", Outcome.TLS_BROKEN),
        ("Peer failed to perform TLS handshake: Error in the pull function.", Outcome.TLS_BROKEN),
        ("Connection terminated unexpectedly", Outcome.UNREACHABLE),
        ("The network connection was lost.", Outcome.UNREACHABLE),
        ("Socket I/O timed out", Outcome.TIMEOUT),
        ("The request timed out.", Outcome.TIMEOUT),
        ("Too many redirects", Outcome.REDIRECT_LOOP),
        ("too many HTTP redirects", Outcome.REDIRECT_LOOP),
        ("Number of redirects hit maximum amount", Outcome.REDIRECT_LOOP),
        ("Could not parse HTTP response", Outcome.BAD_ANSWER),
        ("Not allowed to use restricted network port", Outcome.BLOCKED_BY_GATEWAY),
        ("Aborted: 204 No Content", Outcome.BLANK),
        ("Load request cancelled; maybe frame was detached?", Outcome.BLANK),
    ],
)
def test_webkits_words_have_their_outcome_whichever_library_they_come_from(
    message: str, outcome: Outcome
) -> None:
    assert outcome_of(Ending(url="https://a/", error=message)) is outcome


def test_the_page_of_outcomes_tells_each_and_what_leads_to_it() -> None:
    page = (Path(__file__).parents[2] / "docs/outcomes.md").read_text("utf-8")
    rows = {line.split("`")[1]: line for line in page.splitlines() if line.startswith("| `")}
    assert list(rows) == [outcome.value for outcome in Outcome]
    for word, outcome in (*GATEWAY_RESULTS.items(), *CHROMIUM_ERRORS):
        assert f"`{word}`" in rows[outcome], word
        assert [other for other, row in rows.items() if f"`{word}`" in row.split("|")[3]] == [outcome], word
