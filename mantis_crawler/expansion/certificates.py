"""From a name to the names that stand on the same certificates, or below it."""

from collections.abc import Iterator

from mantis_crawler.expansion.base import Kind, Lead, Node, Pivot
from mantis_crawler.items import Ask, Logged, Question, Reply

_SHARED = 40
"""Names on one certificate from which on it is a hoster's or CDN's, with customers who know nothing of
each other (Let's Encrypt allows 100, Cloudflare's old shared ones held 30 to 90)."""


class Certificates(Pivot):
    """Certificate transparency logs: one certificate for two names had one owner of both keys."""

    name = "certificates"
    few = 50
    many = 5_000

    def question(self, node: Node, limit: int) -> Question | None:
        """Ask of what was registered: the logs are searched with all that is below."""
        if node.kind is not Kind.NAME or not node.domain:
            return None
        return Question(ask=Ask.CERTIFICATES, subject=node.domain, limit=limit, too_many=self.many)

    def leads(self, node: Node, reply: Reply) -> Iterator[Lead]:
        """Lead to each name once; a wildcard leads to the name that it hangs below."""
        seen: set[str] = set()
        for finding in reply.findings:
            if not isinstance(finding, Logged):
                continue
            for written in finding.names:
                name = written.strip().lower().removeprefix("*.")
                below = name == node.domain or name.endswith(f".{node.domain}")
                if name in seen or not (below or len(finding.names) < _SHARED):
                    continue
                seen.add(name)
                yield Lead(kind=Kind.NAME, value=name, weight=0.9 if below else 0.7)
