"""What stands inside a page and its DOM does not show: frames of any site, and shadow trees."""

import asyncio
from collections.abc import Iterable, Iterator

from mantis_crawler.browser.keeper import Keeper
from mantis_crawler.browser.line import Line, Session, ask
from mantis_crawler.browser.snapshot import STYLES, Tree, trees
from mantis_crawler.items import CaptureKind, Frame

FRAMES = 40
"""Frames and shadow trees of one visit that are kept."""
FRAME_LIMIT = 1_000_000
"""Characters of the DOM of one, and of its text."""
NODES = 20_000
"""Elements of a page up to which it is taken apart: the snapshot of a larger one is too dear."""
SECONDS = 4.0


async def keep_frames(
    session: Session, others: Iterable[Line], keeper: Keeper, *, nodes: int
) -> tuple[Frame, ...]:
    """Keep every frame and shadow tree of a page that has something in it.

    Args:
        session: Of the page.
        others: Of the frames that run in processes of their own.
        keeper: Takes them.
        nodes: Elements of the page's own document.
    """
    if nodes > NODES:
        keeper.note(f"frames and shadow trees were not kept: more than {NODES} elements")
        return ()
    own, *foreign = await asyncio.gather(_trees(session), *(_trees(line) for line in others))
    found = [*_inside(own or []), *(_named(tree) for one in foreign for _, tree in one or [])]
    if own is None:
        keeper.note("frames and shadow trees could not be read in time")
    if len(found) > FRAMES:
        keeper.note(f"frames and shadow trees cut at {FRAMES}")
    return tuple([await _kept(kind, tree, keeper) for kind, tree in found[:FRAMES]])


async def _trees(session: Session) -> list[tuple[int, Tree]] | None:
    answer = await ask(session, "DOMSnapshot.captureSnapshot", SECONDS, computedStyles=STYLES)
    if answer is None:
        return None
    try:
        return await asyncio.to_thread(lambda: list(trees(answer, FRAME_LIMIT)))
    except (LookupError, ValueError, TypeError):
        return None


def _inside(found: Iterable[tuple[int, Tree]]) -> Iterator[tuple[str, Tree]]:
    """Leave the page's own document out: it is kept as its DOM."""
    for number, tree in found:
        if number or tree.kind != "document":
            yield _named(tree)


def _named(tree: Tree) -> tuple[str, Tree]:
    return ("frame" if tree.kind == "document" else tree.kind), tree


async def _kept(kind: str, tree: Tree, keeper: Keeper) -> Frame:
    digests = {}
    for name, capture_kind, text in (
        ("dom", CaptureKind.FRAME_DOM, tree.html),
        ("text", CaptureKind.FRAME_TEXT, tree.text),
    ):
        if text:
            cut = len(text) >= FRAME_LIMIT
            kept = await keeper.keep(capture_kind, text.encode("utf-8", "replace"), cut=cut)
            digests[name] = kept.sha256
    return Frame(kind=kind, url=tree.url[:4000], **digests)
