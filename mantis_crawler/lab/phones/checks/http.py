"""A: the requests of the visit, as the server received them."""

from typing import Any

from mantis_crawler.lab.phones.check import row
from mantis_crawler.lab.phones.expected import (
    Expected,
    Subject,
    absent,
    agrees,
    among,
    between,
    equal,
    like,
    test,
)

CHROME_NOW = (154, 158)
"""Major versions of Chrome that phones run in November 2026."""
SAFARI_NOW = (26, 27)

_CHROME_ORDER = (
    "sec-ch-ua sec-ch-ua-mobile sec-ch-ua-platform upgrade-insecure-requests user-agent accept "
    "sec-fetch-site sec-fetch-mode sec-fetch-user sec-fetch-dest accept-encoding accept-language priority"
)
_SAFARI_ORDER = (
    "sec-fetch-dest user-agent accept sec-fetch-site sec-fetch-mode accept-language priority accept-encoding"
)
NETWORK = ["downlink", "ect", "rtt", "viewport-width"]

_LIKE = r"\(KHTML, like Gecko\)"
_BLINK = rf"AppleWebKit/537\.36 {_LIKE}"
_IOS = rf"\(iPhone; CPU iPhone OS 18_[67] like Mac OS X\) AppleWebKit/605\.1\.15 {_LIKE}"
CHROME_UA = rf"^Mozilla/5\.0 \(Linux; Android 10; K\) {_BLINK} Chrome/\d+\.0\.0\.0 Mobile Safari/537\.36$"
WEBVIEW_UA = rf"^Mozilla/5\.0 \(Linux; Android [^)]+; wv\) {_BLINK} Version/4\.0 Chrome/\d"
SAFARI_UA = rf"^Mozilla/5\.0 {_IOS} Version/2[67]\.\d Mobile/15E148 Safari/604\.1$"
APP_UA = rf"^Mozilla/5\.0 {_IOS} Mobile/15E148"
WINDOWS_UA = rf"^Mozilla/5\.0 \(Windows NT 10\.0; Win64; x64\) {_BLINK} Chrome/\d+\.0\.0\.0 Safari/537\.36$"


def _agent(browser: str, app: str, shows: str) -> Expected:
    own, inside = like(browser), like(app)
    return test(shows, lambda seen, subject: (inside if subject.device.in_app else own).holds(seen, subject))


def _same_major(seen: Any, subject: Subject) -> bool:
    return f"Chrome/{subject.major}." in str(seen)


def _brands(seen: Any, subject: Subject) -> bool:
    text = str(seen)
    return f'"{subject.device.brand}";v="{subject.major}"' in text and "Headless" not in text


def _accept_language(seen: Any, subject: Subject) -> bool:
    if subject.kind != "iphone":
        return bool(seen == subject.country.accept_language)
    first = subject.country.languages[0]
    return bool(seen == f"{first},{first.partition('-')[0]};q=0.9")


def _version(seen: Any, name: str, now: tuple[int, int]) -> bool:
    return any(f"{name}{major}." in str(seen) for major in range(now[0], now[1] + 1))


_chrome = test(
    f"Chrome {CHROME_NOW[0]}..{CHROME_NOW[1]}", lambda seen, _: _version(seen, "Chrome/", CHROME_NOW)
)
_safari = test(
    f"Version {SAFARI_NOW[0]}..{SAFARI_NOW[1]}",
    lambda seen, subject: subject.device.in_app or _version(seen, "Version/", SAFARI_NOW),
)
_brand_list = test('the brand;v="major"', _brands)
_major = test("the engine's", _same_major)
_language = test("the country's languages, q falling", _accept_language)


def _order(words: str) -> Expected:
    order = words.split()

    def holds(seen: Any, _: Subject) -> bool:
        seen = list(seen or [])
        return bool(seen == [name for name in order if name in seen or name != "priority"])

    return test("the browser's order", holds)


CHECKS = (
    row(
        "A01",
        "form of the User-Agent header",
        "http.first.user-agent",
        _agent(CHROME_UA, WEBVIEW_UA, "Android 10; K ... Chrome/N.0.0.0 Mobile"),
        _agent(SAFARI_UA, APP_UA, "iPhone OS 18_6 or 18_7 (frozen) ... Version/26 or 27"),
        like(WINDOWS_UA, "Windows NT 10.0; Win64; x64 ... Chrome/N.0.0.0"),
        "UA",
        cheap=True,
    ),
    row(
        "A02",
        "its version is a current release",
        "http.first.user-agent",
        _chrome,
        _safari,
        _chrome,
        "BCD",
        cheap=True,
    ),
    row("A03", "its major is the engine's", "http.first.user-agent", _major, None, _major, "ENG", cheap=True),
    row(
        "A04",
        "sec-ch-ua on the first navigation",
        "http.first.sec-ch-ua",
        _brand_list,
        absent(),
        _brand_list,
        "IMP",
        cheap=True,
    ),
    row(
        "A05",
        "sec-ch-ua-mobile",
        "http.first.sec-ch-ua-mobile",
        equal("?1"),
        absent(),
        equal("?0"),
        "FPG",
        cheap=True,
    ),
    row(
        "A06",
        "sec-ch-ua-platform",
        "http.first.sec-ch-ua-platform",
        equal('"Android"'),
        absent(),
        equal('"Windows"'),
        "FPG",
        cheap=True,
    ),
    row(
        "A07",
        "model, once asked for",
        "http.later.sec-ch-ua-model",
        test("the device's model", lambda seen, subject: bool(seen == f'"{subject.device.model}"')),
        absent(),
        equal('""'),
        "FPG",
        cheap=True,
    ),
    row(
        "A08",
        "platform version, once asked for",
        "http.later.sec-ch-ua-platform-version",
        like(r'^"1[3-9]\.0\.0"$', '"N.0.0", N at least 13'),
        absent(),
        like(r'^"\d+\.0\.0"$', '"N.0.0"'),
        "FPG",
        cheap=True,
    ),
    row(
        "A09",
        "architecture, once asked for",
        "http.later.sec-ch-ua-arch",
        equal('""'),
        absent(),
        equal('"x86"'),
        "FPG",
        cheap=True,
    ),
    row(
        "A10",
        "form factors, once asked for",
        "http.later.sec-ch-ua-form-factors",
        equal('"Mobile"'),
        absent(),
        equal('"Desktop"'),
        "SPEC",
        cheap=True,
    ),
    row(
        "A11",
        "memory, once asked for",
        "http.later.device-memory",
        between(1, 8),
        absent(),
        between(2, 32),
        "FPG",
        cheap=True,
    ),
    row(
        "A12",
        "scale, once asked for, is devicePixelRatio",
        "http.later.dpr",
        agrees("page.scale", "devicePixelRatio"),
        absent(),
        agrees("page.scale", "devicePixelRatio"),
        "SPEC",
        cheap=True,
    ),
    row(
        "A13",
        "network and viewport hints, once asked for",
        "http.later_hints",
        test(", ".join(NETWORK), lambda seen, _: set(NETWORK) <= set(seen or [])),
        absent(),
        test(", ".join(NETWORK), lambda seen, _: set(NETWORK) <= set(seen or [])),
        "SPEC",
        cheap=True,
    ),
    row(
        "A14",
        "Accept of a navigation",
        "http.first.accept",
        like(r"image/avif,image/webp,image/apng,\*/\*;q=0\.8,application/signed-exchange", "Chrome's"),
        equal("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
        like(r"image/avif,image/webp,image/apng,\*/\*;q=0\.8,application/signed-exchange", "Chrome's"),
        "IMP",
        cheap=True,
    ),
    row(
        "A15",
        "Accept of a picture",
        "http.image_accept",
        like(r"^image/(jxl,image/)?avif,image/webp,image/apng", "Chrome's"),
        like(
            r"^image/webp,image/avif,.*video/\*;q=0\.8,image/png,image/svg\+xml,image/\*;q=0\.8,\*/\*;q=0\.5$",
            "Safari's, with video/*",
        ),
        like(r"^image/(jxl,image/)?avif,image/webp,image/apng", "Chrome's"),
        "SPEC",
    ),
    row(
        "A16",
        "Accept-Language",
        "http.first.accept-language",
        _language,
        _language,
        _language,
        "IMP",
        cheap=True,
    ),
    row(
        "A17",
        "Accept-Encoding",
        "http.first.accept-encoding",
        equal("gzip, deflate, br, zstd"),
        among("gzip, deflate, br", "gzip, deflate, br, zstd"),
        equal("gzip, deflate, br, zstd"),
        "IMP",
        cheap=True,
    ),
    row(
        "A18",
        "Upgrade-Insecure-Requests over https",
        "http.first.upgrade-insecure-requests",
        equal("1"),
        absent(),
        equal("1"),
        "IMP",
        cheap=True,
    ),
    row(
        "A19",
        "sec-fetch-user of a typed navigation",
        "http.first.sec-fetch-user",
        equal("?1"),
        absent(),
        equal("?1"),
        "IMP",
    ),
    row(
        "A20",
        "sec-fetch-site, -mode and -dest",
        "http.fetch",
        equal(["none", "navigate", "document"]),
        equal(["none", "navigate", "document"]),
        equal(["none", "navigate", "document"]),
        "IMP",
    ),
    row(
        "A21",
        "priority header over HTTP/2",
        "http.first.priority",
        equal("u=0, i"),
        equal("u=0, i"),
        equal("u=0, i"),
        "IMP",
        needs="h2",
    ),
    row(
        "A22",
        "order of the first navigation's headers",
        "http.order",
        _order(_CHROME_ORDER),
        _order(_SAFARI_ORDER),
        _order(_CHROME_ORDER),
        "IMP",
    ),
    row(
        "A23",
        "HTTP version offered over TLS",
        "tls.alpn",
        equal("h2"),
        equal("h2"),
        equal("h2"),
        "SPEC",
        needs="tls.alpn",
    ),
    row(
        "A24",
        "HTTP/2 settings, window and pseudo-header order",
        "h2.settings",
        equal("1:65536;2:0;4:6291456;6:262144|15663105|m,a,s,p"),
        equal("2:0;3:100;4:2097152;9:1|10420225|m,s,a,p"),
        equal("1:65536;2:0;4:6291456;6:262144|15663105|m,a,s,p"),
        "IMP",
        needs="h2",
    ),
    row(
        "A25",
        "TLS fingerprint (JA4, kind and ciphers)",
        "tls.ja4",
        like(r"^t13d151[67]h2_8daaf6152771$", "t13d1516h2 or 1517h2_8daaf6152771"),
        like(r"^t13d201[3-6]h2_a09f3c656075$", "t13d2013h2..2016h2_a09f3c656075"),
        like(r"^t13d151[67]h2_8daaf6152771$", "t13d1516h2 or 1517h2_8daaf6152771"),
        "IMP",
        needs="tls.ja4",
    ),
    row(
        "A26",
        "TLS GREASE",
        "tls.grease",
        equal(value=True),
        equal(value=True),
        equal(value=True),
        "IMP",
        needs="tls.ja4",
    ),
    row(
        "A27",
        "plain http: no hints, Upgrade-Insecure-Requests 1",
        "http.plain",
        equal([[], "1"]),
        equal([[], "1"]),
        equal([[], "1"]),
        "SPEC",
    ),
    row(
        "A28",
        "the favicon is asked for",
        "http.favicon",
        equal(value=True),
        equal(value=True),
        equal(value=True),
        "SPEC",
    ),
    row(
        "A29",
        "navigations that say no-cache",
        "http.no_cache",
        equal([]),
        equal([]),
        equal([]),
        "CTRL",
        cheap=True,
    ),
    row(
        "A30",
        "a cookie is kept to the next page",
        "http.cookie",
        equal("sid=abc"),
        equal("sid=abc"),
        equal("sid=abc"),
        "SPEC",
    ),
)
