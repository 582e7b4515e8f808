"""What a run has spent at the providers, and what it may still spend."""

from collections import defaultdict

from mantis_crawler.items import Failure
from mantis_crawler.providers.base import Call, Provider, ProviderError

_FREE = {Failure.REFUSED, Failure.NO_CREDIT, Failure.RATE, Failure.REJECTED}
"""Failures for which no provider charges."""


class Purse:
    """Credits of a run: taken out before a request is made, so that many at once do not pass the budget."""

    def __init__(self, budget: float) -> None:
        self.budget = budget
        self.spent: defaultdict[str, float] = defaultdict(float)
        """Credits by provider; what failed without a word may have been charged, and is counted."""

    def take(self, provider: Provider, call: Call) -> None:
        """Take out what a request costs.

        Raises:
            ProviderError: it would pass the budget.
        """
        if call.cost and sum(self.spent.values()) + call.cost > self.budget:
            what = f"{call.cost:g} more credits would pass the budget of {self.budget:g}"
            raise ProviderError(Failure.BUDGET, what)
        self.spent[provider.name] += call.cost

    def failed(self, provider: Provider, call: Call, error: ProviderError) -> None:
        """Put back what a request would have cost, where a failure is for nothing."""
        if error.failure in _FREE:
            self.spent[provider.name] -= call.cost
