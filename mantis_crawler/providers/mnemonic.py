"""Mnemonic's passive DNS: what names led to, seen from the outside."""

from urllib.parse import quote

from mantis_crawler.items import Ask, Failure, Question, Sight
from mantis_crawler.providers.base import About, Call, Page, Provider, ProviderError, member, text
from mantis_crawler.providers.reading import read_json, read_time

_LIMIT = 1000


class Mnemonic(Provider):
    """Free and without a key for the public part; one page, which says how many there are."""

    name = "mnemonic"
    about = About(
        title="Mnemonic passive DNS",
        gives="names at an address and addresses of a name, first and last seen; 1,000 at the most",
        costs="nothing",
        sends="the name or address, to Mnemonic",
    )
    asks = frozenset((Ask.NAMES_AT, Ask.ADDRESSES_OF))
    hosts = ("api.mnemonic.no",)
    rate = 1.0

    def call(self, question: Question) -> Call:
        """Ask for a name or an address alike."""
        subject = quote(question.subject, safe="")
        return Call(url=f"https://{self.hosts[0]}/pdns/v3/{subject}?limit={_LIMIT}")

    def page(self, question: Question, call: Call, body: str, status: int) -> Page:  # noqa: ARG002 - the body tells
        """Read the rows; its own code counts, whatever HTTP says."""
        answer = read_json(body)
        code = member(answer, "responseCode", int)
        if code == 402:
            raise ProviderError(Failure.NO_CREDIT, "its quota for those without an account is used up")
        if code != 200:
            raise self.refusal(code, body)
        rows = [row for row in member(answer, "data", list) if isinstance(row, dict)]
        at_address = question.ask is Ask.NAMES_AT
        found = tuple(
            Sight(
                value=text(row, "query" if at_address else "answer"),
                first=read_time(row.get("firstSeenTimestamp")),
                last=read_time(row.get("lastSeenTimestamp")),
            )
            for row in rows
            if text(row, "rrtype").lower() in {"a", "aaaa"}
        )
        total = answer.get("count")
        more = isinstance(total, int) and total > len(rows)
        return Page(findings=found, total=total if more else len(found), cut=more)
