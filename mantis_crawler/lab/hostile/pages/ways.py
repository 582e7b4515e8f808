"""Ways into our own network: all causes of a request, from all kinds of document, to all forbidden places."""

from itertools import cycle
from urllib.parse import parse_qs, quote

from mantis_crawler.lab.hostile.page import Asked, Group, HostilePage, head, scripted, shown, whole
from mantis_crawler.lab.hostile.places import SPELLINGS

CAUSES = ("http", "refresh", "meta", "script", "form")


def inside(host: str, port: int, scheme: str = "http") -> str:
    """Return the URL of a listener at a forbidden place."""
    return f"{scheme}://{host}:{port}/secret" if port != 80 else f"{scheme}://{host}/secret"


def leads(cause: str, to: str) -> bytes:
    """Return an answer that leads on to a URL by a cause."""
    seen = "<h1>Sign in</h1><form><input type=password></form>"
    match cause:
        case "http":
            return head("302 Found", f"Location: {_ascii(to)}", size=0)
        case "refresh":
            return whole(shown("refresh", seen), "200 OK", f"Refresh: 0; url={_ascii(to)}")
        case "meta":
            return whole(shown("meta", f"<meta http-equiv=refresh content='0;url={to}'>{seen}"))
        case "script":
            return whole(shown("script", f"{seen}<script>location.replace('{to}')</script>"))
        case _:
            body = (
                f"{seen}<form id=f method=post action='{to}'><input name=a></form><script>f.submit()</script>"
            )
            return whole(shown("form", body))


def _ascii(url: str) -> str:
    return url.encode("ascii", "ignore").decode() if url.isascii() else quote(url, safe=":/[]%?=&")


def _top(place: str, cause: str) -> HostilePage:
    def answer(asked: Asked) -> bytes:
        return leads(cause, inside(SPELLINGS[place], asked.inside))

    return HostilePage(
        name=f"to-{place}",
        tries=f"top frame to {SPELLINGS[place]} by {cause}",
        answer=answer,
        shows=cause != "http",
    )


def _many(name: str, tries: str, script: str, *, markup: str = "") -> HostilePage:
    """A page whose script is run with ``urls``, all forbidden ones; other paths redirect to one of them."""

    def answer(asked: Asked) -> bytes:
        if asked.path == "/go":
            query = parse_qs(asked.query)
            return leads(query["by"][0], inside(SPELLINGS[query["to"][0]], asked.inside))
        if asked.path == "/worker.js":
            return whole(_WORKER.replace("URLS", _listed(asked)), kind="text/javascript")
        if asked.path == "/service.js":
            return whole(_SERVICE.replace("URLS", _listed(asked)), kind="text/javascript")
        body = f"const urls = {_listed(asked)}; const go = {list(map(_go, SPELLINGS))}; {script}"
        return whole(
            shown(name, markup.replace("INSIDE", inside("127.0.0.1", asked.inside)))
            + f"<script>{body}</script>"
        )

    return HostilePage(name=name, tries=tries, answer=answer)


def _listed(asked: Asked) -> str:
    return str([inside(host, asked.inside) for host in SPELLINGS.values()])


def _go(place: str) -> str:
    return f"/go?by=http&to={place}"


_ASK = "for (const u of [...urls, ...go]) "
_SILENT = ".catch(() => 0)"
_WORKER = (
    "const urls = URLS; for (const u of urls) { fetch(u, {mode: 'no-cors'}).catch(() => 0);"
    "try { importScripts(u) } catch {} try { new WebSocket(u.replace('http', 'ws')) } catch {} "
    "try { new EventSource(u) } catch {} }"
)
_SERVICE = (
    "const urls = URLS; oninstall = onactivate = (e) => e.waitUntil(Promise.allSettled("
    "urls.map((u) => fetch(u, {mode: 'no-cors'}))));"
    "onfetch = (e) => e.respondWith(fetch(urls[Math.floor(Math.random() * urls.length)], {mode: 'no-cors'}))"
)
_FRAME = "const f = document.createElement('iframe'); f.src = u; document.body.append(f);"
_RTC = """
const pc = new RTCPeerConnection({iceServers: urls.flatMap((u) => { const h = u.split('/')[2];
  return [{urls: 'stun:' + h}, {urls: `turn:${h}?transport=tcp`, username: 'a', credential: 'b'}]
}).slice(0, 12)});
pc.createDataChannel('x'); pc.onicecandidate = () => 0;
const other = new RTCPeerConnection();
pc.createOffer().then(async (offer) => {
  await pc.setLocalDescription(offer); await other.setRemoteDescription(offer);
  const answer = await other.createAnswer(); await other.setLocalDescription(answer);
  await pc.setRemoteDescription(answer);
  const hosts = ['127.0.0.1', '169.254.169.254', '10.0.0.138', 'f3a1b2c4-9d6e-4b0a-8c1d-2e3f4a5b6c7d.local'];
  for (const h of hosts) for (const kind of ['udp', 'tcp']) {
    const tail = kind == 'tcp' ? ' tcptype passive' : '';
    for (const it of [pc, other]) it.addIceCandidate({sdpMid: '0', candidate:
      `candidate:1 1 ${kind} 2122260223 ${h} 80 typ host${tail}`}).catch(() => 0) } }).catch(() => 0);
"""

GROUP = Group(
    name="ways",
    pages=(
        *(_top(place, cause) for place, cause in zip(SPELLINGS, cycle(CAUSES))),
        *(
            _many(
                f"frames-by-{cause}",
                f"frames that {cause} leads inside",
                f"for (const g of go) {{ const u = g.replace('by=http', 'by={cause}'); {_FRAME} }}",
            )
            for cause in CAUSES
        ),
        _many(
            "pictures-inside",
            "pictures, styles, scripts, fonts, media and objects",
            _ASK
            + """{
            new Image().src = u; const add = (tag, more) => document.body.append(
              Object.assign(document.createElement(tag), more));
            add('link', {rel: 'stylesheet', href: u}); add('script', {src: u});
            add('video', {src: u, preload: 'auto'}); add('object', {data: u}); add('embed', {src: u});
            new FontFace('x', `url(${u})`).load().catch(() => 0) }""",
        ),
        _many(
            "fetches-inside",
            "fetch, XHR, beacon, event source and upload",
            _ASK + "{ fetch(u, {mode: 'no-cors', keepalive: true})" + _SILENT + ";"
            "const x = new XMLHttpRequest(); x.open('POST', u); x.send('x'); navigator.sendBeacon(u, 'x');"
            "new EventSource(u); }",
        ),
        _many(
            "sockets-inside",
            "web sockets, plain and secure, and WebTransport",
            "for (const u of urls) for (const s of ['ws', 'wss']) {"
            "try { new WebSocket(u.replace('http', s)) } catch {}"
            "try { new WebTransport(u.replace('http', 'https')).ready.catch(() => 0) } catch {} }",
        ),
        _many(
            "workers-inside",
            "a worker and a shared worker that ask inside",
            "new Worker('/worker.js'); try { new SharedWorker('/worker.js') } catch {}",
        ),
        HostilePage(
            name="service-inside",
            tries="a service worker that answers with what is inside",
            scheme="https",
            answer=_many(
                "service-inside",
                "",
                "navigator.serviceWorker.register('/service.js').then(() =>"
                "setTimeout(() => fetch('/any').catch(() => 0), 500)).catch(() => 0)",
            ).answer,
        ),
        _many(
            "popups-inside",
            "new windows and tabs that open inside",
            "for (const u of [...urls.slice(0, 9), ...go.slice(0, 9)]) { window.open(u); const a ="
            "document.createElement('a'); Object.assign(a, {href: u, target: '_blank', ping: u});"
            "document.body.append(a);"
            "a.click(); }",
        ),
        _many(
            "prefetch-inside",
            "prefetch, preload, preconnect, prerender and speculation rules",
            "for (const u of urls) for (const rel of ['prefetch', 'preload', 'preconnect', 'dns-prefetch',"
            "'prerender', 'modulepreload', 'manifest', 'icon', 'apple-touch-icon']) document.head.append("
            "Object.assign(document.createElement('link'), {rel, href: u, as: 'fetch'}));"
            "const s = document.createElement('script'); s.type = 'speculationrules'; s.textContent ="
            "JSON.stringify({prefetch: [{source: 'list', urls}], prerender: [{source: 'list', urls}]});"
            "document.head.append(s)",
        ),
        _many("webrtc-inside", "WebRTC candidates and servers, a made-up .local name among them", _RTC),
        _many(
            "reports-inside",
            "reports of violations and network errors that go inside",
            "",
            markup="<meta http-equiv=content-security-policy content=\"img-src 'none'; report-uri INSIDE\">"
            "<img src=x><a id=a ping=INSIDE href=#x>x</a><script>a.click()</script>",
        ),
        _many(
            "downloads-inside",
            "downloads and saved links from inside",
            "for (const u of urls.slice(0, 12)) { const a = document.createElement('a'); a.href = u;"
            "a.download = 'x'; document.body.append(a); a.click(); }",
        ),
        HostilePage(
            name="rebind",
            tries="its own name leads inside after the first answer",
            answer=lambda asked: whole(
                scripted(
                    "rebind",
                    f"setInterval(() => {{ fetch('/again?' + Math.random()).catch(() => 0);"
                    f"fetch('http://rebind.hostile-lab.net:{asked.inside}/secret', {{mode: 'no-cors'}})"
                    ".catch(() => 0) }, 300)",
                )
            ),
        ),
        _many(
            "files-and-chrome",
            "file:, chrome:, devtools: and view-source: from every place",
            """
            for (const u of ['file:///etc/passwd', 'chrome://version', 'chrome://crash', 'devtools://devtools/x',
              'view-source:http://127.0.0.1/', 'filesystem:http://a/x', 'chrome-extension://a/b',
              'javascript:0', 'about:crash', 'chrome://inducebrowsercrashforrealz', 'blob:null/x',
              'content://a', 'ftp://127.0.0.1/']) {
              new Image().src = u; fetch(u).catch(() => 0); try { open(u) } catch {}
              try { location = u } catch {} """
            + _FRAME
            + "}",
        ),
        _many(
            "login-then-inside",
            "shows a login, and leads inside a second later",
            "setTimeout(() => location = urls[0], 1200)",
            markup="<form><input type=password></form>",
        ),
    ),
)
