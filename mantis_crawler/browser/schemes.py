"""What a URL that no browser opens itself would make a phone do."""

import re
from urllib.parse import parse_qsl, unquote, urlsplit

from mantis_crawler.items import Handover

LIMIT = 2000
"""Characters of each part that are kept."""
BROWSERS_OWN = frozenset(
    {"", "about", "blob", "chrome", "chrome-error", "data", "devtools", "file", "filesystem", "ftp", "http"}
    | {"https", "javascript", "view-source", "ws", "wss"}
)
SMS = frozenset({"sms", "smsto", "mms", "mmsto"})
CALLS = frozenset({"tel", "telprompt", "facetime", "facetime-audio"})
STORES = frozenset({"market", "itms", "itms-apps", "itms-appss", "itms-beta"})


def handover(url: str) -> Handover | None:
    """Return what a phone would do; `None` for what a browser opens itself."""
    scheme = url.partition(":")[0].strip().lower()
    if scheme in BROWSERS_OWN or not re.fullmatch(r"[a-z][a-z0-9+.-]*", scheme):
        return None
    return _cut(_read(scheme, url))


def _read(scheme: str, url: str) -> Handover:
    if scheme == "intent":
        return _intent(url)
    if scheme in SMS:
        return _message(url)
    action, target = _action(scheme), _opaque(url)
    query = dict(parse_qsl(_split(url), keep_blank_values=True))
    if action == "app":
        target = target.partition("/")[0] if scheme == "android-app" else scheme
    elif action == "store":
        target = query.get("id") or target
    elif action == "install":
        target = query.get("url", "")
    return Handover(action=action, target=target, text=query.get("body", "") if action == "mail" else "")


def _action(scheme: str) -> str:
    """Return what the scheme is for; ``app`` for one of some app."""
    if scheme in CALLS:
        return "call"
    if scheme in STORES:
        return "store"
    return {"mailto": "mail", "itms-services": "install"}.get(scheme, "app")


def _intent(url: str) -> Handover:
    """Read ``intent:...#Intent;key=value;...;end`` (Android's ``Intent.toUri``)."""
    _, _, tail = url.partition("#Intent;")
    pairs = dict(part.split("=", 1) for part in tail.split(";") if "=" in part)
    target = pairs.get("package") or pairs.get("component", "").partition("/")[0] or pairs.get("scheme", "")
    fallback = unquote(pairs.get("S.browser_fallback_url", ""))
    data = _opaque(url.partition("#Intent;")[0])
    market = pairs.get("scheme") == "market"
    return Handover(action="store" if market else "app", target=unquote(target), fallback=fallback, text=data)


def _message(url: str) -> Handover:
    """Read the number and the body; iPhones take ``&body=`` and ``;body=`` as well."""
    rest = url.partition(":")[2].removeprefix("//")
    number, _, query = re.sub(r"[;&?]", "?", rest, count=1).partition("?")
    body = dict(parse_qsl(query, keep_blank_values=True)).get("body", "")
    return Handover(action="message", target=unquote(number), text=body)


def _split(url: str) -> str:
    try:
        return urlsplit(url).query
    except ValueError:
        return ""


def _opaque(url: str) -> str:
    return unquote(url.partition(":")[2].removeprefix("//").partition("?")[0])


def _cut(found: Handover) -> Handover:
    return Handover(
        action=found.action,
        target=found.target[:LIMIT],
        fallback=found.fallback[:LIMIT],
        text=found.text[:LIMIT],
    )
