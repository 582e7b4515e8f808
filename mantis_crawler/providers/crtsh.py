"""crt.sh: the certificates of the transparency logs that name a domain or what is below it."""

from urllib.parse import urlencode

from mantis_crawler.items import Ask, Logged, Question
from mantis_crawler.providers.base import About, Call, Page, Provider, text, unreadable
from mantis_crawler.providers.reading import read_json, read_time


class CrtSh(Provider):
    """Free; slow and often overloaded, so it is asked seldom and its answers are kept for long."""

    name = "crtsh"
    about = About(
        title="crt.sh",
        gives="certificates for a domain and all below it, with every name on them",
        costs="nothing",
        sends="the domain, to Sectigo, who runs it",
    )
    asks = frozenset((Ask.CERTIFICATES,))
    hosts = ("crt.sh",)
    rate = 1.0
    keeps = 168.0

    def call(self, question: Question) -> Call:
        """Ask for the domain and all below it."""
        query = urlencode({"q": f"%.{question.subject}", "output": "json"})
        return Call(url=f"https://crt.sh/?{query}")

    def page(self, question: Question, call: Call, body: str, status: int) -> Page:  # noqa: ARG002 - the body tells
        """Read all certificates: there is one page."""
        rows = read_json(body)
        if not isinstance(rows, list):
            raise unreadable("its answer is no list")
        found = tuple(
            Logged(
                names=tuple(dict.fromkeys(text(row, "name_value").lower().split())),
                id=text(row, "serial_number") or str(row.get("id", "")),
                issuer=text(row, "issuer_name"),
                first=read_time(text(row, "not_before")),
                last=read_time(text(row, "not_after")),
            )
            for row in rows
            if isinstance(row, dict)
        )
        return Page(findings=found, total=len(found))
