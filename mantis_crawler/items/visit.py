"""One load of one artifact on one device, and what was kept of it."""

from dataclasses import dataclass, field
from enum import StrEnum

from mantis_crawler.items.verdict import Verdict


class Outcome(StrEnum):
    """How a visit ended. A closed list: code branches on it."""

    LOADED = "loaded"
    """A document was shown, with an HTTP status below 400."""
    DOWNLOAD = "download"
    """The visit ended in a file."""
    BLANK = "blank"
    """A document was shown that has neither text nor picture nor form."""
    HTTP_ERROR = "http_error"
    """A document was shown, with an HTTP status of 400 or above."""
    CHALLENGE = "challenge"
    """A page that wants to know whether we are human; what is behind it was not seen."""
    REFUSED = "refused"
    """The address refused the connection."""
    UNREACHABLE = "unreachable"
    """No route, or the connection was reset before an answer."""
    TIMEOUT = "timeout"
    """Nothing, or nothing that could be shown, came within the limit."""
    TLS_BROKEN = "tls_broken"
    """The TLS handshake failed."""
    BAD_ANSWER = "bad_answer"
    """The server spoke, but not HTTP."""
    REDIRECT_LOOP = "redirect_loop"
    NXDOMAIN = "nxdomain"
    NO_ADDRESS = "no_address"
    SERVFAIL = "servfail"
    DNS_TIMEOUT = "dns_timeout"
    SINKHOLE = "sinkhole"
    """The name leads to an address where defenders hold it; not visited."""
    NOT_PUBLIC = "not_public"
    """The name leads to an address that is not globally routable; not visited."""
    BLOCKED_BY_GATEWAY = "blocked_by_gateway"
    """The page led only to where the gateway does not let it go."""
    EXIT_FAILED = "exit_failed"
    """The exit did not let the visit out: nothing is known of the site."""
    CRASHED = "crashed"
    """The page or the browser died, twice."""
    ERROR = "error"
    """Something else failed; the visit's error says what."""


class Depth(StrEnum):
    """How much a visit may cost."""

    DEFAULT = "default"
    """A fresh context of a long-lived browser."""
    DEEP = "deep"
    """A browser of its own, with a fresh profile."""


class CaptureKind(StrEnum):
    """What a capture is a picture or copy of."""

    SCREENSHOT = "screenshot"
    """PNG of the viewport."""
    FULL_PAGE = "full_page"
    """PNG of the page, down to a height limit."""
    DOM = "dom"
    """HTML of the top frame as rendered, UTF-8."""
    TEXT = "text"
    """The text that is laid out in the top frame, UTF-8."""
    LAYOUT = "layout"
    """What of the top frame a person can see, by geometry and style: text, fields, links; as JSON."""
    DOWNLOAD = "download"
    """A file that the page handed out; in quarantine."""
    FRAME_DOM = "frame_dom"
    """HTML of a frame or of a shadow tree as rendered, UTF-8."""
    FRAME_TEXT = "frame_text"
    """The text that a person can see in a frame or shadow tree, UTF-8."""
    HAR = "har"
    """Requests, answers, bodies and web-socket messages, as HAR 1.2."""
    WARC = "warc"
    """The same requests and answers as WARC 1.1, gzipped."""
    CONSOLE = "console"
    """What the page wrote to the console and which errors it made, a JSON object a line."""
    STORAGE = "storage"
    """Cookies, local and session storage and names of databases, as JSON."""
    SCRIPT = "script"
    """A script that was made at run time: the decoded form of a hidden one."""
    FAVICON = "favicon"
    """The page's icon, where the browser itself loaded it or the page carried it."""
    MANIFEST = "manifest"
    """The visit and the SHA-256 of each of its captures, as JSON."""
    TIMESTAMP = "timestamp"
    """What a time-stamping authority signed of the manifest (RFC 3161), DER."""
    OPINION = "opinion"
    """How somebody else's browser saw the page, PNG: of an enrichment, never of a visit."""


class HopCause(StrEnum):
    """What made the browser go to a URL."""

    START = "start"
    HTTP = "http"
    REFRESH_HEADER = "refresh_header"
    META = "meta"
    SCRIPT = "script"
    FORM = "form"
    LINK = "link"
    RELOAD = "reload"
    TAP = "tap"
    """We tapped the page's one call to action."""
    ATTRIBUTE = "attribute"
    """Of a download: a link with a ``download`` attribute, pressed by a script."""
    FRAME = "frame"
    """Of a download: a frame in the page."""
    TAB = "tab"
    """Of a download: a new tab that the page opened."""
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """A kept file; its bytes are in the store under the hash."""

    kind: CaptureKind
    sha256: str
    size: int
    """Bytes."""
    cut: bool = False
    """Whether there was more than we keep."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """What a phone would be told to do by a URL that no browser opens itself."""

    action: str
    """``app``, ``store``, ``install``, ``message``, ``call`` or ``mail``."""
    target: str = ""
    """Package, manifest URL, number or address."""
    fallback: str = ""
    """Where a browser goes if there is no such app."""
    text: str = ""
    """Body of the message that would be sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One URL of the redirect chain of the top frame, in order."""

    url: str
    cause: HopCause
    status: int | None = None
    """HTTP status of the answer, where one came."""
    opens: Handover | None = None
    """What a URL of another scheme than http would open on a phone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialog:
    """A native dialog that the page opened: for Roaming Mantis, the lure itself."""

    kind: str
    """``alert``, ``confirm``, ``prompt`` or ``beforeunload``."""
    text: str
    """Cut at 2,000 characters."""
    order: int
    url: str
    at: float | None = None
    """Seconds since the visit began."""
    answer: str = ""
    """Ours: ``accepted``, or the text that was typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A file that the page handed out: kept in quarantine, never executed."""

    url: str
    name: str
    """As the site suggested it: evidence, never a path."""
    sha256: str | None
    """``None`` where the bytes could not be had; ``error`` says why."""
    size: int
    type: str
    """By content: ``apk``, ``mobileconfig``, ``zip``, ``pdf``, ``exe``, ... or ``unknown``."""
    error: str = ""
    md5: str = ""
    sha1: str = ""
    """These two are what lists of known malware are keyed by; they vouch for nothing."""
    cut: bool = False
    """Whether the bytes are only the beginning, as far as they came in time."""
    cause: HopCause | None = None
    """What made the browser ask for it, where the browser told."""
    at: float | None = None
    """Seconds since the visit began."""
    referrer: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    """Of the answer; for ``blob:`` and ``data:`` there are none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """The TLS certificate of the page that was shown, and its faults."""

    subject: str
    issuer: str
    valid_from: str
    valid_to: str
    names: tuple[str, ...]
    faults: tuple[str, ...] = ()
    """Of ``expired``, ``not_yet_valid``, ``self_signed``, ``wrong_name``, ``untrusted``; empty if none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """One connection that the visit asked the gateway for."""

    host: str
    port: int
    address: str | None
    """Where it was really connected to."""
    result: str
    """``connected``, or why not: ``refused``, ``timeout``, ``nxdomain``, ``not_public``, ``denied``, ..."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A document or tree inside the page that its own DOM does not show."""

    kind: str
    """``frame``, ``open shadow`` or ``closed shadow``."""
    url: str
    dom: str | None = None
    """SHA-256 of the capture."""
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Another page that came of the visit: a new tab, or what a tap led to."""

    url: str
    title: str = ""
    hops: tuple[Hop, ...] = ()
    captures: tuple[Capture, ...] = ()
    note: str = ""
    """Why it has no captures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tap:
    """The one tap on the page's single call to action."""

    label: str
    """Its words, cut."""
    tag: str
    x: int
    y: int
    """CSS pixels in the viewport."""
    effects: tuple[str, ...] = ()
    """``navigation``, ``download``, ``dialog``, ``tab``, ``handover``, ``request``, ``page``; empty: none."""
    hops: tuple[Hop, ...] = ()
    view: View | None = None
    """What was shown then."""
    verdict: Verdict | None = None
    """Of what was shown then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """When things happened, in seconds since the visit began; ``None`` where they did not."""

    answered: float | None = None
    """The first answer of the site to a request for a document."""
    settled: float | None = None
    looked: float | None = None
    """All that is to be seen was kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One load of one artifact on one device through one exit."""

    device: str
    outcome: Outcome
    url: str
    final_url: str = ""
    status: int | None = None
    """HTTP status of the last document."""
    title: str = ""
    started: str = ""
    """RFC 3339, UTC."""
    seconds: float = 0.0
    browser: str = ""
    """Engine and version that made the visit, such as ``chromium 156.0.8078.79``."""
    profile: str = ""
    """Profile as worn, such as ``iPhone profile on Chromium`` where the engine is not the device's own."""
    languages: tuple[str, ...] = ()
    time_zone: str = ""
    exit: str = ""
    """Country of the exit; empty: this machine's own address, wherever that is."""
    country: str = ""
    """Country that languages and clock were of. Without an exit, the address need not have matched."""
    depth: Depth = Depth.DEFAULT
    settled: str = ""
    """Why we stopped waiting: ``quiet``, ``stalled``, ``cap``, ``dead``; ``refused`` if there was no page."""
    hops: tuple[Hop, ...] = ()
    dialogs: tuple[Dialog, ...] = ()
    downloads: tuple[Download, ...] = ()
    popups: tuple[str, ...] = ()
    """URLs that the page opened in new tabs."""
    blocked_tabs: tuple[str, ...] = ()
    """URLs that it wanted to open in new tabs without a tap: phones block that."""
    permissions: tuple[str, ...] = ()
    """What it asked leave for, such as ``notifications`` or ``location``; nothing is granted."""
    tabs: tuple[View, ...] = ()
    """What the first few of them showed."""
    frames: tuple[Frame, ...] = ()
    tap: Tap | None = None
    icon: str = ""
    """URL of the page's icon, as it names it."""
    web_manifest: str = ""
    """URL of the page's web app manifest, as it names it."""
    workers: tuple[str, ...] = ()
    """Kind and URL of each worker, such as ``service_worker https://...``."""
    sockets: tuple[str, ...] = ()
    """URLs of web sockets; what was said on them is in the HAR."""
    timing: Timing = Timing()
    captures: tuple[Capture, ...] = ()
    certificate: Certificate | None = None
    connections: tuple[Connection, ...] = ()
    error: str = ""
    """What failed, in plain words; empty if nothing did."""
    notes: tuple[str, ...] = ()
    """What could not be had, and which limits cut the evidence."""
    verdict: Verdict | None = field(default=None)

    def capture(self, kind: CaptureKind) -> Capture | None:
        """Return the first capture of a kind, if there is one."""
        return next((item for item in self.captures if item.kind is kind), None)
