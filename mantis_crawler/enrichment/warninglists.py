"""What the warning lists say of a name and its addresses: who else would be harmed by a block."""

from typing import Any

from mantis_crawler.enrichment.addresses import addresses_of
from mantis_crawler.enrichment.base import Enricher, EnrichmentError
from mantis_crawler.enrichment.lists import (
    BANKS,
    BIOS,
    HOSTING,
    POPULAR,
    SHORTENERS,
    is_parking,
    is_parking_alias,
    is_shared,
    is_sinkhole,
    lists_of_address,
    lists_of_name,
    registrable,
    suffix_of,
)
from mantis_crawler.enrichment.veto import veto
from mantis_crawler.items import Record


class WarningLists(Enricher):
    """Looks an artifact up in MISP's warning lists and the public suffix list; asks no network.

    The fact ``veto`` tells the exports why the name must not be blocked; empty if nothing speaks
    against it. Where the fact is missing, nobody looked, and the name must not be blocked either.
    """

    name = "warninglists"

    async def facts(self, record: Record) -> dict[str, Any]:
        """Return the lists that hold the artifact's name or addresses, and what follows from them.

        Raises:
            EnrichmentError: the artifact has no host, or a list is not installed.
        """
        host = record.artifact.host
        if not host:
            raise EnrichmentError("the artifact has no host")
        try:
            return {**_of_name(host), **_of_addresses(record)}
        except LookupError as error:
            raise EnrichmentError(str(error)) from error


def _of_name(host: str) -> dict[str, Any]:
    lists = lists_of_name(host)
    suffix, kind = suffix_of(host)
    return {
        "lists": list(lists),
        "popular": _any(lists, POPULAR),
        "shortener": _any(lists, SHORTENERS),
        "link_in_bio": _any(lists, BIOS),
        "trusted_service": _any(lists, HOSTING),
        "bank": _any(lists, BANKS),
        "dynamic_dns": kind == "dynamic_dns",
        "suffix": suffix,
        "suffix_kind": kind,
        "registrable": registrable(host),
        "veto": veto(host) or "",
    }


def _of_addresses(record: Record) -> dict[str, Any]:
    addresses = addresses_of(record)
    listed = {address: list(lists_of_address(address)) for address in addresses}
    aliases = record.resolution.aliases if record.resolution else ()
    return {
        "address_lists": {address: lists for address, lists in listed.items() if lists},
        "shared_address": any(is_shared(address) for address in addresses),
        "sinkhole": any(is_sinkhole(address) for address in addresses),
        "parking": any(map(is_parking, addresses)) or any(map(is_parking_alias, aliases)),
    }


def _any(lists: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return not set(lists).isdisjoint(wanted)
