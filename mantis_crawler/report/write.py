"""Writes the case report: one page without a script, its thumbnails, and ways to the evidence."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from mantis_crawler.exports.figures import Figures
from mantis_crawler.items import Record
from mantis_crawler.report import text
from mantis_crawler.report.card import make_card
from mantis_crawler.report.facts import RunFacts
from mantis_crawler.report.gallery import Gallery
from mantis_crawler.report.palette import colour
from mantis_crawler.report.sections import Section, Sections, content_class, detail, divide, outcome
from mantis_crawler.store import CaptureStore

CARDS = 300
"""Cards of a section."""
ROWS = 2000
"""Rows of a table."""
ENGINES = {"chromium": "Chromium", "webkit": "WebKit"}
TEXT = 4000
"""Characters of any text, whatever the template forgets."""


def write_report(
    records: Iterable[Record],
    folder: Path,
    *,
    store: CaptureStore,
    facts: RunFacts,
    cards: int = CARDS,
    rows: int = ROWS,
) -> Path:
    """Write ``folder/report/index.html`` with its thumbnails and return its path.

    Records are read once; of each section no more than *cards* cards (or *rows* rows) are shown
    and kept in memory.

    Raises:
        OSError: the folder cannot be written.
    """
    report = folder / "report"
    report.mkdir(parents=True, exist_ok=True)
    figures = Figures()
    sections = divide(figures.through(records), cards=cards, rows=rows)
    gallery = Gallery(store, report)
    gallery.fill(chain.from_iterable(section.records for section in _with_pictures(sections)))
    page = report / "index.html"
    part = page.with_suffix(".part")
    with part.open("w", encoding="utf-8", newline="\n") as file:
        template = _environment().get_template("index.html.jinja")
        file.writelines(template.generate(**_view(sections, figures, gallery, facts)))
    part.replace(page)
    return page


def _with_pictures(sections: Sections) -> Iterable[Section]:
    return (sections.lures, sections.suspicious, *sections.pages.values())


def _view(sections: Sections, figures: Figures, gallery: Gallery, facts: RunFacts) -> Mapping[str, Any]:
    return {
        "facts": facts,
        "all": sections,
        "case": figures.plain() if figures.grown.whole.count else None,
        "card": lambda record: make_card(record, gallery, facts.devices),
        "browser": facts.browser or ", ".join(sorted(+sections.browsers)),
        "notes": (*_borrowed(sections, facts), *facts.notes),
    }


def _borrowed(sections: Sections, facts: RunFacts) -> Iterator[str]:
    """Yield a note for each profile that was worn on another engine than the device's own."""
    own = {device.name: device for device in facts.devices}
    for (name, profile, browser), count in sorted(sections.profiles.items()):
        device = own.get(name)
        visits = f"{count} visit{'' if count == 1 else 's'}"
        if device is None:
            yield f"{name}: {profile} ({visits})."
        elif not browser.lower().startswith(device.engine):
            engine = ENGINES.get(device.engine, device.engine)
            yield (
                f"{device.label} was worn as {profile} ({visits}). The real device runs {engine}: "
                "a site that looks closely may show it other things."
            )


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("mantis_crawler", "report"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_last_look,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "address": text.address,
        "clean": text.clean,
        "prose": text.prose,
        "host_of": text.host_of,
        "size": text.size,
        "moment": text.moment,
        "duration": text.duration,
        "words": text.words,
        "colour": colour,
    }
    environment.globals |= {"detail": detail, "outcome": outcome, "content_class": content_class}
    return environment


def _last_look(value: Any) -> Any:
    """Make what hides in any text visible, also where the template names no filter."""
    return text.clean(value, TEXT) if isinstance(value, str) and not isinstance(value, Markup) else value
