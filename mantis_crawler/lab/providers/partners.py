"""Providers for whom one needs an account: CIRCL, DNSDB, abuse.ch, and Google."""

from base64 import b64decode, b64encode
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote

from mantis_crawler.lab.case import SINCE
from mantis_crawler.lab.providers.service import Service, as_json, as_lines, in_json
from mantis_crawler.lab.site import Reply, Request

if TYPE_CHECKING:
    from mantis_crawler.lab.world import World


class Circl(Service):
    """The common output format, a line a row; 404 if there is none."""

    name = "circl"
    hosts = ("www.circl.lu",)

    def answer(self, asked: Request, world: "World") -> Reply:
        """Answer with lines."""
        rows = [
            {"rrname": name, "rrtype": "A", "rdata": [place], "time_first": SINCE, "time_last": SINCE + 86400}
            for name, place in _pairs(unquote(asked.path).rpartition("/")[2], world)
        ]
        return as_lines(rows) if rows else as_json({}, 404)

    def refusal(self, status: int, words: str) -> Reply:
        """Return an error as this server does: as a page."""
        return Reply(body=f"<html><body>{words}</body></html>".encode(), status=status)


class DnsDb(Service):
    """The streaming frame, with its last line."""

    name = "dnsdb"
    hosts = ("api.dnsdb.info",)

    def answer(self, asked: Request, world: "World") -> Reply:
        """Answer with a frame."""
        parts = unquote(asked.path).split("/")
        subject = parts[parts.index("ip") + 1] if "ip" in parts else parts[-2]
        rows = [
            {
                "obj": {
                    "rrname": f"{name}.",
                    "rrtype": "A",
                    "rdata": [place],
                    "time_first": SINCE,
                    "time_last": SINCE + 86400,
                }
            }
            for name, place in _pairs(subject, world)
        ]
        return as_lines([{"cond": "begin"}, *rows, {"cond": "succeeded"}])


class UrlHaus(Service):
    """Malware URLs by host; its own word counts."""

    name = "urlhaus"
    hosts = ("urlhaus-api.abuse.ch",)

    def answer(self, asked: Request, world: "World") -> Reply:
        """Answer with URLs."""
        host = parse_qs(asked.body).get("host", [""])[-1]
        if host not in world.case.roles:
            return as_json({"query_status": "no_results"})
        url = {
            "url": f"http://{host}/app.apk",
            "threat": "malware_download",
            "date_added": "2022-01-02 00:00:00 UTC",
        }
        return as_json({"query_status": "ok", "urls": [url]})

    def refusal(self, status: int, words: str) -> Reply:  # noqa: ARG002 - it has its own word
        """Return an error as abuse.ch does."""
        return as_json({"query_status": "unknown_auth_key"}, 200)


class ThreatFox(Service):
    """Indicators by exact value; its own word counts."""

    name = "threatfox"
    hosts = ("threatfox-api.abuse.ch",)

    def answer(self, asked: Request, world: "World") -> Reply:
        """Answer with indicators."""
        term = str(in_json(asked).get("search_term", ""))
        if term not in world.case.bad or not world.case.by_address(term):
            return as_json({"query_status": "no_result", "data": "Your search did not yield any results"})
        row = {"ioc": term, "threat_type": "payload_delivery", "malware_printable": "MoqHao"}
        return as_json({"query_status": "ok", "data": [{**row, "first_seen": "2022-01-03 00:00:00 UTC"}]})

    def refusal(self, status: int, words: str) -> Reply:  # noqa: ARG002 - it has its own word
        """Return an error as abuse.ch does."""
        return as_json({"query_status": "unknown_auth_key"}, 200)


def _pairs(subject: str, world: "World") -> list[tuple[str, str]]:
    """Return names and addresses that were seen together: no other than the larger providers know."""
    case = world.case
    pairs = [(name, subject) for name in case.at.get(subject, ())[:3]]
    address = case.names.get(subject) if case.by_address(subject) else None
    return [*pairs, *([(subject, address)] if address in case.roles and address else [])]


class SafeBrowsing(Service):
    """Full hashes by prefix, as a protocol buffer; in JSON where that is asked for."""

    name = "safe_browsing"
    hosts = ("safebrowsing.googleapis.com",)
    path = "/v5/hashes:search"

    def __init__(self) -> None:
        self._listed: dict[bytes, list[bytes]] = {}

    def answer(self, asked: Request, world: "World") -> Reply:
        """Answer with whatever is listed under the prefixes."""
        if not self._listed:
            for host in world.case.bad:
                digest = sha256(f"{host}/".encode()).digest()
                self._listed.setdefault(digest[:4], []).append(digest)
        given = parse_qs(asked.query)
        prefixes = [b64decode(word) for word in given.get("hashPrefixes", [])]
        if not prefixes or len(prefixes) > 1000 or any(len(prefix) != 4 for prefix in prefixes):
            return self.refusal(400, "Hash prefixes must be 4 bytes long, and at most 1000")
        found = [digest for prefix in prefixes for digest in self._listed.get(prefix, ())]
        if given.get("alt") == ["json"]:
            detail = [{"threatType": "SOCIAL_ENGINEERING"}]
            rows = [{"fullHash": b64encode(one).decode(), "fullHashDetails": detail} for one in found]
            return as_json({"fullHashes": rows, "cacheDuration": "300s"})
        # each: the hash (1) and its details (2), of which the type (1) is social engineering (2)
        body = b"".join(b"\x0a\x26\x0a\x20" + one + b"\x12\x02\x08\x02" for one in found)
        return Reply(body=body + b"\x12\x03\x08\xac\x02", type="application/x-protobuf")

    def refusal(self, status: int, words: str) -> Reply:
        """Return an error as Google does: a wrong key is a bad request."""
        if status == 403:
            status, words = 400, "API key not valid. Please pass a valid API key."
        return as_json({"error": {"code": status, "message": words, "status": "INVALID_ARGUMENT"}}, status)
