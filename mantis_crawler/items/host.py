"""The host of a URL, however a page has broken it."""

from urllib.parse import urlsplit


def host_of(url: str) -> str:
    """Return the host of a URL: lower case, without brackets, port and end dot; empty if it has none.

    A page may lead to ``http://[x/``, at which `urllib.parse.urlsplit` raises.
    """
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""
