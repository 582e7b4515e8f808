"""The bench: local pages that look at a phone as a site would, and a table of what a real one shows."""

from mantis_crawler.lab.phones.bench import Bench
from mantis_crawler.lab.phones.session import Asked, Session

__all__ = ["Asked", "Bench", "Session"]
