"""A provider is one file: dropped onto the shelf, it is asked, kept, paced, priced and documented."""

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mantis_crawler import providers
from mantis_crawler.catalog import discover
from mantis_crawler.items import Ask, Place, Question
from mantis_crawler.providers.answers import Answers
from mantis_crawler.providers.base import Call, Provider
from mantis_crawler.providers.keys import Keys
from mantis_crawler.spiders.asker import Asker
from mantis_crawler.spiders.pace import Got, Paced
from mantis_crawler.spiders.purse import Purse
from tests.providers.test_docs import row

FILE = '''
"""A made-up provider."""

from mantis_crawler.items import Ask, Place
from mantis_crawler.providers.base import About, Call, Keyed, KeyPlace, Page, Provider, member
from mantis_crawler.providers.reading import read_json


class Atlas(Provider):
    name = "dropped"
    about = About("Atlas", "country of an address", "2 credits", "the address", "a key is had there")
    asks = frozenset((Ask.PLACE,))
    hosts = ("atlas.example.com",)
    keyed = Keyed(key="atlas", place=KeyPlace.QUERY, field="token")

    def call(self, question):
        return Call(url=f"https://{self.hosts[0]}/{question.subject}", cost=2)

    def page(self, question, call, body, status):
        country = member(read_json(body), "country", str)
        return Page(findings=(Place(address=question.subject, country=country),), total=1)
'''
DATA = '{"country": "is"}'


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Provider]]:
    (tmp_path / "dropped.py").write_text(FILE, "utf-8")
    monkeypatch.setattr(providers, "__path__", [*providers.__path__, str(tmp_path)])
    yield discover(providers, Provider)  # type: ignore[type-abstract]
    sys.modules.pop("mantis_crawler.providers.dropped", None)


def test_a_dropped_file_is_asked_with_its_test_data(shelf: dict[str, Provider]) -> None:
    sent: list[Call] = []

    async def send(_provider: Provider, call: Call) -> Got:
        sent.append(call)
        return Got(200, DATA)

    asker = Asker(
        line=Paced(send, paced=False),
        shelf=[*shelf.values()],
        keys=Keys({"atlas": "secret"}),
        answers=Answers(None),
        purse=Purse(100),
    )
    question = Question(ask=Ask.PLACE, subject="5.6.7.8")
    assert asker.price(question) == {"dropped": 2}
    for _ in range(2):
        replies = {reply.provider: reply for reply in asyncio.run(asker.ask(question))}
        assert replies["dropped"].findings == (Place(address="5.6.7.8", country="is"),)
    assert len(sent) == 1
    assert dict(asker.spent) == {"dropped": 2}
    assert "`MANTIS_KEY_ATLAS`; a key is had there" in row(shelf["dropped"])
