"""One tap on the one thing that a page wants to have pressed; never in a form, never on a challenge."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from mantis_crawler.browser.calls import is_call, normal
from mantis_crawler.browser.line import GARBLED, Session, ask
from mantis_crawler.items import Capture, CaptureKind, Tap, View

CLICKABLES = 15
"""A page with more to press than this has no single call to action."""
PRESSABLE = 60
"""Of these, hidden ones included, there is not even a look at the page."""
LABEL = 80
SECONDS = 2.0

FIND = """
((wanted) => {
  const buttons = '[type=hidden],[type=submit],[type=button],[type=image],[type=reset]';
  const fillable = `input:not(${buttons}),textarea,select`;
  const challenge = ['iframe[src*=captcha]', 'iframe[src*=turnstile]', 'iframe[src*="challenges."]',
    '.g-recaptcha', '.h-captcha', '.cf-turnstile'].join();
  const pressable = 'a[href],button,[role=button],input[type=button],input[type=submit],'
    + 'input[type=image],[onclick]';
  if (document.querySelector(challenge) || document.querySelector('input[type=password]')) return [];
  const label = (one) => String(one.innerText || one.value || one.getAttribute('aria-label')
    || (one.querySelector('img[alt]') || one).getAttribute('alt') || '').trim().slice(0, LABEL);
  const all = [...document.querySelectorAll(pressable)].slice(0, 500);
  const seen = all.filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width >= 16 && box.height >= 12 && !one.disabled && one !== document.body
      && one.checkVisibility({ opacityProperty: true, visibilityProperty: true })
      && !(one.parentElement
        && one.parentElement.closest('a[href],button,[role=button],[onclick]:not(body)'));
  });
  if (wanted === null) return seen.slice(0, LIMIT + 1).map((one) => ({
    label: label(one), tag: one.localName, href: String(one.href || '').slice(0, 2000),
    form: Boolean(one.closest('form') && one.closest('form').querySelector(fillable)),
  }));
  const one = seen[wanted];
  if (!one) return null;
  one.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
  const box = one.getBoundingClientRect();
  const x = Math.round(box.x + box.width / 2), y = Math.round(box.y + box.height / 2);
  const top = document.elementFromPoint(x, y);
  return one.contains(top) ? { x, y, label: label(one) } : null;
})
""".replace("LABEL", str(LABEL)).replace("LIMIT", str(CLICKABLES))


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where to tap."""

    label: str
    tag: str
    x: int
    y: int


def choose(found: list[dict[str, Any]]) -> int | None:
    """Return the place of the single call to action among what can be pressed; `None` if there is none."""
    if len(found) > CLICKABLES:
        return None
    calls = [at for at, one in enumerate(found) if is_call(str(one["label"])) and not one["form"]]
    meant = {(found[at]["href"], normal(str(found[at]["label"]))) for at in calls}
    return calls[0] if len(meant) == 1 else None


async def find(session: Session, context: int) -> Target | None:
    """Scroll to the page's single call to action and return where it is; `None` if there is none.

    Args:
        session: Of the page.
        context: The isolated world of the top frame in which it is looked for.
    """
    try:
        found = await _run(session, context, None)
        at = choose(found)
        if at is None:
            return None
        place = await _run(session, context, at)
        if place["label"] != found[at]["label"]:
            return None
        return Target(label=place["label"], tag=found[at]["tag"], x=int(place["x"]), y=int(place["y"]))
    except GARBLED:
        return None


async def tap(session: Session, target: Target) -> bool:
    """Tap as a finger does; return whether the browser took it."""
    point = {"x": target.x, "y": target.y}
    for kind, points in (("touchStart", [point]), ("touchEnd", [])):
        if await ask(session, "Input.dispatchTouchEvent", SECONDS, type=kind, touchPoints=points) is None:
            return False
    return True


def changed(tapped: Tap, shown: View, before: Iterable[Capture]) -> Tap:
    """Return the tap with what was shown then, if that is another page than before."""
    doms = {capture.sha256 for capture in before if capture.kind is CaptureKind.DOM}
    now = {capture.sha256 for capture in shown.captures if capture.kind is CaptureKind.DOM}
    if now <= doms:
        return tapped
    return replace(tapped, effects=(*tapped.effects, "page"), view=replace(shown, hops=()))


async def _run(session: Session, context: int, wanted: int | None) -> Any:
    options = {"expression": f"{FIND}({json.dumps(wanted)})", "contextId": context, "returnByValue": True}
    return (await ask(session, "Runtime.evaluate", SECONDS, **options) or {})["result"]["value"]
