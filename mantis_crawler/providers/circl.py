"""CIRCL's passive DNS, in the common output format."""

from urllib.parse import quote

from mantis_crawler.items import Ask, Question, Sight
from mantis_crawler.providers.base import About, Call, Keyed, KeyPlace, Page, Provider, text, unreadable
from mantis_crawler.providers.reading import read_lines, read_time

_HEADERS = (("dribble-disable-active-query", "1"),)
"""Or CIRCL asks the name's own servers itself, where the operators would see it."""


class Circl(Provider):
    """Passive DNS for partners of CIRCL."""

    name = "circl"
    about = About(
        title="CIRCL passive DNS",
        gives="names at an address and addresses of a name, first and last seen",
        costs="nothing, for those to whom CIRCL gives an account",
        sends="the name or address, to CIRCL; active queries are switched off",
        get="an account is had from CIRCL; the key is user:password",
    )
    asks = frozenset((Ask.NAMES_AT, Ask.ADDRESSES_OF))
    hosts = ("www.circl.lu",)
    keyed = Keyed(key="circl", place=KeyPlace.BASIC)
    rate = 2.0
    statuses = frozenset((200, 404))

    def call(self, question: Question) -> Call:
        """Ask for a name or an address alike."""
        return Call(
            url=f"https://{self.hosts[0]}/pdns/query/{quote(question.subject, safe='')}", headers=_HEADERS
        )

    def page(self, question: Question, call: Call, body: str, status: int) -> Page:  # noqa: ARG002 - one request
        """Read the lines; 404 says that there is none."""
        if status == 404:
            return Page(total=0)
        rows = [*read_lines(body)]
        if not all(text(row, "rrname") for row in rows):
            raise unreadable("its answer is not in the common output format")
        return Page(findings=tuple(sights(question, rows)))


def sights(question: Question, rows: list[object]) -> list[Sight]:
    """Return what rows of the common output format say of addresses; ``rdata`` is a text or a list."""
    found: dict[str, Sight] = {}
    for row in rows:
        if not isinstance(row, dict) or text(row, "rrtype").upper() not in {"A", "AAAA"}:
            continue
        data = row.get("rdata")
        values = [text(row, "rrname")] if question.ask is Ask.NAMES_AT else data
        first, last = read_time(row.get("time_first")), read_time(row.get("time_last"))
        for value in [values] if isinstance(values, str) else values or ():
            if isinstance(value, str) and value:
                found.setdefault(value, Sight(value=value.removesuffix("."), first=first, last=last))
    return [*found.values()]
