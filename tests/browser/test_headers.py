from mantis_crawler import devices
from mantis_crawler.browser.headers import LAST_WORDS, changed, dressed, kept, patterns
from mantis_crawler.catalog import discover
from mantis_crawler.items import Device

SHELF = discover(devices, Device)
CHROMIUM = {
    "Accept": "text/html,image/avif,*/*;q=0.8",
    "Device-Memory": "16",
    "DPR": "3",
    "Sec-CH-UA": '"Chromium";v="156"',
    "Upgrade-Insecure-Requests": "1",
    "User-Agent": "a phone",
    "Cookie": "a=b",
}


def test_safari_sends_no_hints_and_its_own_accept() -> None:
    told = changed(SHELF["iphone"], CHROMIUM, "Document", "https://a.test/")
    assert told == {
        "User-Agent": "a phone",
        "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "Cookie": "a=b",
    }
    assert told is not None
    assert list(told)[:2] == ["User-Agent", "Accept"]


def test_safari_asks_plain_http_for_the_secure_page() -> None:
    told = changed(SHELF["iphone"], CHROMIUM, "Document", "http://a.test/")
    assert told is not None
    assert told["Upgrade-Insecure-Requests"] == "1"


def test_the_accept_of_a_script_is_left_alone() -> None:
    assert changed(SHELF["iphone"], {"Accept": "*/*"}, "Script", "https://a.test/") == {"Accept": "*/*"}


def test_a_phone_never_tells_the_memory_of_the_machine() -> None:
    told = changed(SHELF["android"], CHROMIUM, "Document", "https://a.test/")
    assert told == {**CHROMIUM, "Device-Memory": "8"}
    assert told is not None
    assert list(told) == list(CHROMIUM)


def test_a_request_that_is_right_goes_as_it_is() -> None:
    assert changed(SHELF["android"], {"Accept": "*/*"}, "Document", "https://a.test/") is None


def test_only_requests_that_may_be_wrong_or_outlive_their_page_are_paused() -> None:
    android = {pattern["resourceType"] for pattern in patterns(SHELF["android"])}
    assert android == {"Document", *LAST_WORDS}
    assert {pattern["resourceType"] for pattern in patterns(SHELF["iphone"])} == {*android, "Image"}


def test_safari_does_not_heed_a_site_that_asks_for_hints() -> None:
    server, asks = {"name": "Server", "value": "x"}, {"name": "Accept-CH", "value": "DPR"}
    assert kept(SHELF["iphone"], [server, asks]) == [server]
    assert kept(SHELF["iphone"], [server]) is None
    assert kept(SHELF["android"], [server, asks]) is None


def test_no_picture_tells_the_memory_of_the_machine() -> None:
    asks = {"name": "accept-ch", "value": "Device-Memory, DPR, Sec-CH-Device-Memory"}
    assert kept(SHELF["android"], [asks]) == [{"name": "accept-ch", "value": "DPR"}]


def test_a_request_that_was_quicker_than_its_dress_is_dressed() -> None:
    bare = {
        "Accept": "text/html",
        "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/156.0.0.0",
        "sec-ch-ua": '"HeadlessChrome";v="156"',
        "sec-ch-ua-mobile": "?0",
        "sec-ch-ua-platform": '"Linux"',
    }
    told = dressed(SHELF["android"], "156.0.1.2", bare)
    assert told is not None
    assert list(told) == list(bare)
    assert "Headless" not in str(told)
    assert "Android 10; K" in told["User-Agent"]
    assert '"Google Chrome";v="156"' in told["sec-ch-ua"]
    assert (told["sec-ch-ua-mobile"], told["sec-ch-ua-platform"]) == ("?1", '"Android"')
    assert dressed(SHELF["android"], "156.0.1.2", told) is None
    full = {**told, "sec-ch-ua": '"Chromium";v="156"'}
    assert dressed(SHELF["android"], "156.0.1.2", full) == told
