"""URLhaus of abuse.ch: hosts that served malware."""

from urllib.parse import urlencode

from mantis_crawler.items import Ask, Question, Threat
from mantis_crawler.providers.abusech import ABUSE_CH, GET_ONE
from mantis_crawler.providers.base import About, Call, Page, Provider, text
from mantis_crawler.providers.reading import failed, read_json, read_time


class UrlHaus(Provider):
    """Its own word counts (``query_status``), whatever HTTP says."""

    name = "urlhaus"
    about = About(
        title="URLhaus",
        gives="malware URLs on a host, and since when",
        costs="nothing; a free key",
        sends="the name or address, to abuse.ch",
        get=GET_ONE,
    )
    asks = frozenset((Ask.KNOWN_BAD,))
    hosts = ("urlhaus-api.abuse.ch",)
    keyed = ABUSE_CH
    rate = 5.0
    keeps = 6.0

    def call(self, question: Question) -> Call:
        """Ask for a host."""
        headers = (("Content-Type", "application/x-www-form-urlencoded"),)
        body = urlencode({"host": question.subject})
        return Call(url=f"https://{self.hosts[0]}/v1/host/", method="POST", body=body, headers=headers)

    def page(self, question: Question, call: Call, body: str, status: int) -> Page:  # noqa: ARG002 - the body tells
        """Read the URLs."""
        answer = read_json(body)
        state = text(answer, "query_status")
        if state == "no_results":
            return Page(total=0)
        if state != "ok":
            raise failed(state.replace("_", " ").replace("auth key", "api key") or "no query_status")
        found = tuple(
            Threat(value=text(row, "url"), kind=text(row, "threat"), first=read_time(text(row, "date_added")))
            for row in answer.get("urls") or ()
        )
        return Page(findings=found, total=len(found))
