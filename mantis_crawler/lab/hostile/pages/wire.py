"""Oddities of HTTP and TLS, and stores that are filled."""

from mantis_crawler.lab.hostile.page import Asked, Group, HostilePage, head, runs, shown, static, whole

_BODY = shown("an odd answer").encode()
_FILLS = """
const big = 'x'.repeat(1e6);
try { for (let i = 0; i < 20; i++) localStorage.setItem('k' + i, big) } catch {}
try { for (let i = 0; i < 20; i++) sessionStorage.setItem('k' + i, big) } catch {}
for (let i = 0; i < 10000; i++) document.cookie = 'c' + i + '=' + 'y'.repeat(200);
const open = indexedDB.open('a', 1);
open.onupgradeneeded = () => open.result.createObjectStore('s');
open.onsuccess = () => { let n = 0; const put = () => { const t = open.result.transaction('s', 'readwrite');
  t.objectStore('s').put(new Uint8Array(8e6).fill(n), n++);
  t.oncomplete = put; t.onabort = () => 0; }; put(); };
caches?.open('c').then(async (c) => { for (let i = 0; i < 1000; i++)
  await c.put('/' + i, new Response(new Uint8Array(4e6).fill(1))) }).catch(() => 0);
navigator.storage?.getDirectory?.().then(async (d) => { for (let i = 0; i < 1000; i++) {
  const w = await (await d.getFileHandle('f' + i, {create: true})).createWritable();
  await w.write(new Uint8Array(8e6).fill(1)); await w.close() } }).catch(() => 0);
"""
_DETECTS = """
const signs = [navigator.webdriver, window.__playwright, window.cdc_adoQpoasnfa76pfcZLmcfl_Array,
  window.callPhantom, document.$cdc_, window.domAutomation];
const error = new Error(); let read = 0;
Object.defineProperty(error, 'stack', {get: () => { read++; return '' }});
setInterval(() => { console.debug(error); if (read || signs.some(Boolean)) {
  document.body.textContent = 'nothing here'; while (true); } }, 100);
const t = performance.now(); debugger;
if (performance.now() - t > 100) document.body.textContent = 'nothing here';
"""


def _many_cookies(_asked: Asked) -> bytes:
    lines = [f"Set-Cookie: c{number}={'v' * 20}; Path=/" for number in range(3000)]
    return head("200 OK", *lines, size=len(_BODY)) + _BODY


def _raw_page(name: str, tries: str, answer: bytes, *, shows: bool = True) -> HostilePage:
    return HostilePage(name=name, tries=tries, answer=lambda _asked: answer, shows=shows)


def _tls(name: str, tries: str, certificate: str = "good") -> HostilePage:
    answer = whole(shown(name))
    return HostilePage(
        name=name, tries=tries, answer=lambda _asked: answer, scheme="https", certificate=certificate
    )


GROUP = Group(
    name="wire",
    pages=(
        _raw_page(
            "head-megabyte",
            "a header line of 1 MB",
            shows=False,
            answer=head("200 OK", f"X-Big: {'x' * 2**20}", size=len(_BODY)) + _BODY,
        ),
        _raw_page(
            "head-lines",
            "twenty thousand header lines",
            shows=False,
            answer=head("200 OK", *(f"X-{n}: {n}" for n in range(20_000)), size=len(_BODY)) + _BODY,
        ),
        HostilePage(name="cookies-3000", tries="3,000 cookies in one answer", answer=_many_cookies),
        runs("storage-filling", "fills cookies, storages, databases, caches and private files", _FILLS),
        runs("detects-tools", "hides from tools and loops where it finds one", _DETECTS),
        _raw_page(
            "http-1-0",
            "HTTP/1.0 without a length",
            b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + _BODY,
        ),
        _raw_page("http-0-9", "a body without any head", _BODY, shows=False),
        _raw_page(
            "http-2-spoken",
            "HTTP/2 frames where HTTP/1.1 was asked for",
            shows=False,
            answer=b"\x00\x00\x12\x04\x00\x00\x00\x00\x00" + bytes(18) + b"\x00\x00\x00\x07" + bytes(40),
        ),
        _raw_page(
            "http-3-told",
            "alternative services at forbidden places",
            whole(_BODY, "200 OK", 'Alt-Svc: h3="127.0.0.1:80"; ma=9999, h2="10.0.0.138:80"; persist=1'),
        ),
        _raw_page(
            "status-odd", "a status of 99999", shows=False, answer=head("99999 Odd", size=len(_BODY)) + _BODY
        ),
        _raw_page(
            "status-continues",
            "a hundred answers of 100 Continue and 103 Early Hints before the last",
            b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n" * 50
            + whole(_BODY),
        ),
        _raw_page(
            "status-switches",
            "101 Switching Protocols that nobody asked for",
            shows=False,
            answer=b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n" + _BODY,
        ),
        _raw_page("status-204", "204 No Content", head("204 No Content"), shows=False),
        _raw_page("status-304", "304 Not Modified to a first request", head("304 Not Modified"), shows=False),
        _raw_page(
            "head-folded",
            "folded, empty and nameless header lines",
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-A: b\r\n c\r\n: d\r\nnothing\r\n\r\n" + _BODY,
        ),
        _raw_page(
            "two-answers", "a second answer after the first", whole(_BODY) + whole("<h1>the second</h1>")
        ),
        static(
            "multipart",
            "a document that replaces itself",
            b"--x\r\nContent-Type: text/html\r\n\r\n"
            + _BODY
            + b"\r\n--x\r\nContent-Type: text/html\r\n\r\n<h1>second</h1>\r\n--x--",
            "200 OK",
            "Content-Type: multipart/x-mixed-replace; boundary=x",
        ),
        _tls("tls-expired", "a certificate that has expired", "expired"),
        _tls("tls-self-signed", "a certificate of its own", "self_signed"),
        _tls("tls-wrong-name", "a certificate of another name", "wrong_name"),
        _tls("tls-asks-certificate", "asks for the visitor's certificate"),
    ),
)
