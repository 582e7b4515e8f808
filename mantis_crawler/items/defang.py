"""What people read: values that no mail client, chat or careless click opens."""

import re

_URL = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://"
    r"(?:(?P<user>[^/?#\\\s]*)@)?"
    r"(?P<host>\[[^\]/?#\\\s]*\]|[^/?#\\\s:@]*)"
    r"(?P<rest>.*)",
    re.DOTALL,
)
_SCHEMES = {"http": "hxxp", "https": "hxxps", "ftp": "fxp", "ftps": "fxps"}


def defang(value: str) -> str:
    """Return an address, host name or URL as people read it: ``hxxps://a[.]example/x``.

    Dots of the host are bracketed, of an IPv6 address the colons, of a user part the ``@``.
    Path and query stay as they are; a hash has nothing to defang. ``sources.refang`` undoes it.
    """
    found = _URL.fullmatch(value)
    if not found:
        return _authority(value) if "/" not in value else _before_path(value)
    scheme = found["scheme"]
    user = "" if found["user"] is None else f"{_dots(found['user'])}[@]"
    return f"{_SCHEMES.get(scheme.lower(), scheme)}://{user}{_host(found['host'])}{found['rest']}"


def _before_path(value: str) -> str:
    authority, slash, path = value.partition("/")
    return f"{_authority(authority)}{slash}{path}"


def _authority(text: str) -> str:
    user, at, host = text.rpartition("@")
    return f"{_dots(user)}[@]{_host(host)}" if at else _host(host)


def _host(host: str) -> str:
    return host.replace(":", "[:]") if host.count(":") > 1 else _dots(host)


def _dots(text: str) -> str:
    return text.replace(".", "[.]")
