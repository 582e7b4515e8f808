"""ThreatFox of abuse.ch: indicators that others have reported."""

import json

from mantis_crawler.items import Ask, Question, Threat
from mantis_crawler.providers.abusech import ABUSE_CH, GET_ONE
from mantis_crawler.providers.base import About, Call, Page, Provider, text
from mantis_crawler.providers.reading import failed, read_json, read_time


class ThreatFox(Provider):
    """Its own word counts (``query_status``), whatever HTTP says."""

    name = "threatfox"
    about = About(
        title="ThreatFox",
        gives="the malware family that a name or address belongs to, and since when",
        costs="nothing; a free key",
        sends="the name or address, to abuse.ch",
        get=GET_ONE,
    )
    asks = frozenset((Ask.KNOWN_BAD,))
    hosts = ("threatfox-api.abuse.ch",)
    keyed = ABUSE_CH
    rate = 5.0
    keeps = 6.0

    def call(self, question: Question) -> Call:
        """Ask for the exact value."""
        body = json.dumps({"query": "search_ioc", "search_term": question.subject, "exact_match": True})
        headers = (("Content-Type", "application/json"),)
        return Call(url=f"https://{self.hosts[0]}/api/v1/", method="POST", body=body, headers=headers)

    def page(self, question: Question, call: Call, body: str, status: int) -> Page:  # noqa: ARG002 - the body tells
        """Read the indicators."""
        answer = read_json(body)
        state = text(answer, "query_status")
        if state == "no_result":
            return Page(total=0)
        if state != "ok":
            raise failed(state.replace("_", " ").replace("auth key", "api key") or "no query_status")
        rows = answer.get("data")
        found = tuple(
            Threat(
                value=text(row, "ioc"),
                kind=text(row, "malware_printable", "threat_type"),
                first=read_time(text(row, "first_seen")),
                last=read_time(text(row, "last_seen")),
            )
            for row in (rows if isinstance(rows, list) else ())
        )
        return Page(findings=found, total=len(found))
