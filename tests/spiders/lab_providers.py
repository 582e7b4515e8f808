"""The lab's providers behind the real wire, with sockets alone left out; and questions that they answer."""

from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from scrapy.http import Request as Sent

from mantis_crawler import providers
from mantis_crawler.catalog import discover
from mantis_crawler.items import Ask, Failure, Question
from mantis_crawler.lab import whois
from mantis_crawler.lab.providers import services
from mantis_crawler.lab.site import Request
from mantis_crawler.lab.world import World
from mantis_crawler.middlewares.wire import on_wire
from mantis_crawler.providers.answers import Answers
from mantis_crawler.providers.base import SCHEME, Call, Provider, ProviderError
from mantis_crawler.providers.keys import Keys
from mantis_crawler.spiders.asker import Asker
from mantis_crawler.spiders.pace import Got, Paced, Send
from mantis_crawler.spiders.purse import Purse

SHELF: dict[str, Provider] = discover(providers, Provider)  # type: ignore[type-abstract]
WORLD = World(1)
CASE = WORLD.case
EMAIL = CASE.registrant[1]
KEYS = ("whoisxml", "circl", "dnsdb", "abusech", "safebrowsing")
ANSWERED = {
    Ask.NAMES_AT: CASE.addresses[0],
    Ask.ADDRESSES_OF: CASE.hosts[0],
    Ask.REGISTRATION: CASE.domains[0],
    Ask.REGISTRATIONS: CASE.domains[0],
    Ask.REGISTERED_BY: EMAIL,
    Ask.CERTIFICATES: CASE.domains[1],
    Ask.KNOWN_BAD: CASE.domains[0],
    Ask.KNOWN_BAD_URL: f"http://{CASE.hosts[0]}/",
    Ask.PLACE: CASE.addresses[0],
    Ask.PLACES: " ".join(CASE.addresses[:3]),
    Ask.RECORDS: CASE.hosts[0],
    Ask.REPUTATION: CASE.hosts[0],
    Ask.CATEGORIES: CASE.hosts[0],
    Ask.PICTURE: f"http://{CASE.hosts[0]}/",
}
"""What the lab knows something about, by the kind of question."""


def a_question(provider: Provider) -> Question:
    """Return one that the lab's stand-in of a provider has findings for."""
    ask = max(provider.asks)  # those who know names at an address have more there
    return Question(ask=ask, subject=CASE.addresses[0] if provider.name == "urlhaus" else ANSWERED[ask])


class Lab:
    """The lab's providers, and what they were asked."""

    def __init__(self, key: str = "lab-good:secret", **given: str) -> None:
        self.keys = Keys(dict.fromkeys(KEYS, key) | given)
        self.services = services(WORLD)
        self.calls: list[tuple[str, Call]] = []

    async def send(self, provider: Provider, call: Call) -> Got:
        self.calls.append((provider.name, call))
        if call.url.startswith("whois://"):
            return self._whois(call)
        url = call.url.replace("https://", f"{SCHEME}://", 1)
        bare = Sent(url, method=call.method, body=call.body, headers=dict(call.headers))
        sent = on_wire(bare, provider.keyed, self.keys, 8080)
        assert sent.url.startswith("http://127.0.0.1:8080/")
        parts = urlsplit(sent.url)
        host = (sent.headers[b"Host"] or b"").decode()
        asked = Request(
            method=sent.method,
            scheme="http",
            host=host,
            path=parts.path,
            query=parts.query,
            headers={name.decode().lower(): value[0].decode() for name, value in sent.headers.items()},
            count=1,
            body=sent.body.decode(),
        )
        reply = self.services[host](asked)
        return Got(reply.status, call.decoded(reply.body), reply.headers.get("Retry-After", ""))

    @staticmethod
    def _whois(call: Call) -> Got:
        parts = urlsplit(call.url)
        body = whois.answer(WORLD, parts.netloc, unquote(parts.path[1:]))
        if body is None:
            raise ProviderError(Failure.UNREACHABLE, "no answer came")
        return Got(200, call.decoded(body))

    def asker(
        self,
        *names: str,
        answers: Answers | None = None,
        budget: float = 1000.0,
        send: Send | None = None,
    ) -> Asker:
        shelf: Sequence[Provider] = [SHELF[name] for name in names or SHELF]
        kept = answers or Answers(None)
        return Asker(
            line=Paced(send or self.send, paced=False, first_wait=0),
            shelf=shelf,
            keys=self.keys,
            answers=kept,
            purse=Purse(budget),
        )

    def modes(self) -> list[str]:
        return [call.step for _, call in self.calls]

    @property
    def paid(self) -> list[str]:
        """Who was asked for what costs something."""
        return [name for name, call in self.calls if call.cost]
