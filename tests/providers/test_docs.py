"""docs/providers.md says of each provider what it is."""

from pathlib import Path

from mantis_crawler import providers
from mantis_crawler.catalog import discover
from mantis_crawler.providers.base import Provider

DOCS = Path(__file__).parents[2] / "docs" / "providers.md"


def row(provider: Provider) -> str:
    about = provider.about
    key = f"`MANTIS_KEY_{provider.keyed.key.upper()}`; {about.get}" if provider.keyed.key else "nothing"
    cells = (f"{about.title} (`{provider.name}`)", about.gives, key, about.costs, about.sends)
    pace = f"{provider.rate:g} a second" if provider.rate else "never"
    return f"| {' | '.join((*cells, pace))} |"


def test_each_provider_has_its_row_and_there_is_no_other() -> None:
    shelf = discover(providers, Provider)  # type: ignore[type-abstract]
    table = DOCS.read_text("utf-8").split("\n## ")[0]
    written = [line for line in table.splitlines() if line.startswith("| ")]
    assert written[2:] == [row(provider) for provider in shelf.values()]
