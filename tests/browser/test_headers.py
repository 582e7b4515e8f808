from mantis_crawler import devices
from mantis_crawler.browser.headers import changed, patterns
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


def test_chrome_is_paused_at_documents_alone() -> None:
    assert {pattern["resourceType"] for pattern in patterns(SHELF["android"])} == {"Document"}
    assert "resourceType" not in patterns(SHELF["iphone"])[0]
