"""The page on safety says what is so."""

import re
from pathlib import Path

from mantis_crawler import settings
from mantis_crawler.browser import bounds, gateway, watch
from mantis_crawler.enrichment import resolver

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/safety.md").read_text("utf-8")
CONTAINER = (ROOT / "docs/Containerfile").read_text("utf-8")


def limit_of(what: str) -> str:
    (row,) = re.findall(rf"^\| {re.escape(what)} \| (.*?) \|", PAGE, re.MULTILINE)
    return str(row)


def test_its_bounds_are_those_of_the_code() -> None:
    visits = gateway.Gateway(resolver.Resolver())
    assert limit_of("bytes from the network") == f"{visits.byte_limit >> 20} MiB"
    assert limit_of("connections") == f"{visits.connection_limit}"
    assert limit_of("bytes of the document, unpacked") == f"{bounds.DOCUMENT_BYTES >> 20} MiB"
    assert limit_of("requests") == f"{bounds.REQUESTS:,}"
    assert limit_of("frames") == f"{bounds.FRAMES}"
    assert limit_of("navigations of the top frame") == f"{bounds.NAVIGATIONS}"
    assert limit_of("memory of a renderer") == f"{watch.RENDERER_BYTES >> 30} GiB"
    heavy = "memory of a page that killed its renderer before, until its scripts are stopped"
    assert limit_of(heavy) == f"{watch.HEAVY_BYTES >> 20} MiB"
    assert limit_of("names that are remembered") == f"{resolver.MOST_KNOWN:,}"


def test_its_settings_exist_and_have_the_values_that_it_tells() -> None:
    for name in re.findall(r"MANTIS_[A-Z_]+", PAGE):
        assert hasattr(settings, name)
    assert limit_of("time of a visit, a second attempt included").endswith(
        f"{settings.MANTIS_VISIT_SECONDS:g} s"
    )
    every = limit_of("visits of a browser before it is replaced")
    assert every.endswith(f"{settings.MANTIS_VISITS_PER_BROWSER}")


def test_the_files_that_it_names_exist() -> None:
    named = re.findall(r"`((?:tests|browser|enrichment|docs)/[\w/.]+)`", PAGE)
    assert named
    places = [[ROOT / name, ROOT / "mantis_crawler" / name] for name in named]
    assert [name for name, both in zip(named, places, strict=True) if not any(map(Path.exists, both))] == []


def test_the_container_runs_as_a_user_without_rights() -> None:
    lines = [line for line in re.sub(r"\\\n", " ", CONTAINER).splitlines() if line and line[0] != "#"]
    words = [line.split(maxsplit=1)[0] for line in lines]
    known = {"FROM", "RUN", "COPY", "USER", "WORKDIR", "VOLUME", "ENTRYPOINT", "CMD"}
    assert set(words) <= known
    assert words[0] == "FROM"
    assert [line for line in lines if line.startswith("USER")] == ["USER mantis"]
    assert words.index("USER") < words.index("ENTRYPOINT")
    assert "no-sandbox" not in CONTAINER
    assert "ALLOW_NO_SANDBOX" not in CONTAINER
