import pytest

from mantis_crawler.items import SkipReason
from mantis_crawler.sources.tokens import find, read_value
from mantis_crawler.sources.values import Refusal, Value

MD5 = "d41d8cd98f00b204e9800998ecf8427e"

FOUND: list[tuple[str, list[str]]] = [
    # defanged in every way that publishers do
    ("134.119.193[.]106", ["134.119.193.106"]),
    ("1[.]171.152.3", ["1.171.152.3"]),
    ("1[.]171[.]152[.]3", ["1.171.152.3"]),
    ("coqrf.xpddg[.]com", ["coqrf.xpddg.com"]),
    ("hxxps://imgur[.]com/user/a/about", ["https://imgur.com/user/a/about"]),
    ("hXXp://evil[.]com/a", ["http://evil.com/a"]),
    ("HXXPS://EVIL[.]COM/A", ["https://evil.com/A"]),
    ("hxxps[:]//evil[.]com/a", ["https://evil.com/a"]),
    ("hxxps[://]evil[.]com/a", ["https://evil.com/a"]),
    ("hxxp[://]evil[.]com:8080[/]a", ["http://evil.com:8080/a"]),
    ("h[tt]p[s]://evil[.]com", ["https://evil.com/"]),
    ("http:[//]evil[.]com/a", ["http://evil.com/a"]),
    ("hxxp[:][/][/]evil[.]com[/]a", ["http://evil.com/a"]),
    ("h[tt]p://evil[.]com", ["http://evil.com/"]),
    ("h**ps://evil.com", ["https://evil.com/"]),
    ("meow://evil[.]com", ["http://evil.com/"]),
    ("meows[:]//evil[.]com", ["https://evil.com/"]),
    ("http:\\/\\/evil.com\\/a", ["http://evil.com/a"]),
    ("hxxp : //evil.com/a", ["http://evil.com/a"]),
    ("fxp://evil[.]com/a", ["ftp://evil.com/a"]),
    ("evil(.)com", ["evil.com"]),
    ("evil{.}com", ["evil.com"]),
    ("evil[dot]com", ["evil.com"]),
    ("evil(DOT)com", ["evil.com"]),
    ("evil [.] com", ["evil.com"]),
    ("evil[.com", ["evil.com"]),
    ("evil.]com", ["evil.com"]),
    ("evil\\.com", ["evil.com"]),
    ("evil dot com", ["evil.com"]),
    ("https://evil dot com/login", ["https://evil.com/login"]),
    ("evil。com", ["evil.com"]),
    ("http://例子。中国/x", ["http://xn--fsqu00a.xn--fiqs8s/x"]),
    ("e\u200bvil\u00ad.com", ["evil.com"]),
    ("ｅｖｉｌ．ｃｏｍ", ["evil.com"]),
    ("http://𝐞vil.com/", ["http://evil.com/"]),
    ("|`+46.175.145[.]67+` |`+hide-me[.]online+` |", ["46.175.145.67", "hide-me.online"]),
    # the host follows the last @, as in a browser
    ("hxxps[:]//www.ca[.]gov@igbp[.]cc/us", ["https://igbp.cc/us"]),
    ("hxxps[:]//www.irs[.]gov[@]igbp[.]cc/us", ["https://igbp.cc/us"]),
    ("https://www.irs.gov[at]igbp[.]cc/us", ["https://igbp.cc/us"]),
    ("http://good.com#@evil.com/", ["http://good.com/#@evil.com/"]),
    ("http://good.com\\@evil.com/", ["http://good.com/@evil.com/"]),
    ("http://good.com'@evil.com/", ["http://evil.com/"]),
    # a stray space inside of the host
    ("hxxps[:]//usps. com-ic1[.]top/us", ["https://usps.com-ic1.top/us"]),
    ("hxxps[:]//usps.com -ic1[.]top/us", ["https://usps.com-ic1.top/us"]),
    ("We saw http://evil.com. Next[.]example.com came later", ["http://evil.com/", "next.example.com"]),
    # marks around it
    ("(http://evil.com/a)", ["http://evil.com/a"]),
    ("See http://evil.com/a_(b), or <http://two.com>.", ["http://evil.com/a_(b)", "http://two.com/"]),
    ("[click](http://evil.com/a)", ["http://evil.com/a"]),
    ("**evil.com**", ["evil.com"]),
    ("'http://a.com/x','http://b.com/y'", ["http://a.com/x", "http://b.com/y"]),
    ("http://a.com,http://b.com", ["http://a.com/", "http://b.com/"]),
    ("a.com, b.com;c.com", ["a.com", "b.com", "c.com"]),
    ("||evil.com^", ["evil.com"]),
    ("hxxps://evil[.]com/pay - Root domain registered: 2026-01-14", ["https://evil.com/pay"]),
    ("hxxps://evil[.]com/pay – Root domain registered: 2026-01-14", ["https://evil.com/pay"]),
    # text without spaces around it
    ("こちらhttps://evil.comにアクセス", ["https://evil.com/"]),
    ("http://evil.com。こちら", ["http://evil.com/"]),
    ("링크는 http://evil.com에서", ["http://evil.com/"]),
    # addresses
    ("http://[2606:4700::1]:8080/a", ["http://[2606:4700::1]:8080/a"]),
    ("[2606:4700::1]", ["2606:4700::1"]),
    ("2606:4700:0:0:0:0:0:1", ["2606:4700::1"]),
    ("2606[:]4700[:][:]1", ["2606:4700::1"]),
    ("1.169.203.48:28855", ["1.169.203.48"]),
    ("107.148.162[.]237:26333/sever.ini", ["http://107.148.162.237:26333/sever.ini"]),
    ("http://0x08.8.8.8/a", ["http://8.8.8.8/a"]),
    ("http://134744072/", ["http://8.8.8.8/"]),
    ("8.8.8.8/32", ["8.8.8.8"]),
    ("IP: 1.2.3[.]4", ["1.2.3.4"]),
    # names
    ("münchen.de", ["xn--mnchen-3ya.de"]),
    ("xn--mnchen-3ya.de", ["xn--mnchen-3ya.de"]),
    ("http://😀.ws/", ["http://xn--e28h.ws/"]),
    ("EVIL.Duckdns.org.", ["evil.duckdns.org"]),
    ("evil[.]com:8080", ["evil.com"]),
    ("evil.com/login?next=http://b.com", ["http://evil.com/login?next=http://b.com"]),
    ("http://EVIL.com.:80/A%2fb?C=%20#D", ["http://evil.com/A%2fb?C=%20#D"]),
    ("https://evil.com:443?x", ["https://evil.com/?x"]),
    ("http://a%2ecom/", ["http://a.com/"]),
    ("readme[.]md", ["readme.md"]),
    # hashes
    (f"MD5 {MD5.upper()}.", [MD5]),
    (f"sha256:{MD5 * 2}", [MD5 * 2]),
    # nothing
    ("Chrome/103.1.2.3 v1.2.3.4 version 1.2.3.4", []),
    ("Mozilla/5.0 (Linux; Android 12) Chrome/103.0.0.0 Mobile Safari/537.36", []),
    ("see readme.md and a.zip, or the dot com boom", []),
    ("base.apk of com.android.chrome and com.example.app", []),
    ("Done.The next. It.It", []),
    ("at 12:30:45 on 18.07.2022", []),
    ("1.2.3.4.5", []),
    ("01.2.3.4", []),
    ("ASP.NET, e.g. i.e. Node.js", []),
    ("C:\\Windows\\evil.com", []),
    (f"/path/{MD5}", []),
]


@pytest.mark.parametrize(("line", "values"), FOUND)
def test_the_values_of_a_line_are_found_and_nothing_else(line: str, values: list[str]) -> None:
    assert [item.reading.value for item in find(line) if isinstance(item.reading, Value)] == values


REFUSED = [
    ("10.0.0.1", SkipReason.NOT_PUBLIC),
    ("192.0.2.7", SkipReason.NOT_PUBLIC),
    ("224.0.0.1", SkipReason.NOT_PUBLIC),
    ("2001:db8::1", SkipReason.NOT_PUBLIC),
    ("::ffff:10.0.0.1", SkipReason.NOT_PUBLIC),
    ("http://127.0.0.1/a", SkipReason.NOT_PUBLIC),
    ("http://2130706433/", SkipReason.NOT_PUBLIC),
    ("http://0x7f.1/", SkipReason.NOT_PUBLIC),
    ("http://localhost/", SkipReason.NOT_PUBLIC),
    ("http://intranet/", SkipReason.NOT_PUBLIC),
    ("evil.test", SkipReason.NOT_PUBLIC),
    ("evil.invalid", SkipReason.NOT_PUBLIC),
    ("co.uk", SkipReason.NOT_PUBLIC),
    ("10.0.0.0/8", SkipReason.NOT_PUBLIC),
    ("8.8.8.0/24", SkipReason.PATTERN),
    ("*.evil.com", SkipReason.PATTERN),
    ("https://*.evil.com/", SkipReason.PATTERN),
    (r"security[a-z]{3}\-[a-z]{3,5}\.top", SkipReason.PATTERN),
    (r"^[a-z]{2}\-[a-z]{2,3}\.(top|club)$", SkipReason.PATTERN),
    (r"^evil\.com$", SkipReason.PATTERN),
    ("/chrome.apk", SkipReason.PATH_ONLY),
    ("/英10文字.apk", SkipReason.PATH_ONLY),
    ("abuse@example.com", SkipReason.NO_INDICATOR),
    ("readme.md", SkipReason.NO_INDICATOR),
    ("http://evil.com:99999/", SkipReason.NO_INDICATOR),
    ("http://a..com/", SkipReason.NO_INDICATOR),
    ("http://-a.com/", SkipReason.NO_INDICATOR),
    (f"{'a' * 64}.com", SkipReason.NO_INDICATOR),
    ("http://", SkipReason.NO_INDICATOR),
    ("a.com b.com", SkipReason.NO_INDICATOR),
    ("about a.com", SkipReason.NO_INDICATOR),
    ("word", SkipReason.NO_INDICATOR),
    ("", SkipReason.NO_INDICATOR),
    ("[.]", SkipReason.NO_INDICATOR),
]


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_what_is_no_value_is_refused_with_its_reason(text: str, reason: SkipReason) -> None:
    reading = read_value(text)
    assert isinstance(reading, Refusal), reading
    assert reading.reason is reason
    assert reading.detail


def test_an_odd_sentence_gives_no_wrong_host() -> None:
    items = find("サイトevil[.]comにアクセス")
    assert [item.reading for item in items if isinstance(item.reading, Value)] == []
    assert len(items) == 1


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("https://www.ca.gov@igbp.cc/us", {"userinfo": "www.ca.gov"}),
        ("1.169.203.48:28855", {"port": "28855"}),
        ("evil.com:8080", {"port": "8080"}),
        (MD5, {"algorithm": "md5"}),
        ("evil.com", {}),
    ],
)
def test_what_the_normal_form_leaves_out_is_kept_beside_it(text: str, context: dict[str, str]) -> None:
    reading = read_value(text)
    assert isinstance(reading, Value)
    assert reading.context == context
