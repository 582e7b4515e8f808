"""The head of a request as a browser sends it to a forward proxy, and as the site shall see it."""

from dataclasses import dataclass
from urllib.parse import urlsplit


class BadRequestError(ValueError):
    """Not a request that a forward proxy can serve."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestHead:
    """Where a request goes and what is passed on."""

    method: str
    target: str
    """Origin form, such as ``/path?query``; empty for a tunnel."""
    host: str
    """Lower case, without brackets."""
    port: int
    lines: tuple[bytes, ...]
    """Header lines in their order, as they came."""

    @property
    def tunnel(self) -> bool:
        """Whether the browser asks for a tunnel (https, web sockets)."""
        return self.method == "CONNECT"

    @property
    def document(self) -> bool:
        """Whether a page or frame is to come: browsers say so in both of these lines, and only then."""
        return bool(self._header(b"upgrade-insecure-requests")) and b"text/html" in self._header(b"accept")

    @property
    def upgrade(self) -> bool:
        """Whether the connection stops being HTTP after this request."""
        return bool(self._header(b"upgrade"))

    @property
    def body_size(self) -> int:
        """Bytes of body that follow the head."""
        length = self._header(b"content-length")
        return int(length) if length.isdigit() else 0

    @classmethod
    def parse(cls, raw: bytes) -> "RequestHead":
        """Read a head, the empty line included.

        Raises:
            BadRequestError: it is not one, or it names no http host.
        """
        first, *lines = raw.rstrip(b"\r\n").split(b"\r\n")
        try:
            method, url, _version = first.decode("ascii").split(" ")
            parts = urlsplit(f"//{url}" if method == "CONNECT" else url)
            host, port = parts.hostname, parts.port
        except ValueError as error:
            raise BadRequestError(f"unreadable request line: {error}") from None
        if method != "CONNECT" and parts.scheme != "http":
            raise BadRequestError("not an http URL in absolute form")
        if not host:
            raise BadRequestError("no host")
        target = "" if method == "CONNECT" else url[len(f"{parts.scheme}://{parts.netloc}") :] or "/"
        return cls(
            method=method,
            target=target if target.startswith("/") or not target else f"/{target}",
            host=host,
            port=port or (443 if method == "CONNECT" else 80),
            lines=tuple(lines),
        )

    def forwarded(self) -> bytes:
        """Return the head as a direct connection would have carried it.

        Chromium writes ``Proxy-Connection`` where it would write ``Connection``: a site
        that saw the first would know of the proxy.
        """
        lines = [_direct(line) for line in self.lines]
        head = [f"{self.method} {self.target} HTTP/1.1".encode("ascii"), *filter(None, lines)]
        return b"\r\n".join(head) + b"\r\n\r\n"

    def _header(self, name: bytes) -> bytes:
        for line in self.lines:
            key, _, value = line.partition(b":")
            if key.strip().lower() == name:
                return value.strip()
        return b""


def _direct(line: bytes) -> bytes:
    key, colon, value = line.partition(b":")
    match key.strip().lower():
        case b"proxy-connection":
            return b"Connection" + colon + value
        case b"proxy-authorization":
            return b""
        case _:
            return line
