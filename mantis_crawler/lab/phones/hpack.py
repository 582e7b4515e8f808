"""Header blocks of HTTP/2, read (RFC 7541): what a browser sends first over TLS, in its order."""

from collections import deque

LENGTHS = {
    5: "48 49 50 97 99 101 105 111 115 116",
    6: "32 37 45 46 47 51 52 53 54 55 56 57 61 65 95 98 100 102 103 104 108 109 110 112 114 117",
    7: "58 66-87 89 106 107 113 118-122",
    8: "38 42 44 59 88 90",
    10: "33 34 40 41 63",
    11: "39 43 124",
    12: "35 62",
    13: "0 36 64 91 93 126",
    14: "94 125",
    15: "60 96 123",
    19: "92 195 208",
    20: "128 130 131 162 184 194 224 226",
    21: "153 161 167 172 176 177 179 209 216 217 227 229 230",
    22: "129 132 133 134 136 146 154 156 160 163 164 169 170 173 178 181 185-187 189 190 196 198 228 232 233",
    23: "1 135 137-141 143 147 149-152 155 157 158 165 166 168 174 175 180 182 183 188 191 197 231 239",
    24: "9 142 144 145 148 159 171 206 215 225 236 237",
    25: "199 207 234 235",
    26: "192 193 200-202 205 210 213 218 219 238 240 242 243 255",
    27: "203 204 211 212 214 221-223 241 244-248 250-254",
    28: "2-8 11 12 14-21 23-31 127 220 249",
    30: "10 13 22 256",
}
"""Symbols by the length of their code in bits (appendix B); the codes follow, as they are in order."""

_STATIC = """
:authority|:method GET|:method POST|:path /|:path /index.html|:scheme http|:scheme https|:status 200
:status 204|:status 206|:status 304|:status 400|:status 404|:status 500|accept-charset
accept-encoding gzip, deflate|accept-language|accept-ranges|accept|access-control-allow-origin|age|allow
authorization|cache-control|content-disposition|content-encoding|content-language|content-length
content-location|content-range|content-type|cookie|date|etag|expect|expires|from|host|if-match
if-modified-since|if-none-match|if-range|if-unmodified-since|last-modified|link|location|max-forwards
proxy-authenticate|proxy-authorization|range|referer|refresh|retry-after|server|set-cookie
strict-transport-security|transfer-encoding|user-agent|vary|via|www-authenticate
"""
STATIC = tuple(
    (name, value)
    for name, _, value in (entry.partition(" ") for entry in _STATIC.strip().replace("\n", "|").split("|"))
)
"""Appendix A."""


class HpackError(ValueError):
    """Not a header block."""


def _codes() -> dict[tuple[int, int], int]:
    """Return symbols by length and code: within a length codes count up, a longer one goes on from there."""
    codes: dict[tuple[int, int], int] = {}
    code = before = 0
    for length, text in LENGTHS.items():
        code <<= length - before
        before = length
        for symbol in _symbols(text):
            codes[length, code] = symbol
            code += 1
    return codes


def _symbols(text: str) -> list[int]:
    parts = [part.partition("-") for part in text.split()]
    return [symbol for low, _, high in parts for symbol in range(int(low), int(high or low) + 1)]


_CODES = _codes()


def unpack(coded: bytes) -> bytes:
    """Return a Huffman-coded text.

    Raises:
        HpackError: it holds a code that there is not.
    """
    text = bytearray()
    code = length = 0
    for bit in (byte >> place & 1 for byte in coded for place in range(7, -1, -1)):
        code, length = code << 1 | bit, length + 1
        symbol = _CODES.get((length, code))
        if symbol == 256:
            raise HpackError("the end within a text")
        if symbol is not None:
            text.append(symbol)
            code = length = 0
        elif length > 30:
            raise HpackError("no such code")
    return bytes(text)


class Decoder:
    """Reads the header blocks of one connection, in their order."""

    def __init__(self) -> None:
        self._recent: deque[tuple[str, str]] = deque(maxlen=512)
        self._block = b""
        self._at = 0

    def decode(self, block: bytes) -> list[tuple[str, str]]:
        """Return names and values in their order.

        Raises:
            HpackError: it is not a header block.
        """
        self._block, self._at = block, 0
        headers: list[tuple[str, str]] = []
        try:
            while self._at < len(block):
                header = self._next()
                if header is not None:
                    headers.append(header)
        except IndexError as error:
            raise HpackError("a header block that ends too early") from error
        return headers

    def _next(self) -> tuple[str, str] | None:
        first = self._block[self._at]
        if first & 0x80:
            return self._entry(self._number(7))
        if first & 0xE0 == 0x20:
            self._number(5)
            return None
        kept = first & 0xC0 == 0x40
        place = self._number(6 if kept else 4)
        name = self._entry(place)[0] if place else self._text()
        header = (name, self._text())
        if kept:
            self._recent.appendleft(header)
        return header

    def _entry(self, place: int) -> tuple[str, str]:
        if place < 1:
            raise HpackError("entry 0")
        if place <= len(STATIC):
            return STATIC[place - 1]
        return self._recent[place - len(STATIC) - 1]

    def _number(self, bits: int) -> int:
        most = (1 << bits) - 1
        number = self._block[self._at] & most
        self._at += 1
        if number < most:
            return number
        shift = 0
        while True:
            byte = self._block[self._at]
            self._at += 1
            number += (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                return number
            if shift > 28:
                raise HpackError("a number without an end")

    def _text(self) -> str:
        coded = self._block[self._at] & 0x80
        length = self._number(7)
        if self._at + length > len(self._block):
            raise HpackError("a text that ends too early")
        raw = self._block[self._at : self._at + length]
        self._at += length
        return (unpack(raw) if coded else raw).decode("latin-1")
