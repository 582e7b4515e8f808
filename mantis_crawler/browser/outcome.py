"""From what the browser and the gateway say to one word: how a visit ended."""

from collections.abc import Sequence
from dataclasses import dataclass

from mantis_crawler.items import Connection, Download, Outcome, host_of

GATEWAY_RESULTS = {
    "refused": Outcome.REFUSED,
    "unreachable": Outcome.UNREACHABLE,
    "timeout": Outcome.TIMEOUT,
    "denied": Outcome.BLOCKED_BY_GATEWAY,
    "cut": Outcome.BLOCKED_BY_GATEWAY,
    "not_public": Outcome.BLOCKED_BY_GATEWAY,
    "nxdomain": Outcome.NXDOMAIN,
    "no_address": Outcome.NO_ADDRESS,
    "servfail": Outcome.SERVFAIL,
    "dns_timeout": Outcome.DNS_TIMEOUT,
    "exit_failed": Outcome.EXIT_FAILED,
}

CHROMIUM_ERRORS = (
    ("ERR_SSL_", Outcome.TLS_BROKEN),
    ("ERR_CERT_", Outcome.TLS_BROKEN),
    ("ERR_BAD_SSL_", Outcome.TLS_BROKEN),
    ("ERR_TOO_MANY_REDIRECTS", Outcome.REDIRECT_LOOP),
    ("ERR_INVALID_HTTP_RESPONSE", Outcome.BAD_ANSWER),
    ("ERR_RESPONSE_HEADERS", Outcome.BAD_ANSWER),
    ("ERR_INVALID_REDIRECT", Outcome.BAD_ANSWER),
    ("ERR_INVALID_CHUNKED_ENCODING", Outcome.BAD_ANSWER),
    ("ERR_INCOMPLETE_CHUNKED_ENCODING", Outcome.BAD_ANSWER),
    ("ERR_CONTENT_", Outcome.BAD_ANSWER),
    ("ERR_HTTP2_", Outcome.BAD_ANSWER),
    ("ERR_UNSAFE_REDIRECT", Outcome.BLOCKED_BY_GATEWAY),
    ("ERR_UNSAFE_PORT", Outcome.BLOCKED_BY_GATEWAY),
    ("ERR_INVALID_AUTH_CREDENTIALS", Outcome.HTTP_ERROR),
    ("ERR_HTTP_RESPONSE_CODE_FAILURE", Outcome.HTTP_ERROR),
    ("a file came with HTTP ", Outcome.HTTP_ERROR),
    ("ERR_EMPTY_RESPONSE", Outcome.UNREACHABLE),
    ("ERR_CONNECTION_", Outcome.UNREACHABLE),
    ("ERR_ADDRESS_", Outcome.UNREACHABLE),
    ("ERR_NETWORK_", Outcome.UNREACHABLE),
    ("ERR_TUNNEL_CONNECTION_FAILED", Outcome.UNREACHABLE),
    ("ERR_PROXY_", Outcome.UNREACHABLE),
    ("ERR_NAME_NOT_RESOLVED", Outcome.NXDOMAIN),
    ("ERR_TIMED_OUT", Outcome.TIMEOUT),
    ("Timeout", Outcome.TIMEOUT),
    ("crashed", Outcome.CRASHED),
    ("Connection closed", Outcome.CRASHED),
    ("has been closed", Outcome.CRASHED),
    ("ERR_INSUFFICIENT_RESOURCES", Outcome.CRASHED),
    ("ERR_OUT_OF_MEMORY", Outcome.CRASHED),
    ("ERR_UNKNOWN_URL_SCHEME", Outcome.BLANK),
    ("ERR_ABORTED", Outcome.BLANK),
)
"""Parts of messages of Chromium's and Playwright's; the first that fits counts."""
WEBKIT_ERRORS = (
    ("TLS", Outcome.TLS_BROKEN),
    ("SSL", Outcome.TLS_BROKEN),
    ("certificate", Outcome.TLS_BROKEN),
    ("oo many redirects", Outcome.REDIRECT_LOOP),
    ("oo many HTTP redirects", Outcome.REDIRECT_LOOP),
    ("redirects hit maximum", Outcome.REDIRECT_LOOP),
    ("redirection limit", Outcome.REDIRECT_LOOP),
    ("restricted network port", Outcome.BLOCKED_BY_GATEWAY),
    ("Could not parse HTTP", Outcome.BAD_ANSWER),
    ("cannot parse response", Outcome.BAD_ANSWER),
    ("bad server response", Outcome.BAD_ANSWER),
    ("Location", Outcome.BAD_ANSWER),
    ("Could not connect", Outcome.UNREACHABLE),
    ("Couldn't connect", Outcome.UNREACHABLE),
    ("onnection terminated", Outcome.UNREACHABLE),
    ("onnection reset", Outcome.UNREACHABLE),
    ("connection was lost", Outcome.UNREACHABLE),
    ("closed connection", Outcome.UNREACHABLE),
    ("Server returned nothing", Outcome.UNREACHABLE),
    ("timed out", Outcome.TIMEOUT),
    ("imeout was reached", Outcome.TIMEOUT),
    ("204 No Content", Outcome.BLANK),
    ("cancelled", Outcome.BLANK),
    ("canceled", Outcome.BLANK),
    ("interrupted", Outcome.BLANK),
)
"""Parts of what WebKit passes on of its network library: libsoup on Linux, CFNetwork on macOS, or curl."""
BROWSER_ERRORS = (*CHROMIUM_ERRORS, *WEBKIT_ERRORS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What is known when a visit is over."""

    url: str
    """Of the last document that was asked for."""
    error: str = ""
    """The browser's message; empty if it had nothing to complain of."""
    status: int | None = None
    shown: bool = False
    """Whether a document of the site came to be shown."""
    empty: bool = False
    """Whether that document has neither text nor picture nor form."""
    crashed: bool = False
    downloads: Sequence[Download] = ()
    connections: Sequence[Connection] = ()


def outcome_of(ending: Ending) -> Outcome:
    """Return how a visit ended. The gateway's word counts for more than the browser's."""
    if any(file.sha256 for file in ending.downloads):
        return Outcome.DOWNLOAD
    refusal = refusal_of(ending)
    if refusal is not None:
        return refusal
    if ending.crashed:
        return Outcome.CRASHED
    return _of_document(ending) if ending.shown else _of_error(ending.error)


def _of_document(ending: Ending) -> Outcome:
    if (ending.status or 200) >= 400:
        return Outcome.HTTP_ERROR
    return Outcome.BLANK if ending.empty else Outcome.LOADED


def _of_error(error: str) -> Outcome:
    fallback = Outcome.ERROR if error else Outcome.TIMEOUT
    return next((outcome for part, outcome in BROWSER_ERRORS if part in error), fallback)


def refusal_of(ending: Ending) -> Outcome | None:
    """Return why the gateway did not let the last document come, if it did not."""
    host = host_of(ending.url)
    results = [item.result for item in ending.connections if item.host.rstrip(".") == host]
    if not results or "connected" in results:
        return None
    return GATEWAY_RESULTS.get(results[-1], Outcome.ERROR)
