"""The frames inside a page as they come and go."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from mantis_crawler.browser.chain import URL_LIMIT
from mantis_crawler.browser.line import Event, Line, Session
from mantis_crawler.items import Frame

REMOVED = 20
"""Frames that were gone before the page was looked at, and are named."""
READ = 10
"""Frames whose storage is read, one of each origin."""


@dataclass(slots=True)
class Inner:
    """What each frame showed last, by DevTools' id."""

    _top: str = ""
    """Origin of the page itself."""
    _urls: dict[str, str] = field(default_factory=dict)
    _homes: dict[str, Session] = field(default_factory=dict)
    """The session that tells of each."""
    _gone: list[str] = field(default_factory=list)
    """URLs of those that the page took away."""

    def listen(self, session: Session) -> None:
        """Take the events of a page, or of a frame in a process of its own."""
        session.on("Page.frameNavigated", lambda event: self._shows(session, event["frame"]))
        session.on("Page.frameDetached", lambda event: self._leaves(event))  # noqa: PLW0108 - Playwright marks the owner of a method

    def removed(self) -> tuple[Frame, ...]:
        """Return the frames that were taken away before anybody could look.

        What a server sent of them is in the HAR; what a script wrote into them is lost.
        """
        return tuple(Frame(kind="removed frame", url=url) for url in self._gone)

    def frames(self, page: Session, foreign: Iterable[Line]) -> list[tuple[str, str, Session]]:
        """Return id, URL and session of a frame of each origin that is there, the page's own left out."""
        living = {id(page), *(id(line) for line in foreign)}
        found: dict[str, tuple[str, str, Session]] = {}
        for frame, url in self._urls.items():
            home = self._homes[frame]
            if id(home) in living and _origin(url) not in {self._top, _origin("about:srcdoc")}:
                found.setdefault(_origin(url), (frame, url, home))
        return list(found.values())[:READ]

    def _shows(self, session: Session, frame: Event) -> None:
        own = isinstance(session, Line) and frame["id"] == session.target
        if not frame.get("parentId") and not own:
            self._top = _origin(frame["url"])
            self._urls.clear()
            self._homes.clear()
        elif frame["url"].startswith(("http:", "https:", "about:srcdoc")):
            self._urls[frame["id"]] = frame["url"][:URL_LIMIT]
            self._homes[frame["id"]] = session

    def _leaves(self, event: Event) -> None:
        if event.get("reason") == "swap":
            return
        url = self._urls.pop(event["frameId"], "")
        self._homes.pop(event["frameId"], None)
        if url and len(self._gone) < REMOVED:
            self._gone.append(url)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
