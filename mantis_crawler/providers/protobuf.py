"""The wire format of protocol buffers, as far as an answer needs it: fields by number."""

from collections.abc import Iterator


class BrokenError(ValueError):
    """The bytes are no message, or the beginning of one."""


def fields(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Yield each field's number and value: an integer, or bytes of a fixed or told length.

    Raises:
        BrokenError: the message is broken or cut off.
    """
    place = 0
    while place < len(data):
        tag, place = _varint(data, place)
        number, kind = tag >> 3, tag & 7
        if not number or kind not in {0, 1, 2, 5}:
            raise BrokenError(f"no field has the tag {tag}")
        if kind == 0:
            value, place = _varint(data, place)
            yield number, value
            continue
        size = {1: 8, 5: 4}.get(kind, 0)
        if kind == 2:
            size, place = _varint(data, place)
        if place + size > len(data):
            raise BrokenError("a field is cut off")
        yield number, data[place : place + size]
        place += size


def numbers(value: int | bytes) -> Iterator[int]:
    """Yield the numbers of a repeated field: one alone, or packed."""
    if isinstance(value, int):
        yield value
        return
    place = 0
    while place < len(value):
        one, place = _varint(value, place)
        yield one


def _varint(data: bytes, place: int) -> tuple[int, int]:
    number = 0
    for shift in range(0, 70, 7):
        if place >= len(data):
            raise BrokenError("a number is cut off")
        byte = data[place]
        place += 1
        number |= (byte & 0x7F) << shift
        if not byte & 0x80:
            return number, place
    raise BrokenError("a number is too long")
