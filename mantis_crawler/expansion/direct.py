"""No pivot at all: the indicator itself is worth the visit."""

from collections.abc import Iterator

from mantis_crawler.items import Artifact, Hold, Indicator, IndicatorType, Role, host_of, opened

WEB = {"80": "http", "443": "https"}
"""Ports of pages; a bare address with another one is a channel of malware's own (research on
Roaming Mantis: 28833-28999, 6666, 38866 are web sockets of the C2)."""
_HELD = {Role.C2: Hold.C2, Role.DEAD_DROP: Hold.DEAD_DROP}


class Direct:
    """Makes one artifact of each indicator, held where a visit would be wrong.

    Args:
        visit_addresses: Whether bare addresses are visited, as ``http://ADDRESS/``.
    """

    def __init__(self, *, visit_addresses: bool = True) -> None:
        self._visit_addresses = visit_addresses

    def artifacts(self, indicator: Indicator) -> Iterator[Artifact]:
        """Yield exactly one artifact."""
        url = _on_port(indicator, opened(indicator.value, indicator.type))
        yield Artifact(
            url=url,
            host=host_of(url) if url else "",
            indicator=indicator,
            hold=self._hold(indicator, url),
            country=indicator.country,
        )

    def _hold(self, indicator: Indicator, url: str | None) -> Hold | None:
        """Return why not to visit; what the feed said of its role goes before what the tool can do."""
        if url is None:
            return Hold.HASH
        if indicator.role in _HELD:
            return _HELD[indicator.role]
        if not url.startswith(("http://", "https://")):
            return Hold.SCHEME
        if _port(indicator) not in {"", *WEB}:
            return Hold.PORT
        if indicator.type is IndicatorType.IP and not self._visit_addresses:
            return Hold.ADDRESS
        return None


def _port(indicator: Indicator) -> str:
    """The port that a bare address or name was written with; a URL keeps its own."""
    bare = indicator.type in {IndicatorType.IP, IndicatorType.HOST}
    return indicator.context.get("port", "") if bare else ""


def _on_port(indicator: Indicator, url: str | None) -> str | None:
    port = _port(indicator)
    if url is None or port in {"", "80"}:
        return url
    if port in WEB:
        return url.replace("http://", f"{WEB[port]}://", 1)
    return f"{url.removesuffix('/')}:{port}/"
