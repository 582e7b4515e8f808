"""The TLS certificate of a page, and its faults, from what the browser tells of a response."""

from datetime import UTC, datetime
from typing import Any

from mantis_crawler.items import Certificate, host_of


def certificate_of(response: dict[str, Any]) -> Certificate | None:
    """Return the certificate of a DevTools ``Network.Response``; `None` if it came without TLS."""
    details = response.get("securityDetails")
    if not details:
        return None
    subject, issuer = details.get("subjectName", ""), details.get("issuer", "")
    names = tuple(details.get("sanList") or ([subject] if subject else []))
    return Certificate(
        subject=subject,
        issuer=issuer,
        valid_from=_time(details.get("validFrom", 0)),
        valid_to=_time(details.get("validTo", 0)),
        names=names[:50],
        faults=_faults(response, details, names),
    )


def _faults(response: dict[str, Any], details: dict[str, Any], names: tuple[str, ...]) -> tuple[str, ...]:
    now = datetime.now(UTC).timestamp()
    host = host_of(response.get("url", ""))
    faults = {
        "expired": details.get("validTo", now) < now,
        "not_yet_valid": details.get("validFrom", now) > now,
        "wrong_name": not any(_covers(name.lower(), host) for name in names),
        "self_signed": bool(details.get("issuer")) and details.get("issuer") == details.get("subjectName"),
    }
    found = tuple(name for name, true in faults.items() if true)
    if not found and response.get("securityState") == "insecure":
        return ("untrusted",)
    return found


def _covers(name: str, host: str) -> bool:
    """Return whether a certificate's name is for the host (RFC 6125: a star stands for one label)."""
    if name.startswith("*."):
        return host.partition(".")[2] == name[2:]
    return name == host


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if seconds else ""
