"""The lab over TLS: good certificates, and each kind of bad one."""

import asyncio
import ssl
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography import x509

from mantis_crawler.lab import Lab
from tests.lab.visits import host_of, run


async def shake(lab: Lab, host: str, context: ssl.SSLContext) -> x509.Certificate:
    reader, writer = await asyncio.open_connection(
        "127.0.0.1", lab.https_port, ssl=context, server_hostname=host
    )
    shown = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
    writer.write(f"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    assert (await reader.readline()).startswith(b"HTTP/1.1 ")
    writer.close()
    return x509.load_der_x509_certificate(shown)


def strict(lab: Lab) -> ssl.SSLContext:
    return ssl.create_default_context(cadata=lab.authority)


def blind() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def test_a_good_certificate_is_good_to_who_trusts_the_labs_authority() -> None:
    async def question(lab: Lab) -> Any:
        host = host_of(lab, "parcel-single")
        return host, await shake(lab, host, strict(lab))

    host, certificate = run(question)
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == [host]


@pytest.mark.parametrize(
    ("design", "complaint"),
    [
        ("mantis-fr-https", "self-signed"),
        ("trick-expired", "expired"),
        ("trick-other-host", "Hostname mismatch"),
    ],
)
def test_a_bad_certificate_is_bad_in_its_way(design: str, complaint: str) -> None:
    async def question(lab: Lab) -> Any:
        with pytest.raises(ssl.SSLCertVerificationError) as caught:
            await shake(lab, host_of(lab, design), strict(lab))
        await shake(lab, host_of(lab, design), blind())
        return str(caught.value)

    assert complaint in run(question)


def test_a_bare_address_shows_a_self_signed_certificate() -> None:
    async def question(lab: Lab) -> Any:
        return await shake(lab, host_of(lab, "mantis-payload-address"), blind())

    certificate = run(question)
    assert certificate.issuer == certificate.subject


def test_an_unknown_name_is_refused_in_the_handshake() -> None:
    async def question(lab: Lab) -> None:
        with pytest.raises((ssl.SSLError, ConnectionResetError)):
            await shake(lab, "localhost", blind())

    run(question)


def test_an_expired_certificate_expired_long_ago() -> None:
    async def question(lab: Lab) -> Any:
        return await shake(lab, host_of(lab, "trick-expired"), blind())

    assert run(question).not_valid_after_utc < datetime(2023, 1, 1, tzinfo=UTC)
