"""A page asks in every place that runs script, and hears the same phone everywhere."""

import asyncio
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from mantis_crawler import devices
from mantis_crawler.browser.dress import Dress
from mantis_crawler.browser.driver import started
from mantis_crawler.browser.find import find_browser
from mantis_crawler.browser.gateway import Gateway
from mantis_crawler.browser.order import Order
from mantis_crawler.browser.pool import BrowserPool
from mantis_crawler.browser.settle import Patience
from mantis_crawler.browser.targets import Targets, TargetsError
from mantis_crawler.browser.visit import Visitor
from mantis_crawler.catalog import discover
from mantis_crawler.enrichment.resolver import Resolver
from mantis_crawler.items import Answer, Device, Outcome, Resolution, Visit, country
from mantis_crawler.store import CaptureStore
from tests.browser.stage import configured

pytestmark = pytest.mark.browser

SHELF = discover(devices, Device)
PLACES = {"page", "blank", "srcdoc", "same", "sandbox", "worker", "blob", "nested", "shared", "service"}
PATIENCE = Patience(quiet=0.8, cap=8.0, deadline=20.0)

ASK = """({
  ua: navigator.userAgent, platform: navigator.platform, languages: [...navigator.languages],
  cores: navigator.hardwareConcurrency, memory: navigator.deviceMemory || 0,
  hints: navigator.userAgentData ? JSON.stringify(navigator.userAgentData) : 'none',
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  locale: Intl.DateTimeFormat().resolvedOptions().locale,
  connection: navigator.connection ? navigator.connection.type : 'none',
})"""
ASK_PAGE = """({
  touch: navigator.maxTouchPoints, vendor: navigator.vendor, webdriver: navigator.webdriver,
  chrome: typeof chrome, standalone: typeof navigator.standalone, pay: typeof ApplePaySession,
  plugins: navigator.plugins.length, own: Object.getOwnPropertyNames(navigator),
  source: Function.prototype.toString.call(
    Object.getOwnPropertyDescriptor(Navigator.prototype, 'languages').get).replace(/\\s+/g, ' '),
  itself: Function.prototype.toString.toString().replace(/\\s+/g, ' '),
  brand: (() => {
    try { Navigator.prototype.platform; return 'none'; } catch (error) { return error.name; }
  })(),
  gpu: (() => {
    const gl = document.createElement('canvas').getContext('webgl');
    const unmasked = gl && gl.getExtension('WEBGL_debug_renderer_info').UNMASKED_RENDERER_WEBGL;
    return gl ? gl.getParameter(unmasked) : null;
  })(),
  share: navigator.share({text: 'x'}).catch((error) => error.name),
  popup: window.open('/popup') ? 'opened' : 'blocked',
})"""
FRAMES = """
for (const [place, set] of [['same', {src: '/frame?same'}],
  ['sandbox', {src: '/frame?sandbox', sandbox: 'allow-scripts'}],
  ['srcdoc', {srcdoc:
    '<script>parent.postMessage({place: "srcdoc", told: ' + ASK + '}, "*")<' + '/script>'}]]) {
  const frame = document.createElement('iframe');
  for (const [key, value] of Object.entries(set)) frame.setAttribute(key, value);
  document.body.append(frame);
}
"""
PAGE = f"""<!doctype html><meta name=viewport content="width=device-width"><body><script>
const out = {{page: {ASK}}};
const worker = (place, made) => {{ made.onmessage = (event) => {{ out[place] = event.data; }}; }};
worker('worker', new Worker('/worker.js'));
worker('blob', new Worker(URL.createObjectURL(new Blob([`postMessage({ASK})`]))));
worker('nested', new Worker('/nested.js'));
const shared = new SharedWorker('/shared.js');
shared.port.onmessage = (event) => {{ out.shared = event.data; }};
navigator.serviceWorker.register('/service.js').then(() => navigator.serviceWorker.ready).then((found) => {{
  const line = new MessageChannel();
  line.port1.onmessage = (event) => {{ out.service = event.data; }};
  found.active.postMessage('ask', [line.port2]);
}});
const blank = document.createElement('iframe');
document.body.append(blank);
out.blank = blank.contentWindow.eval(`{ASK}`);
onmessage = (event) => {{ out[event.data.place] = event.data.told; }};
const ASK = `{ASK}`;
{FRAMES}
const only = {ASK_PAGE};
Promise.resolve(only.share).then((share) => {{ only.share = share; }});
const started = Date.now();
const send = setInterval(() => {{
  if (Object.keys(out).length < {len(PLACES)} && Date.now() - started < 6000) return;
  clearInterval(send);
  fetch('/told', {{method: 'POST', body: JSON.stringify({{out, only}})}});
}}, 50);
const alive = setInterval(() => fetch('/alive'), 300);
setTimeout(() => clearInterval(alive), 3000);
</script>"""
TEXTS = {
    "/": (PAGE, "text/html"),
    "/frame": (
        f"<script>parent.postMessage({{place: location.search.slice(1), told: {ASK}}}, '*')</script>",
        "text/html",
    ),
    "/worker.js": (f"postMessage({ASK})", "text/javascript"),
    "/nested.js": (
        "const inner = new Worker('/worker.js'); inner.onmessage = (event) => postMessage(event.data);",
        "text/javascript",
    ),
    "/shared.js": (f"onconnect = (event) => event.ports[0].postMessage({ASK})", "text/javascript"),
    "/service.js": (f"onmessage = (event) => event.ports[0].postMessage({ASK})", "text/javascript"),
}


class Names(Resolver):
    """Every name has one public-looking address, every address is its own; nothing is asked."""

    def __init__(self) -> None:
        """Asks nobody."""

    async def resolve(self, host: str) -> Resolution:
        address = host if host.startswith("127.") else "11.42.250.21"
        return Resolution(host=host, outcome=None, answers=(Answer(address=address),))


def nowhere(_address: str, _port: int) -> tuple[str, int]:
    """Route of tests that connect to nothing."""
    raise OSError("no way")


@dataclass
class Site:
    told: dict[str, Any] = field(default_factory=dict)
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.Response:
        self.requests.append((request.path, {name.lower(): value for name, value in request.headers.items()}))
        if request.path == "/told":
            self.told = json.loads(await request.text())
        text, kind = TEXTS.get(request.path, ("", "text/plain"))
        return web.Response(
            text=text, content_type=kind, headers={"Accept-CH": "Device-Memory, Sec-CH-UA-Model"}
        )


async def looked_at(folder: Path, name: str, code: str, started_for: str) -> tuple[Site, Visit]:
    """Visit the asking page in a browser that was started for another country's visit."""
    site = Site()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", site.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    server = web.TCPSite(runner, "127.0.0.1", 0)
    await server.start()
    port = runner.addresses[0][1]
    gateway = Gateway(Names(), route=lambda _address, _port: ("127.0.0.1", port))
    async with started(configured()) as kind:
        pool = BrowserPool(kind, find_browser(None), gateway)
        try:
            async with pool.lend(SHELF[name], country(started_for)):
                pass
            visitor = Visitor(pool, gateway, CaptureStore(folder), PATIENCE)
            order = Order(url="http://phone.localhost/", device=SHELF[name], country=country(code))
            visit = await visitor.visit(order)
        finally:
            await pool.close()
            await runner.cleanup()
    return site, visit


@pytest.mark.parametrize(
    ("name", "code", "started_for"),
    [("android", "fr", "fr"), ("iphone", "jp", "jp"), ("android", "de", "us"), ("iphone", "fr", "us")],
)
def test_every_place_of_a_page_shows_the_same_phone(
    tmp_path: Path, name: str, code: str, started_for: str
) -> None:
    site, visit = asyncio.run(looked_at(tmp_path, name, code, started_for))
    assert visit.outcome is Outcome.LOADED, visit.error
    told, page = site.told["out"], site.told["out"]["page"]
    assert set(told) == PLACES
    for place, facts in told.items():
        assert facts == page, place
    device, where = SHELF[name], country(code)
    assert page["platform"] == device.platform
    assert page["cores"] == device.cores
    assert page["memory"] == device.memory
    assert page["zone"] == where.time_zone
    assert page["locale"] == where.languages[0]
    assert page["connection"] == (device.connection or "none")
    safari = device.engine == "webkit"
    assert page["languages"] == list(where.languages[:1] if safari else where.languages)
    assert ("Google Chrome" in page["hints"]) is not safari
    assert "Headless" not in json.dumps(told)

    only = site.told["only"]
    assert only["touch"] == device.touch_points
    assert only["vendor"] == device.vendor
    assert only["webdriver"] is False
    assert only["chrome"] == ("undefined" if safari else "object")
    assert only["standalone"] == ("boolean" if safari else "undefined")
    assert only["pay"] == ("function" if safari else "undefined")
    assert only["plugins"] == (5 if safari else 0)
    assert only["gpu"] in {None, device.gpu_renderer}
    assert only["share"] == "NotAllowedError"
    assert only["popup"] == "blocked"
    # nothing tells that a getter is ours
    assert only["own"] == []
    assert only["source"] == "function get languages() { [native code] }"
    assert only["itself"] == "function toString() { [native code] }"
    assert only["brand"] == "TypeError"

    agents = {headers["user-agent"] for _, headers in site.requests}
    assert agents == {page["ua"]}
    first = site.requests[0][1]
    assert first["accept-language"].startswith(f"{where.languages[0]},")
    hinted = {header for _, headers in site.requests for header in headers if header.startswith("sec-ch-")}
    assert bool(hinted) is not safari
    memories = {headers.get("device-memory") for path, headers in site.requests if path == "/frame"}
    assert memories <= ({None} if safari else {None, "8"})


SHARED = f"""<!doctype html><p>hello<script>
const page = JSON.stringify({ASK}), told = [];
const source = `onconnect = (event) => event.ports[0].postMessage({ASK})`;
const places = [0, 1, 2].flatMap((at) => ['/shared.js?' + at, URL.createObjectURL(new Blob([source])),
  'data:text/javascript,' + encodeURIComponent(source + '//' + at)]);
for (const place of places)
  new SharedWorker(place).port.onmessage = (event) => {{ told.push(JSON.stringify(event.data) === page); }};
const started = Date.now();
const send = setInterval(() => {{
  if (told.length < places.length && Date.now() - started < 5000) return;
  clearInterval(send);
  fetch('/told', {{method: 'POST', body: JSON.stringify({{told}})}});
}}, 50);
const alive = setInterval(() => fetch('/alive'), 300);
setTimeout(() => clearInterval(alive), 2000);
</script>"""


def test_a_shared_worker_waits_for_its_dress_however_late_we_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attached = Targets._attached

    async def late(self: Targets, event: dict[str, Any]) -> None:
        if event["targetInfo"]["type"] == "shared_worker":
            await asyncio.sleep(0.05)
        await attached(self, event)

    monkeypatch.setattr(Targets, "_attached", late)
    monkeypatch.setitem(TEXTS, "/", (SHARED, "text/html"))
    site, _ = asyncio.run(looked_at(tmp_path, "android", "us", "us"))
    assert site.told == {"told": [True] * 9}


def test_a_page_cannot_reach_the_second_line() -> None:
    asyncio.run(_knock())


async def _knock() -> None:
    gateway = Gateway(Names(), route=nowhere)
    async with started(configured()) as kind:
        pool = BrowserPool(kind, find_browser(None), gateway)
        try:
            async with pool.lend(SHELF["android"], country("us")) as browser, gateway.door() as door:
                port = pool.targets(browser).port
                context = await browser.new_context(proxy={"server": door.url})
                page = await context.new_page()
                said = await page.evaluate(
                    """async (port) => {
                      const socket = new WebSocket(`ws://127.0.0.1:${port}/devtools/browser`);
                      const opened = new Promise((done) => {
                        socket.onopen = () => done('open');
                        socket.onerror = () => done('refused');
                      });
                      const asked = await fetch(`http://127.0.0.1:${port}/json/version`, {mode: 'no-cors'})
                        .then((answer) => answer.type, () => 'refused');
                      return [asked, await opened];
                    }""",
                    port,
                )
                assert said[1] == "refused"
                assert {(item.port, item.result) for item in door.log} == {(port, "not_public")}
        finally:
            await pool.close()


def test_a_browser_whose_line_is_lost_is_not_lent_again() -> None:
    asyncio.run(_lose())


async def _lose() -> None:
    gateway = Gateway(Names(), route=nowhere)
    async with started(configured()) as kind:
        pool = BrowserPool(kind, find_browser(None), gateway)
        try:
            async with pool.lend(SHELF["android"], country("us")) as first:
                await pool.targets(first).close()
                # a page of Playwright's still opens: nothing waits for us
                context = await first.new_context()
                page = await asyncio.wait_for(context.new_page(), 5)
                assert await page.evaluate("1 + 1") == 2
            async with pool.lend(SHELF["android"], country("us")) as second:
                assert second is not first
                assert pool.targets(second).alive
        finally:
            await pool.close()


def test_where_no_browser_listens_is_told() -> None:
    worn = Dress(device=SHELF["android"], country=country("us"), version="156.0.0.0")
    with pytest.raises(TargetsError, match="no line to the browser"):
        asyncio.run(Targets.open("ws://127.0.0.1:9/devtools/browser/none", worn))
