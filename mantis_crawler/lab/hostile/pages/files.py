"""Downloads that never end, lie about what they are, or come by the thousand."""

from collections.abc import AsyncIterator, Callable

from mantis_crawler.lab.hostile.page import Asked, Group, HostilePage, head, scripted, shown, whole

_APK = "application/vnd.android.package-archive"
Body = Callable[[Asked], bytes | AsyncIterator[bytes]]


def _hands_out(name: str, tries: str, answer: Body, *, shows: bool = True) -> HostilePage:
    """A page with something to see that leads to a file half a second later."""

    def either(asked: Asked) -> bytes | AsyncIterator[bytes]:
        if asked.path == "/":
            return whole(scripted(name, "location = '/file'", after=500))
        return answer(asked)

    return HostilePage(name=name, tries=tries, answer=either, shows=shows)


def _named(name: str, body: bytes = b"PK\x03\x04 no app") -> Callable[[Asked], bytes]:
    return lambda _asked: whole(
        body, "200 OK", f"Content-Disposition: attachment; filename={name}", kind=_APK
    )


async def _endless(_asked: Asked) -> AsyncIterator[bytes]:
    yield head(kind=_APK)
    while True:
        yield bytes(1 << 16)


async def _ten_gigabytes(_asked: Asked) -> AsyncIterator[bytes]:
    yield head(kind=_APK, size=10 * 2**30)
    for _ in range(64):
        yield b"x" * (1 << 16)


async def _grows(asked: Asked) -> AsyncIterator[bytes]:
    from mantis_crawler.lab.hostile.pages.bodies import bomb  # noqa: PLC0415 - one shelf, one bomb

    pieces = bomb(asked)
    await anext(pieces)
    yield head("200 OK", "Content-Encoding: gzip", kind=_APK)
    async for piece in pieces:
        yield piece


def _thousand(asked: Asked) -> bytes:
    if asked.path != "/":
        return _named(f"app{asked.query[:6]}.apk")(asked)
    return whole(
        shown(
            "download-storm",
            """<script>
        for (let i = 0; i < 1000; i++) { const a = document.createElement('a'); a.href = '/f?' + i;
          a.download = i + '.apk'; document.body.append(a); a.click() }</script>""",
        )
    )


def _made_here(_asked: Asked) -> bytes:
    return whole(
        scripted(
            "download-blobs",
            """
        for (let i = 0; i < 30; i++) { const a = document.createElement('a'); a.download = i + '.apk';
          a.href = 'data:application/zip,PK' + i;
          if (i % 2) a.href = URL.createObjectURL(new Blob([new Uint8Array(3e7)]));
          document.body.append(a); a.click() }""",
        )
    )


GROUP = Group(
    name="files",
    pages=(
        _hands_out("download-endless", "a file without an end, as fast as it goes", _endless),
        _hands_out("download-10-gigabytes", "announces 10 GB, sends four MB and ends", _ten_gigabytes),
        _hands_out("download-empty", "a file of no bytes", _named("a.apk", b"")),
        _hands_out("download-bomb", "a file that unpacks to two gigabytes", _grows),
        _hands_out(
            "download-climbs",
            "a name that climbs out of the folder",
            _named('"..%2f..%2f../../../../etc/cron.d/x.apk"'),
        ),
        _hands_out("download-long-name", "a name of 5,000 characters", _named('"' + "a" * 5000 + '.apk"')),
        _hands_out(
            "download-odd-name",
            "a name of control characters and a reversed ending",
            _named("\"a%00b\x1b[31m\\\\c:\\\\aux.apk\"; filename*=UTF-8''%E2%80%AEkpa.%00%0a%0d.exe"),
        ),
        HostilePage(name="download-storm", tries="a thousand files at once", answer=_thousand),
        HostilePage(
            name="download-blobs", tries="thirty files made by a script, 30 MB each", answer=_made_here
        ),
    ),
)
