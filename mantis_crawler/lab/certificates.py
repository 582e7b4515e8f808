"""The certificates of the embedded internet: good ones by its own authority, and bad ones.

Keys follow from the seed: they protect nothing but loopback, and so every run shows the same ones.
"""

import ssl
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from mantis_crawler.lab.world import World

_VALID = (datetime(2024, 1, 1, tzinfo=UTC), datetime(2049, 1, 1, tzinfo=UTC))
_PAST = (datetime(2021, 1, 1, tzinfo=UTC), datetime(2022, 1, 1, tzinfo=UTC))
_AUTHORITY = "Lab Root R1"
_ORDER_BITS = 250


class Certificates:
    """The authority, and the TLS context for every name."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._root_key = self._key("root")
        self._key_of_all = self._key("servers")
        self._root = self._root_certificate()
        self._contexts: dict[tuple[str, str], ssl.SSLContext] = {}

    @property
    def authority(self) -> str:
        """The authority's own certificate, PEM: who trusts it finds the good ones good."""
        return self._root.public_bytes(Encoding.PEM).decode()

    def listening_context(self) -> ssl.SSLContext:
        """Return the context to listen with: it takes the certificate of the name that is asked for."""
        context = self._context("localhost", "self_signed")
        context.sni_callback = self._choose
        return context

    def _choose(self, tls: ssl.SSLObject | ssl.SSLSocket, host: str | None, _: ssl.SSLContext) -> int | None:
        if host is None:
            return None
        site = self._world.site(host.lower())
        if site is None:
            return ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME
        fault = site.certificate if site.scheme == "https" else "self_signed"
        tls.context = self._context(site.host, fault)
        return None

    def _context(self, host: str, kind: str) -> ssl.SSLContext:
        known = self._contexts.get((host, kind))
        if known is None:
            known = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            known.set_alpn_protocols(["http/1.1"])
            self._load(known, host, kind)
            self._contexts[host, kind] = known
        return known

    def _load(self, context: ssl.SSLContext, host: str, kind: str) -> None:
        key = self._key_of_all.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        certificate = self._certificate(host, kind).public_bytes(Encoding.PEM)
        with TemporaryDirectory() as folder:
            path = Path(folder, "pair.pem")
            path.write_bytes(key + certificate)
            context.load_cert_chain(path)

    def _certificate(self, host: str, kind: str) -> x509.Certificate:
        """Make a certificate for a name: ``good``, ``self_signed``, ``expired`` or ``wrong_name``."""
        shown = "www.another-name.net" if kind == "wrong_name" else host
        subject = _name(shown)
        own = kind == "self_signed"
        start, end = _PAST if kind == "expired" else _VALID
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(subject if own else self._root.subject)
            .public_key(self._key_of_all.public_key())
            .serial_number(self._number("serial", host, kind) >> 100)
            .not_valid_before(start)
            .not_valid_after(end)
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(shown)]), critical=False)
            .sign(self._key_of_all if own else self._root_key, SHA256(), ecdsa_deterministic=True)
        )

    def _root_certificate(self) -> x509.Certificate:
        name = _name(_AUTHORITY)
        start, end = _VALID
        return (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(self._root_key.public_key())
            .serial_number(1)
            .not_valid_before(start)
            .not_valid_after(end)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .sign(self._root_key, SHA256(), ecdsa_deterministic=True)
        )

    def _key(self, purpose: str) -> ec.EllipticCurvePrivateKey:
        return ec.derive_private_key(self._number("key", purpose) | 1, ec.SECP256R1())

    def _number(self, *words: str) -> int:
        text = "\n".join((str(self._world.seed), *words))
        return int.from_bytes(sha256(text.encode()).digest()) >> (256 - _ORDER_BITS)


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common[:64])])
