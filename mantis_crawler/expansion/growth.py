"""Grows indicators into artifacts by pivots, within limits; each keeps its strongest path."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from math import prod

from mantis_crawler.expansion.base import Asker, Ground, Kind, Lead, Node, Pivot
from mantis_crawler.expansion.cut import Cut, CutReason, Cuts, Limits, tie
from mantis_crawler.expansion.direct import Direct
from mantis_crawler.items import (
    Artifact,
    Indicator,
    IndicatorType,
    Pap,
    Question,
    Reply,
    Role,
    Step,
    host_of,
)

_AT_ONCE = 32
"""Nodes that are asked about at the same time; how fast each provider is asked is the asker's matter."""
_PLACES = {Kind.ADDRESS: IndicatorType.IP, Kind.NAME: IndicatorType.HOST}


@dataclass(frozen=True, slots=True)
class _Path:
    """How a node was come by."""

    node: Node
    indicator: Indicator
    steps: tuple[Step, ...] = ()

    @property
    def strength(self) -> float:
        return prod(step.strength for step in self.steps)


@dataclass(frozen=True, slots=True)
class _Said:
    """A lead of one node by one pivot, and who said so."""

    lead: Lead
    provider: str


class Growth:
    """One expansion of one case's indicators.

    Args:
        asker: Who asks the providers.
        ground: What is known without asking.
        pivots: Which ways are gone.
        limits: How far.
        direct: What makes an artifact of a name or address.
    """

    def __init__(
        self, *, asker: Asker, ground: Ground, pivots: Sequence[Pivot], limits: Limits, direct: Direct
    ) -> None:
        self._asker, self._ground, self._pivots = asker, ground, tuple(pivots)
        self._limits, self._direct = limits, direct
        self._seeds: dict[Node, Indicator] = {}
        self._forbidden: set[str] = set()
        self._best: dict[Node, _Path] = {}
        self._ways: Counter[Node] = Counter()
        self._places = 0
        self._asked: dict[Question, asyncio.Task[tuple[Reply, ...]]] = {}
        self._book = Cuts()
        self.overlap: set[str] = set()
        """Indicators that other indicators led to."""
        self.questions: Counter[str] = Counter()
        """How often each kind of question was asked."""

    @property
    def cuts(self) -> tuple[Cut, ...]:
        """What was not followed, as far as it has grown."""
        return self._book.all

    async def grow(self, indicators: Iterable[Indicator]) -> None:
        """Follow every indicator as far as the limits allow."""
        front = self._start(indicators)
        for _ in range(self._limits.depth):
            front = await self._level(front)
        places = sum(any(pivot.question(path.node, 1) for pivot in self._pivots) for path in front)
        if places:
            self._book.note(CutReason.DEPTH, front[0].node.value, count=places)

    def artifacts(self) -> Iterator[Artifact]:
        """Yield what the indicators led to, in the order it was found; not the indicators themselves."""
        for node, path in self._best.items():
            if node.kind in _PLACES:
                yield self._artifact(path)

    def first_questions(self, indicators: Iterable[Indicator]) -> list[Question]:
        """Return what would be asked of the indicators themselves, each once: the sure part of the cost."""
        asked = (self._question(path, pivot) for path in self._start(indicators) for pivot in self._pivots)
        return [*dict.fromkeys(question for question in asked if question)]

    def _start(self, indicators: Iterable[Indicator]) -> list[_Path]:
        every = [(indicator, self._seed(indicator)) for indicator in indicators]
        for indicator, node in every:
            if indicator.pap is Pap.RED and node:
                self._forbidden.add(node.value)
        front: dict[Node, _Path] = {}
        for indicator, node in every:
            if node is None:
                self._book.note(CutReason.ROLE, indicator.value, detail=indicator.role)
                continue
            self._seeds.setdefault(node, indicator)
            if self._banned(node.value):
                self._book.note(CutReason.PAP, node.value, detail="PAP:RED")
            elif why := self._ground.common(node):
                self._book.note(CutReason.COMMON, node.value, detail=why)
            else:
                front.setdefault(node, _Path(node, indicator))
        return [*front.values()]

    def _seed(self, indicator: Indicator) -> Node | None:
        if indicator.role is Role.DEAD_DROP or indicator.type is IndicatorType.HASH:
            return None
        url = indicator.type is IndicatorType.URL
        host = host_of(indicator.value) if url else indicator.value
        if address := self._ground.address(host):
            return Node(kind=Kind.ADDRESS, value=address)
        return Node(kind=Kind.NAME, value=host, domain=self._ground.owned(host))

    def _banned(self, subject: str) -> bool:
        """Whether a value is PAP:RED, or lies below such a name."""
        labels = subject.split(".")
        return any(".".join(labels[place:]) in self._forbidden for place in range(len(labels)))

    async def _level(self, front: Sequence[_Path]) -> list[_Path]:
        """Pivot from each place of a level, through the registrants between; return the places found."""
        found: dict[Node, None] = {}
        while front:
            between: dict[Node, None] = {}
            todo = iter(front)
            while some := [*islice(todo, _AT_ONCE)]:
                for paths in await asyncio.gather(*map(self._followed, some)):
                    for path in paths:
                        if self._take(path):
                            (found if path.node.kind in _PLACES else between)[path.node] = None
            front = [self._best[node] for node in between]
        self._asked.clear()
        return [self._best[node] for node in found]

    def _take(self, path: _Path) -> bool:
        """Keep a path if it is the strongest to its node; return whether the node is new."""
        node = path.node
        if node in self._seeds:
            if path.steps[0].value != node.value:
                self.overlap.add(node.value)
            return False
        before = self._best.get(node)
        if before is None and node.kind in _PLACES:
            if self._places >= self._limits.total:
                self._book.note(CutReason.TOTAL, path.steps[-1].value, path.steps[-1].pivot)
                return False
            self._places += 1
        self._ways[node] += 1
        if before is None or path.strength > before.strength:
            self._best[node] = path
        return before is None

    async def _followed(self, path: _Path) -> list[_Path]:
        """Return all paths that go one step on from a node."""
        return [further for pivot in self._pivots for further in await self._pivoted(path, pivot)]

    async def _pivoted(self, path: _Path, pivot: Pivot) -> list[_Path]:
        question = self._question(path, pivot)
        if question is None:
            said = [_Said(lead, "") for lead in pivot.guesses(path.node)]
            return [*self._further(path, pivot, said, len(said))]
        replies = await self._ask(question)
        if not replies:
            self._book.note(CutReason.FAILURE, path.node.value, pivot.name, detail="no provider answers this")
        said = []
        for reply in replies:
            self._note(reply, path, pivot)
            said += [_Said(lead, reply.provider) for lead in pivot.leads(path.node, reply)]
        total = max((reply.total or 0 for reply in replies), default=0)
        return [*self._further(path, pivot, said, total)]

    def _question(self, path: _Path, pivot: Pivot) -> Question | None:
        question = pivot.question(path.node, self._limits.fan_out)
        if question and self._banned(question.subject):
            self._book.note(CutReason.PAP, question.subject, pivot.name, detail="PAP:RED")
            return None
        return question

    async def _ask(self, question: Question) -> tuple[Reply, ...]:
        if question not in self._asked:
            self.questions[question.ask] += 1
            self._asked[question] = asyncio.ensure_future(self._asker.ask(question))
        return await self._asked[question]

    def _note(self, reply: Reply, path: _Path, pivot: Pivot) -> None:
        """Write down what a reply lacks."""
        value, provider = path.node.value, reply.provider
        if reply.failure:
            detail = f"{reply.failure}: {reply.detail}" if reply.detail else reply.failure
            self._book.note(CutReason.FAILURE, value, pivot.name, provider, detail=detail)
        elif reply.cut:
            left = reply.total - len(reply.findings) if reply.total is not None else None
            self._book.note(CutReason.FAN_OUT, value, pivot.name, provider, count=left)

    def _further(self, path: _Path, pivot: Pivot, said: list[_Said], total: int) -> Iterator[_Path]:
        nodes: dict[Node, _Said] = {}
        for one in said:
            node = self._node(one.lead)
            if node is None:
                self._book.note(CutReason.INVALID, path.node.value, pivot.name, one.provider)
            elif node != path.node and (node not in nodes or one.lead.weight > nodes[node].lead.weight):
                nodes[node] = one
        fan_out = max(total, len(nodes), 1)
        if not nodes and total >= pivot.many:
            self._book.note(CutReason.WEAK, path.node.value, pivot.name, count=total)
        steps: dict[tuple[float, str], tuple[Step, ...]] = {}
        for node, one in nodes.items():
            key = (one.lead.weight, one.provider)
            if key not in steps:
                strength = tie(one.lead.weight, fan_out, pivot)
                step = Step(
                    pivot=pivot.name,
                    value=path.node.value,
                    strength=strength,
                    fan_out=fan_out,
                    provider=one.provider,
                )
                steps[key] = (*path.steps, step)
            further = _Path(node, path.indicator, steps[key])
            if self._worth(further):
                yield further

    def _worth(self, path: _Path) -> bool:
        """Whether to go on with a node; if not, that is written down."""
        step = path.steps[-1]
        if path.strength < self._limits.weakest:
            self._book.note(CutReason.WEAK, step.value, step.pivot)
            return False
        if why := self._ground.common(path.node):
            self._book.note(CutReason.COMMON, path.node.value, step.pivot, step.provider, detail=why)
            return False
        return True

    def _node(self, lead: Lead) -> Node | None:
        if lead.kind is Kind.ADDRESS:
            address = self._ground.address(lead.value)
            return Node(kind=Kind.ADDRESS, value=address) if address else None
        if lead.kind is Kind.NAME:
            name = self._ground.name(lead.value)
            return Node(kind=Kind.NAME, value=name, domain=self._ground.owned(name)) if name else None
        return Node(kind=lead.kind, value=lead.value)

    def _artifact(self, path: _Path) -> Artifact:
        """Return the artifact that the direct way makes of the found value, with its path."""
        found = replace(
            path.indicator, value=path.node.value, type=_PLACES[path.node.kind], role=Role.LANDING, context={}
        )
        (bare,) = self._direct.artifacts(found)
        return replace(bare, indicator=path.indicator, expansion=path.steps, ways=self._ways[path.node])
