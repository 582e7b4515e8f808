"""What is read below HTTP: the TLS hello, and header blocks of HTTP/2."""

import ssl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mantis_crawler.lab.phones.hello import Hello, parse
from mantis_crawler.lab.phones.hpack import Decoder, HpackError, unpack


def hello(name: str, *protocols: str) -> bytes:
    """The first record of a real client."""
    context = ssl.create_default_context()
    context.set_alpn_protocols(list(protocols))
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = context.wrap_bio(incoming, outgoing, server_hostname=name)
    with pytest.raises(ssl.SSLWantReadError):
        client.do_handshake()
    return outgoing.read()


def test_a_hello_tells_name_protocols_and_no_made_up_values() -> None:
    found = parse(hello("a.phone-door.net", "h2", "http/1.1"))
    assert found is not None
    assert found.name == "a.phone-door.net"
    assert found.alpn == ["h2", "http/1.1"]
    assert found.grease is False
    assert found.ja4.startswith("t13d")
    assert found.ja4[8:10] == "h2"


def test_a_fingerprint_leaves_made_up_values_out_and_knows_no_order() -> None:
    extensions = {0x1A1A: b"", 0: b"", 16: b"\x00\x03\x02h2", 43: b"\x04\x2a\x2a\x03\x04"}
    one = Hello(name="a", ciphers=(0x0A0A, 0x1301, 0x1302), extensions=extensions)
    two = Hello(name="a", ciphers=(0x1302, 0x3A3A, 0x1301), extensions=extensions)
    assert one.grease
    assert one.ja4 == two.ja4
    # SHA-256 of "1301,1302"
    assert one.ja4 == "t13d0203h2_62ed6f6ca7ad"


@given(st.binary(max_size=300))
def test_any_bytes_for_a_hello_are_a_hello_or_none(record: bytes) -> None:
    found = parse(record)
    assert found is None or found.facts()["ja4"]


@given(st.integers(5, 200))
def test_a_hello_that_is_cut_does_no_harm(length: int) -> None:
    found = parse(hello("a.phone-door.net", "h2")[:length])
    assert found is None or found.facts()


def test_the_examples_of_the_specification_are_read() -> None:
    # RFC 7541, C.4: three requests on one connection, with Huffman codes
    blocks = (
        "828684418cf1e3c2e5f23a6ba0ab90f4ff",
        "828684be5886a8eb10649cbf",
        "828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf",
    )
    decoder = Decoder()
    first, second, third = (decoder.decode(bytes.fromhex(block)) for block in blocks)
    authority = (":authority", "www.example.com")
    assert first == [(":method", "GET"), (":scheme", "http"), (":path", "/"), authority]
    assert second[3:] == [authority, ("cache-control", "no-cache")]
    assert third == [
        (":method", "GET"),
        (":scheme", "https"),
        (":path", "/index.html"),
        authority,
        ("custom-key", "custom-value"),
    ]


@pytest.mark.parametrize("block", ["41", "4188ff", "80", "ff" * 8, "be", "7f80808080808001"])
def test_a_broken_block_is_told(block: str) -> None:
    with pytest.raises(HpackError):
        Decoder().decode(bytes.fromhex(block))


def test_the_end_of_a_text_within_it_is_told() -> None:
    with pytest.raises(HpackError):
        unpack(b"\xff\xff\xff\xff")


@given(st.binary(max_size=200))
def test_any_block_is_read_or_refused(block: bytes) -> None:
    try:
        headers = Decoder().decode(block)
    except HpackError:
        return
    assert all(isinstance(name, str) for name, _ in headers)
