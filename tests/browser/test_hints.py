from mantis_crawler import devices
from mantis_crawler.browser.hints import NetworkHints
from mantis_crawler.catalog import discover
from mantis_crawler.items import Device

SHELF = discover(devices, Device)
ANDROID = SHELF["android"]
SITE = "https://a.test/next"
SENT = {"Device-Memory": "8", "Sec-CH-UA": "brands", "Accept": "*/*"}


def accept(value: str) -> list[dict[str, str]]:
    return [{"name": "Accept-CH", "value": value}]


def test_a_site_that_asks_gets_the_networks_hints_in_chromes_order() -> None:
    hints = NetworkHints()
    hints.learn("one", "https://a.test/", accept("ECT, Downlink, RTT, DPR"))
    told = hints.added("one", SITE, ANDROID, SENT)
    assert list((told or {}).items()) == [
        ("Device-Memory", "8"),
        ("rtt", "100"),
        ("downlink", "10"),
        ("ect", "4g"),
        ("Sec-CH-UA", "brands"),
        ("Accept", "*/*"),
    ]


def test_the_memory_is_told_in_chromes_place() -> None:
    hints = NetworkHints()
    hints.learn("one", "https://a.test/", accept("Device-Memory, Sec-CH-Device-Memory, RTT"))
    sent = {"dpr": "3", "sec-ch-ua": "brands", "sec-ch-dpr": "3", "accept": "*/*"}
    told = hints.added("one", SITE, ANDROID, sent)
    names = ["device-memory", "dpr", "rtt", "sec-ch-ua", "sec-ch-device-memory", "sec-ch-dpr", "accept"]
    assert list(told or {}) == names
    assert (told or {})["device-memory"] == "8"


def test_nobody_else_gets_them() -> None:
    hints = NetworkHints()
    hints.learn("one", "https://a.test/", accept("RTT"))
    hints.learn("one", "http://plain.test/", accept("RTT"))
    assert hints.added("one", "https://b.test/", ANDROID, SENT) is None
    assert hints.added("one", "http://plain.test/", ANDROID, SENT) is None
    assert hints.added("two", SITE, ANDROID, SENT) is None
    hints.forget("one")
    assert hints.added("one", SITE, ANDROID, SENT) is None


def test_what_was_asked_for_stays_until_the_site_asks_otherwise() -> None:
    hints = NetworkHints()
    hints.learn("one", "https://a.test/", accept("RTT"))
    hints.learn("one", "https://a.test/", [{"name": "Server", "value": "x"}])
    assert hints.added("one", SITE, ANDROID, SENT) is not None
    hints.learn("one", "https://a.test/", accept("DPR"))
    assert hints.added("one", SITE, ANDROID, SENT) is None


def test_a_browser_that_sends_them_by_itself_is_left_alone() -> None:
    hints = NetworkHints()
    hints.learn("one", "https://a.test/", accept("RTT, ECT"))
    assert hints.added("one", SITE, ANDROID, {"RTT": "50", "ect": "4g"}) is None


def test_a_desktop_says_what_its_navigator_says() -> None:
    hints = NetworkHints()
    hints.learn("one", "https://a.test/", accept("RTT"))
    assert hints.added("one", SITE, SHELF["desktop"], {}) == {"rtt": "0"}
