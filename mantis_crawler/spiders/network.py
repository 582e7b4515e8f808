"""The run's way to the network: resolver, gateway, and the lab behind them where there is one."""

from dataclasses import dataclass
from typing import Self

from scrapy.settings import BaseSettings

from mantis_crawler.browser.gateway import Gateway, straight
from mantis_crawler.browser.held import Held
from mantis_crawler.enrichment.lists import is_sinkhole
from mantis_crawler.enrichment.names import Names
from mantis_crawler.enrichment.resolver import Resolver
from mantis_crawler.lab import Lab
from mantis_crawler.spiders.gear import RESOLVERS, SECOND_RESOLVERS, exit_check, name_servers
from mantis_crawler.spiders.plan import Plan


@dataclass(slots=True, kw_only=True)
class Network:
    """Opened when the spider starts, closed when the engine stops."""

    resolver: Resolver
    names: Names
    """What enrichment asks the DNS."""
    gateway: Gateway
    lab: Lab | None

    @classmethod
    async def open(cls, plan: Plan, settings: BaseSettings) -> Self:
        """Start the lab if the plan wants it, and what leads to it or to the internet."""
        lab = await Lab.start(plan.lab_seed) if plan.lab_seed is not None else None
        servers = [lab.dns] if lab else name_servers(settings, RESOLVERS)
        second = [lab.second_dns] if lab else name_servers(settings, SECOND_RESOLVERS)
        resolver = Resolver(servers or None, sinkholes=is_sinkhole)
        gateway = Gateway(
            resolver,
            route=lab.route if lab else straight,
            exits=plan.exits,
            exit_check=None if lab else exit_check(settings),
            held=Held(plan.held),
        )
        names = Names(servers or None, second or None, sinkholes=is_sinkhole)
        return cls(resolver=resolver, names=names, gateway=gateway, lab=lab)

    async def close(self) -> None:
        """Let go of all of it."""
        await self.names.close()
        await self.resolver.close()
        if self.lab is not None:
            await self.lab.close()
