"""What every pivot promises, and what it is asked with.

A pivot is pure: for a node it says which question it has, and from a reply it says where that leads. It
knows no provider, no key and no price. Who asks is an `Asker` (`mantis_crawler.spiders.asker.Asker`); who
grows indicators into artifacts, within limits, is `mantis_crawler.expansion.growth`.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from mantis_crawler.items import Question, Reply


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
    domain: str = ""
    """Of a name: what its owner registered, such as ``evil.com`` of ``a.evil.com``; empty of a suffix."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """Where a pivot leads."""

    kind: Kind
    value: str
    """As the provider wrote it: whether it is a name at all is not the pivot's matter."""
    weight: float
    """What ties it to where it came from, from 0 to 1, if it were the only one."""


class Pivot(ABC):
    """Leads from nodes to others, mostly by what a third party knows."""

    name: str
    on: bool = True
    """Whether it is used without being asked for."""
    few: int = 10
    """So many leads from one node tie as much as one."""
    many: int = 10_000
    """So many leads from one node tie nothing; in between it falls with the logarithm."""

    @abstractmethod
    def question(self, node: Node, limit: int) -> Question | None:
        """Return what to ask of a node, for so many findings; `None` if nothing is to be asked there."""

    def leads(self, node: Node, reply: Reply) -> Iterator[Lead]:  # noqa: ARG002 - others use them
        """Yield where a reply leads, in the provider's order."""
        return iter(())

    def guesses(self, node: Node) -> Iterator[Lead]:  # noqa: ARG002 - others use it
        """Yield where a node leads without asking anybody."""
        return iter(())


class Asker(Protocol):
    """Asks all providers that answer a question."""

    async def ask(self, question: Question) -> tuple[Reply, ...]:
        """Return one reply a provider. Never raises: a failure is a reply with its reason.

        Empty if no provider answers such a question.
        """

    def price(self, question: Question) -> dict[str, float]:
        """Return what asking would cost, in credits by provider; what is cached costs nothing."""


class Ground(Protocol):
    """What is known of names and addresses without asking anybody."""

    def name(self, text: str) -> str:
        """Return a public host name's normal form; empty if the text is none."""

    def address(self, text: str) -> str:
        """Return a public address's normal form; empty if the text is none."""

    def owned(self, name: str) -> str:
        """Return the part of a name that its owner registered; empty if it is a suffix for many."""

    def common(self, node: Node) -> str:
        """Return why a node belongs to too many to lead anywhere, such as its list; empty if not."""
