"""Answers that are too long, too slow, too large once unpacked, or not what they say."""

import asyncio
import zlib
from base64 import b85decode
from collections.abc import AsyncIterator

from mantis_crawler.lab.hostile.page import Asked, Group, HostilePage, head, shown, static, whole

MEGABYTE = 1 << 20
_GREETING = shown("a body").encode()


async def bomb(asked: Asked) -> AsyncIterator[bytes]:
    """Two gigabytes of HTML in two megabytes of gzip."""
    del asked
    yield head("200 OK", "Content-Encoding: gzip")
    packer = zlib.compressobj(9, wbits=31)
    yield packer.compress(_GREETING) + packer.flush(zlib.Z_FULL_FLUSH)
    block = zlib.compressobj(9, wbits=-15)
    # a block that ends with a full flush stands for itself: it is repeated as it is
    megabyte = block.compress(b"<p>parcel " * (MEGABYTE // 10)) + block.flush(zlib.Z_FULL_FLUSH)
    for _ in range(2048):
        yield megabyte


_BROTLI = (
    "c-lMt|Gzzh4PQaAO+l!4^x_RyZt?t9(z(`bed_4L>k{AAa5pq~%Ng!q;AmhdkdD5-H70(EAV;GJ1ET;KO=vz-l%RDl"
    ")6jG8`D-Q%zt``0#rfg?e}0C3<~uU{F;_2L)6m&!c6c90_tyt~MTI|1+iYJmDKKClK5mEa|N8&`uV<)`dGM^_!K!K7"
    "+!9xAmHg%!v4*{TO84RQhHoOpVYVWn!U%?4-|PSU|Id8jF@yPW=J2gsOu4+*p535-D9Lum;ux8_-o*2}K+Z=)9fz4N"
    "?EU}v|9^P~IrbfvaywQnT^ksYmD^S;DE9iG?9)ddvU#enu{toYpd%TvhIfDE|NsBb@WJB1*^dW8b#r?U1!Wt*>D~~*"
    "|4u`^JwExyW<5+lGCbPAQ1br&kN^MK8;&#P^|7zZ%FGs-7BxFDzU63Df%{I2KT?P1m16plQJ|f5LG}OR1fvSmn-)3@"
    "cYoXe`~RQuL1Dw}$BnC_Zb`K+y_R-EJaMDkoj^Ul{l_+>$71@C;YcFmi+le+jz;BZRE|dFXjG0y<!DrnM&)Q!jz;BZ"
    "RE|dFXjG0y<!DrnM&)Q!jz;BZRE|dFXjG0y<!DrnM&)Q!jz;BZR8ka`)A?T1lOB}~Pu|-D09ks`TL"
)


def _brotli(_asked: Asked) -> bytes:
    """A gigabyte of text in a few hundred bytes of brotli."""
    return whole(zlib.decompress(b85decode(_BROTLI)), "200 OK", "Content-Encoding: br")


async def _long(_asked: Asked) -> AsyncIterator[bytes]:
    yield head(size=100 * MEGABYTE) + _GREETING
    piece = b"<p>parcel " * (MEGABYTE // 10)
    for _ in range(100):
        yield piece


async def _endless_text(_asked: Asked) -> AsyncIterator[bytes]:
    yield head() + _GREETING
    while True:
        yield b"<p>more and more of it</p>" * 2000


async def _drip(_asked: Asked) -> AsyncIterator[bytes]:
    yield head() + _GREETING
    while True:
        await asyncio.sleep(0.5)
        yield b"x"


async def _drip_head(_asked: Asked) -> AsyncIterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n"
    while True:
        await asyncio.sleep(0.5)
        yield b"X-Slow: 1\r\n"


async def _silent(_asked: Asked) -> AsyncIterator[bytes]:
    await asyncio.sleep(60)
    yield b""


async def _half(_asked: Asked) -> AsyncIterator[bytes]:
    yield head(size=100_000) + _GREETING
    await asyncio.sleep(60)


_SHEET = (
    "<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'>"
    "<xsl:template match='/'><html><body><h1>xsl-bomb</h1><xsl:call-template name='t'>"
    "<xsl:with-param name='n' select='40'/></xsl:call-template></body></html></xsl:template>"
    "<xsl:template name='t'><xsl:param name='n'/><xsl:if test='$n &gt; 0'>"
    + (
        "<xsl:call-template name='t'><xsl:with-param name='n' select='$n - 1'/></xsl:call-template>"
        "<p>parcel</p>"
    )
    * 2
    + "</xsl:if></xsl:template></xsl:stylesheet>"
)


def _sheet(asked: Asked) -> bytes:
    if asked.path != "/":
        return whole(_SHEET, kind="text/xsl")
    document = "<?xml version='1.0'?><?xml-stylesheet type='text/xsl' href='/sheet.xsl'?>"
    return whole(f"{document}<parcel>your parcel is waiting</parcel>", kind="application/xml")


def _picture(asked: Asked) -> bytes:
    if asked.path != "/":
        return whole(_png(30_000, 30_000), kind="image/png")
    return whole(shown("picture-900-megapixels", "<img src=/a.png><img src=/b.png><img src=/c.png>"))


def _png(width: int, height: int) -> bytes:
    """A picture that is as large as it says, in few bytes: rows of nothing."""
    packer = zlib.compressobj(9)
    row = bytes(1 + (width + 7) // 8)
    data = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    shape = width.to_bytes(4) + height.to_bytes(4) + bytes([1, 0, 0, 0, 0])
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", shape) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)


_CSV = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>"
_SVG = (
    shown("svg-bomb", _CSV + "<g id=a><rect width=1 height=1 /></g>")
    + "".join(
        f"<g id={new}>{f'<use href=#{old} />' * 10}</g>" for old, new in zip("abcdef", "bcdefg", strict=True)
    )
    + "<use href=#g /></svg>"
)
_UTF16 = "\ufeff<h1>utf-16</h1>".encode("utf-16-le")

GROUP = Group(
    name="bodies",
    pages=(
        HostilePage(name="gzip-bomb", tries="two gigabytes of HTML in two megabytes of gzip", answer=bomb),
        HostilePage(
            name="brotli-bomb",
            tries="a gigabyte of text in a few hundred bytes of brotli",
            answer=_brotli,
            scheme="https",
        ),
        HostilePage(name="page-100-megabytes", tries="a document of 100 MB", answer=_long),
        HostilePage(
            name="page-endless", tries="a document without an end, as fast as it goes", answer=_endless_text
        ),
        HostilePage(name="drip-body", tries="a byte of body every half second", answer=_drip),
        HostilePage(
            name="drip-head", tries="a header line every half second", answer=_drip_head, shows=False
        ),
        HostilePage(
            name="silence", tries="takes the connection and says nothing", answer=_silent, shows=False
        ),
        HostilePage(name="half-body", tries="announces more than it sends, and waits", answer=_half),
        HostilePage(
            name="length-too-long",
            tries="announces more than it sends, and ends",
            answer=lambda _asked: head(size=99_999) + _GREETING,
        ),
        HostilePage(
            name="length-too-short",
            tries="announces less than it sends",
            answer=lambda _asked: head(size=180) + _GREETING,
        ),
        HostilePage(
            name="length-twice",
            tries="announces two lengths",
            shows=False,
            answer=lambda _asked: head("200 OK", "Content-Length: 7", size=90) + _GREETING,
        ),
        HostilePage(
            name="length-and-chunks",
            tries="announces a length and chunks",
            answer=lambda _asked: (
                head("200 OK", "Transfer-Encoding: chunked", size=5)
                + b"%x\r\n%s\r\n0\r\n\r\n" % (len(_GREETING), _GREETING)
            ),
        ),
        HostilePage(
            name="chunk-broken",
            tries="a chunk of no known size",
            shows=False,
            answer=lambda _asked: (
                head("200 OK", "Transfer-Encoding: chunked")
                + b"%x\r\n%s\r\nzz\r\n" % (len(_GREETING), _GREETING)
            ),
        ),
        HostilePage(
            name="chunk-huge",
            tries="a chunk that announces sixteen exabytes",
            answer=lambda _asked: (
                head("200 OK", "Transfer-Encoding: chunked") + b"7fffffffffffffff\r\n" + _GREETING
            ),
        ),
        HostilePage(
            name="gzip-broken",
            tries="says gzip and is none",
            answer=lambda _asked: whole(_GREETING, "200 OK", "Content-Encoding: gzip"),
            shows=False,
        ),
        static(
            "encoding-broken",
            "bytes that are no text in any encoding that it names",
            b"<meta charset=shift_jis><h1>\xff\xfe\x81\x00\xed\xa0\x80 broken</h1>"
            + bytes(range(128, 256)) * 40,
            "200 OK",
            "Content-Language: \xff",
        ),
        HostilePage(
            name="encoding-sixteen", tries="UTF-16 that says it is UTF-8", answer=lambda _asked: whole(_UTF16)
        ),
        static("null-bytes", "a document that is mostly zero bytes", _GREETING + bytes(300_000)),
        HostilePage(name="picture-900-megapixels", tries="pictures of 30,000 by 30,000", answer=_picture),
        HostilePage(
            name="xsl-bomb",
            tries="a style sheet that calls itself a million million times",
            answer=_sheet,
            shows=False,
        ),
        static("svg-bomb", "a drawing that uses itself a million times", _SVG),
        static(
            "css-bomb",
            "a style with a value of 2^30 copies",
            shown(
                "css-bomb",
                "<style>:root{--a0:x x x x;"
                + "".join(f"--a{n + 1}:var(--a{n}) var(--a{n});" for n in range(30))
                + "} p{font-family:var(--a30)}</style><p>x",
            ),
        ),
        static(
            "fonts-and-text",
            "a word of a million combining marks and a bidirectional mess",
            shown(
                "fonts-and-text", "<p>Z" + "\u0334\u0335\u0300" * 100_000 + "<p>" + "\u202e\u2067" * 50_000
            ),
        ),
    ),
)
