"""From a name with a number in it to the same name with the numbers beside it."""

import re
from collections.abc import Iterator

from mantis_crawler.expansion.base import Kind, Lead, Node, Pivot
from mantis_crawler.items import Question

_BESIDE = 5
"""Numbers to each side."""
_NUMBER = re.compile(r"(?<!\d)\d{1,4}(?!\d)")


class SamePattern(Pivot):
    """Names that a list of registrations would go on with: ``com-ic1.top`` leads to ``com-ic2.top``.

    A guess, so off unless asked for: whether such a name is alive is seen when it is resolved.
    """

    name = "same_pattern"
    on = False
    few = 2 * _BESIDE
    many = 1_000

    def question(self, node: Node, limit: int) -> Question | None:  # noqa: ARG002 - it asks nobody
        """Ask nobody."""
        return None

    def guesses(self, node: Node) -> Iterator[Lead]:
        """Lead to the names beside, by the last number of what was registered."""
        label = node.domain.partition(".")[0]
        numbers = [*_NUMBER.finditer(label)]
        if node.kind is not Kind.NAME or not numbers or label.startswith("xn--"):
            return
        found = numbers[-1]
        place = node.value.rindex(node.domain)
        head, tail = node.value[:place] + label[: found.start()], node.domain[found.end() :]
        own, width = int(found[0]), len(found[0])
        for number in range(max(0, own - _BESIDE), own + _BESIDE + 1):
            if number != own:
                yield Lead(kind=Kind.NAME, value=f"{head}{number:0{width}}{tail}", weight=0.3)
