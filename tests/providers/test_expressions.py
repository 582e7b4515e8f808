"""URLs in canonical form and the expressions made of them, as the documentation of Safe Browsing tells."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from mantis_crawler.providers.expressions import canonical, expressions

CANONICAL = [
    ("http://host/%25%32%35", "host/%25"),
    ("http://host/%2525252525252525", "host/%25"),
    ("http://host/%%%25%32%35asd%%", "host/%25%25%25asd%25%25"),
    ("http://%31%36%38%2e%31%38%38%2e%39%39%2e%32%36/%2E%73%65%63%75%72%65/", "168.188.99.26/.secure/"),
    ("http://host%23.com/%257Ea%2521b%2540c%2523d%25245", "host%23.com/~a!b@c%23d$5"),
    ("http://3279880203/blah", "195.127.0.11/blah"),
    ("http://0xc3.0177.11/", "195.127.0.11/"),
    ("http://[2001:0db8:0000::1]:8080/", "[2001:db8::1]/"),
    ("http://[::ffff:1.2.3.4]/", "1.2.3.4/"),
    ("http://[64:ff9b::1.2.3.4]/", "1.2.3.4/"),
    ("http://www.evil.com/blah/..", "www.evil.com/"),
    ("http://www.evil.com/a/./b/../c", "www.evil.com/a/c"),
    ("www.evil.com", "www.evil.com/"),
    ("http://www.evil.com/foo\tbar\rbaz\n2", "www.evil.com/foobarbaz2"),
    ("http://www.EVIL.com.../", "www.evil.com/"),
    ("http://evil.com/foo#bar#baz", "evil.com/foo"),
    ("http://user:pass@evil.com:1234/", "evil.com/"),
    ("http://evil.com/q?", "evil.com/q?"),
    ("http://evil.com?a=b/../c", "evil.com/?a=b/../c"),
    ("http://evil.com//two?more//slashes", "evil.com/two?more//slashes"),
    ("http:// leadingspace.com/", "%20leadingspace.com/"),
]


def written(url: str) -> str:
    host, path, query = canonical(url)
    return host + path + ("" if query is None else f"?{query}")


@pytest.mark.parametrize(("url", "form"), CANONICAL)
def test_a_url_has_one_form(url: str, form: str) -> None:
    assert written(url) == form


def test_expressions_are_hosts_from_what_the_owner_registered_times_paths_from_the_root() -> None:
    assert set(expressions("http://a.b.com/1/2.html?param=1")) == {
        f"{host}{path}"
        for host in ("a.b.com", "b.com")
        for path in ("/1/2.html?param=1", "/1/2.html", "/", "/1/")
    }
    hosts = {one.split("/")[0] for one in expressions("http://a.b.c.d.e.f.com/1.html")}
    assert hosts == {"a.b.c.d.e.f.com", "c.d.e.f.com", "d.e.f.com", "e.f.com", "f.com"}
    assert expressions("http://x.duckdns.org/") == ("x.duckdns.org/",)
    assert expressions("http://1.2.3.4/1/") == ("1.2.3.4/1/", "1.2.3.4/")


TEXT = some.text(some.sampled_from("abc./%25#?@:[]\\ \t\n~é\x00"), max_size=60)
LABEL = some.text(some.sampled_from("abcxyz019"), min_size=1, max_size=5)
URL = some.builds(
    lambda labels, path, query: f"http://{'.'.join(labels)}.com/{'/'.join(path)}{query}",
    some.lists(LABEL, min_size=1, max_size=8),
    some.lists(LABEL, max_size=9),
    some.sampled_from(["", "?", "?a=b", "/?x/y"]),
)


@settings(max_examples=300, deadline=None)
@given(TEXT)
def test_no_text_breaks_it_and_what_is_canonical_stays_so(text: str) -> None:
    url = f"http://evil.com/{text}"
    form = written(url)
    assert form.isascii()
    assert form.isprintable()
    assert " " not in form
    assert "#" not in form
    assert expressions(text)
    assert written(f"http://{form}") == form


@settings(max_examples=300, deadline=None)
@given(URL)
def test_no_more_than_thirty_each_once_and_each_a_part_of_the_url(url: str) -> None:
    host, path, query = canonical(url)
    found = expressions(url)
    assert found[0] == written(url)
    assert len(found) == len(set(found)) <= 30
    whole = path if query is None else f"{path}?{query}"
    for one in found:
        at, _, rest = one.partition("/")
        assert host == at or host.endswith(f".{at}")
        assert at.count(".") >= 1
        assert whole.startswith(f"/{rest}")
