"""What every pivot promises, and what it is asked with.

A pivot is pure: for a node it says which questions it has, and from their replies it says where they
lead. It knows no provider. Who asks is an `Asker` (`mantis_crawler.spiders.asker.Asker`); who grows nodes
into artifacts, within limits, is `mantis_crawler.expansion.growth`.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from mantis_crawler.items import Ask, Question, Reply


class Kind(StrEnum):
    """What a node is."""

    ADDRESS = "address"
    NAME = "name"
    """A host name or domain, in A-labels."""
    EMAIL = "email"
    """Of a registrant, in lower case."""
    PERSON = "person"
    """A registrant's name or organization, in lower case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A value that pivots start from, or lead to."""

    kind: Kind
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """Where a reply leads."""

    node: Node
    weight: float = 1.0
    """What ties it to where it came from, from 0 to 1, before fan-out is counted."""


class Pivot(ABC):
    """Leads from nodes to others by what a third party knows."""

    name: str
    ask: Ask | None
    """What it asks; `None` if it works without asking anybody."""
    on: bool = True
    """Whether it is used without being asked for."""

    @abstractmethod
    def question(self, node: Node) -> Question | None:
        """Return what to ask of a node; `None` if this pivot does not start there."""

    @abstractmethod
    def leads(self, node: Node, reply: Reply) -> Iterator[Lead]:
        """Yield where a reply leads, in the provider's order; what is no name or address is left out."""


class Asker(Protocol):
    """Asks all providers that answer a question."""

    async def ask(self, question: Question) -> tuple[Reply, ...]:
        """Return one reply a provider. Never raises: a failure is a reply with its reason.

        Empty if no provider answers such a question.
        """

    def price(self, question: Question) -> dict[str, float]:
        """Return what asking would cost, in credits by provider; what is cached costs nothing."""
