"""The client of exits, against real proxies on loopback, and against what is none."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from mantis_crawler.browser.dial import DeniedError, ExitError, check, check_all, dial
from mantis_crawler.browser.exits import Exit
from tests.browser.proxies import Proxy, a_proxy

SECRETS = {"user": "ann", "password": "pässword:2"}
SCHEMES = pytest.mark.parametrize("scheme", ["http", "socks5"])
Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def answering(answer: bytes) -> Serve:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(answer)
        await writer.drain()
        writer.close()

    return serve


async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()
    writer.close()


@asynccontextmanager
async def listening(serve: Serve) -> AsyncIterator[int]:
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


def an_exit(scheme: str, port: int, **facts: str) -> Exit:
    return Exit(country="fr", scheme=scheme, host="127.0.0.1", port=port, **facts)


def free_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return int(bound.getsockname()[1])


@SCHEMES
@pytest.mark.parametrize("secrets", [{}, SECRETS], ids=["open", "with credentials"])
def test_bytes_pass_both_ways_through_an_exit(scheme: str, secrets: dict[str, str]) -> None:
    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"you said " + await reader.read(100))
        await writer.drain()
        writer.close()

    async def test() -> None:
        async with a_proxy(scheme, **secrets) as proxy, listening(echo) as port:
            reader, writer = await dial(proxy.exit("fr"), "127.0.0.1", port)
            writer.write(b"hello")
            assert await reader.read() == b"you said hello"
            writer.close()
            assert proxy.asked == [("127.0.0.1", port)]

    asyncio.run(test())


@SCHEMES
def test_an_exit_that_works_passes_the_check_and_is_asked_for_nobody_else(scheme: str) -> None:
    async def test() -> None:
        async with a_proxy(scheme, **SECRETS) as proxy:
            await check(proxy.exit("fr"))
            assert proxy.asked == [("127.0.0.1", proxy.port)]

    asyncio.run(test())


@SCHEMES
@pytest.mark.parametrize("given", [{"password": "other"}, {"user": "", "password": ""}])
def test_an_exit_that_wants_other_credentials_is_told(scheme: str, given: dict[str, str]) -> None:
    async def test(ask: Callable[[Proxy], Awaitable[object]]) -> None:
        async with a_proxy(scheme, **SECRETS) as proxy:
            with pytest.raises(ExitError, match=r"^fr=.*wants other credentials") as refused:
                await ask(proxy)
            assert proxy.asked == []
            assert "other" not in str(refused.value).replace("other credentials", "")
            assert SECRETS["password"] not in str(refused.value)

    asyncio.run(test(lambda proxy: check(proxy.exit("fr", **given))))
    asyncio.run(test(lambda proxy: dial(proxy.exit("fr", **given), "127.0.0.1", 9)))


PAGE = b"Content-Type: text/html\r\nContent-Length: 3\r\n\r\n<p>"


@pytest.mark.parametrize(
    ("scheme", "answer", "says"),
    [
        ("http", b"HTTP/1.1 200 OK\r\n" + PAGE, r"web page \(HTTP 200\): it is no proxy"),
        (
            "http",
            b"HTTP/1.1 302 Found\r\nLocation: http://portal.example/\r\n" + PAGE,
            r"web page \(HTTP 302\)",
        ),
        ("http", b"HTTP/1.1 405 Method Not Allowed\r\n" + PAGE, r"web page \(HTTP 405\)"),
        ("http", b"HTTP/1.1 503 Busy\r\n" + PAGE, r"web page \(HTTP 503\)"),
        ("http", b"HTTP/1.1 400 Bad Request\r\n\r\n", r"does not connect us \(HTTP 400\)"),
        ("http", b"HTTP/1.1 nonsense\r\n\r\n", r"does not connect us \(HTTP 0\)"),
        ("http", b"SSH-2.0-OpenSSH_9.2\r\n", "does not speak HTTP: it answers with b'SSH-2'"),
        ("http", b"", "hung up without an answer: is it a http proxy"),
        ("http", b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 20_000, "answers without an end"),
        ("socks5", b"HTTP/1.1 400 Bad Request\r\n\r\n", "does not speak SOCKS5: it answers with b'HT'"),
        ("socks5", b"\x00\x5b\x00\x00", "does not speak SOCKS5"),
        ("socks5", b"\x05\xff", "wants other credentials"),
        ("socks5", b"", "hung up without an answer: is it a socks5 proxy"),
        ("socks5", b"\x05\x00\x05\x07\x00\x01", r"does not connect us \(SOCKS reply 7\)"),
    ],
)
def test_what_is_no_proxy_of_its_kind_fails_the_check(scheme: str, answer: bytes, says: str) -> None:
    async def test() -> None:
        async with listening(answering(answer)) as port:
            with pytest.raises(ExitError, match=says):
                await check(an_exit(scheme, port))

    asyncio.run(test())


@pytest.mark.parametrize(
    ("scheme", "answer"),
    [
        ("http", b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"),
        ("http", b"HTTP/1.1 403 Forbidden\r\nX-Squid-Error: ERR_ACCESS_DENIED 0\r\n" + PAGE),
        ("http", b"HTTP/1.1 503 No\r\nVia: 1.1 proxy\r\n" + PAGE),
        ("socks5", b"\x05\x00\x05\x01\x00\x01\x00\x00\x00\x00\x00\x00"),
        ("socks5", b"\x05\x00\x05\x02\x00\x01\x00\x00\x00\x00\x00\x00"),
        ("socks5", b"\x05\x00\x05\x05\x00\x01\x00\x00\x00\x00\x00\x00"),
    ],
)
def test_a_proxy_that_does_not_connect_to_itself_passes_the_check(scheme: str, answer: bytes) -> None:
    async def test() -> None:
        async with listening(answering(answer)) as port:
            await check(an_exit(scheme, port))

    asyncio.run(test())


@SCHEMES
def test_an_exit_that_is_down_or_silent_fails_the_check(scheme: str) -> None:
    async def test() -> None:
        with pytest.raises(ExitError, match="refuses connections: is it down"):
            await check(an_exit(scheme, free_port()))
        async with listening(silent) as port:
            with pytest.raises(ExitError, match=r"took the call but did not answer within 0\.2 s"):
                await check(an_exit(scheme, port), patience=0.2)

    asyncio.run(test())


def test_an_exit_without_an_address_fails_the_check() -> None:
    nowhere = Exit(country="fr", scheme="http", host="proxy..invalid", port=3128)
    with pytest.raises(ExitError, match="cannot be reached: unknown name"):
        asyncio.run(check(nowhere))


def test_each_exit_that_fails_is_named() -> None:
    down = [Exit(country=code, scheme="http", host="127.0.0.1", port=free_port()) for code in ("fr", "jp")]

    async def test() -> None:
        async with a_proxy("http") as proxy:
            await check_all([proxy.exit("de")])
            with pytest.raises(ExitError, match=r"^fr=.*is it down\?; jp=.*is it down\?$"):
                await check_all([*down, proxy.exit("de")])

    asyncio.run(test())


@pytest.mark.parametrize(
    ("scheme", "answer", "kind"),
    [
        ("socks5", b"\x05\x00\x05\x05\x00\x01", ConnectionRefusedError),
        ("socks5", b"\x05\x00\x05\x06\x00\x01", TimeoutError),
        ("socks5", b"\x05\x00\x05\x04\x00\x01", OSError),
        ("socks5", b"\x05\x00\x05\x01\x00\x01", OSError),
        ("socks5", b"\x05\x00", OSError),
        ("socks5", b"\x05\x00\x05\x02\x00\x01", DeniedError),
        ("http", b"", OSError),
        ("http", b"HTTP/1.1 504 Gateway Timeout\r\n\r\n", TimeoutError),
        ("http", b"HTTP/1.1 502 Bad Gateway\r\n" + PAGE, OSError),
        ("http", b"HTTP/1.1 403 Forbidden\r\n\r\n", DeniedError),
        ("http", b"HTTP/1.1 200 OK\r\n" + PAGE, ExitError),
    ],
)
def test_what_an_exit_says_of_an_address_is_told_from_its_own_faults(
    scheme: str, answer: bytes, kind: type[Exception]
) -> None:
    async def test() -> None:
        async with listening(answering(answer)) as port:
            with pytest.raises(kind) as said:
                await dial(an_exit(scheme, port), "192.0.2.1", 80)
            assert type(said.value) is kind

    asyncio.run(test())


@SCHEMES
def test_an_address_of_ip_version_6_is_asked_for_as_one(scheme: str) -> None:
    async def asked() -> bytes:
        heard = bytearray()

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            if scheme == "socks5":
                heard.extend(await reader.readexactly(3))
                writer.write(b"\x05\x00")
            heard.extend(await reader.read(200))
            writer.close()

        async with listening(serve) as port:
            with pytest.raises(OSError, match="unreachable"):
                await dial(an_exit(scheme, port), "2001:db8::1", 443)
        return bytes(heard)

    wanted = {
        "http": b"CONNECT [2001:db8::1]:443 HTTP/1.1\r\nHost: [2001:db8::1]:443\r\n\r\n",
        "socks5": b"\x05\x01\x00\x05\x01\x00\x04"
        + socket.inet_pton(socket.AF_INET6, "2001:db8::1")
        + b"\x01\xbb",
    }
    assert asyncio.run(asked()) == wanted[scheme]
