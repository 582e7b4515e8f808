"""Pages for tests of detectors and judge: from HTML alone, or with the facts of a visit."""

from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from mantis_crawler import catalog, detectors
from mantis_crawler.detectors.base import Detector
from mantis_crawler.items import Dialog, Download, Page, Verdict
from mantis_crawler.judge import judge, see
from tests.builders import a_visit

CORPUS = Path(__file__).parents[1] / "corpus"
DETECTORS = catalog.discover(detectors, Detector)  # type: ignore[type-abstract]
CLASSES = {detector.content_class.name: detector.content_class for detector in DETECTORS.values()}


def visible(html: str) -> tuple[str, str]:
    """Title and the text that a person would see, without a browser."""
    tree = LexborHTMLParser(html)
    title = tree.css_first("title")
    named = title.text().strip() if title else ""
    tree.strip_tags(["script", "style", "noscript", "template", "head"])
    for node in tree.css("[hidden], [style*='display:none'], [style*='display: none']"):
        if node.tag not in {"html", "body"}:
            node.decompose()
    text = tree.body.text(separator=" ") if tree.body else ""
    return named, " ".join(text.split())


def a_page(html: str = "", **kw: Any) -> Page:
    """A page that loaded; ``text`` overrides what is seen, the rest goes to the visit."""
    title, seen = visible(html)
    text = kw.pop("text", seen)
    url = kw.pop("url", "https://site.example/")
    visit = a_visit(**({"url": url, "final_url": url, "title": title} | kw))
    return Page(visit=visit, html=html, text=text)


def a_file(name: str = "orqxpsxrmr.apk", type: str = "apk") -> Download:  # noqa: A002 - the field's name
    return Download(url=f"http://host.example/{name}", name=name, sha256="0" * 64, size=9, type=type)


def an_alert(text: str) -> Dialog:
    return Dialog(kind="alert", text=text, order=0, url="http://host.example/")


def verdict_on(page: Page) -> Verdict:
    return judge(see(page, DETECTORS.values()), CLASSES)


def suspicions(page: Page) -> list[str]:
    return [signal.reason for signal in DETECTORS["suspicion"].signals(page)]
