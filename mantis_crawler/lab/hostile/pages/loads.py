"""Redirects and navigations without an end, popups, frames and trees that grow."""

from mantis_crawler.lab.hostile.page import (
    Asked,
    Group,
    HostilePage,
    head,
    runs,
    scripted,
    shown,
    static,
    whole,
)

_TABS = "<a id=a href=/new target=_blank rel=opener>x</a>"


def _hops(asked: Asked) -> bytes:
    """Return the next of 500 redirects; each sets a cookie, and none is the same URL."""
    number = int(asked.path.rpartition("/")[2] or 0)
    if number >= 500:
        return whole(shown("the end of 500 hops"))
    return head("302 Found", f"Location: /{number + 1}", f"Set-Cookie: h{number}=1", size=0)


def _scripted_hops(asked: Asked) -> bytes:
    number = int(asked.path.rpartition("/")[2] or 0)
    return whole(scripted(f"hop {number}", f"location.replace('/{number + 1}')"))


def _slow_hops(asked: Asked) -> bytes:
    number = int(asked.path.rpartition("/")[2] or 0)
    return whole(shown(f"hop {number}", f"<meta http-equiv=refresh content='1;url=/{number + 1}'>"))


def _frames(asked: Asked) -> bytes:
    depth = asked.path.count("/")
    inner = "".join(f"<iframe src='{asked.path.rstrip('/')}/{number}/'></iframe>" for number in range(3))
    return whole(shown("frames-in-frames", inner if depth < 12 else ""))


def _service(asked: Asked) -> bytes:
    if asked.path == "/worker.js":
        script = """oninstall = () => skipWaiting(); onactivate = (e) => e.waitUntil(clients.claim());
            onfetch = (e) => e.respondWith(new Response('<h1>from the worker</h1><script>setTimeout(() =>' +
              'location.reload(), 50)<\\/script>', {headers: {'Content-Type': 'text/html'}}))"""
        return whole(script, kind="text/javascript")
    return whole(
        scripted(
            "service-worker",
            "navigator.serviceWorker.register('/worker.js').then(() =>"
            "setTimeout(() => location.reload(), 700))",
        )
    )


def _busy(asked: Asked) -> bytes:
    if asked.path == "/":
        return whole(
            scripted(
                "request-storm",
                "let n = 0; setInterval(() => { for (let i = 0; i < 50; i++)"
                " fetch('/' + n++ + '.txt').catch(() => 0) }, 10)",
            )
        )
    return whole("x" * 2000, kind="text/plain")


GROUP = Group(
    name="loads",
    pages=(
        HostilePage(name="hops-500", tries="500 redirects", answer=_hops, shows=False),
        HostilePage(
            name="hop-loop",
            tries="a redirect to itself",
            shows=False,
            answer=lambda _asked: head("302 Found", "Location: /", size=0),
        ),
        HostilePage(
            name="script-hops", tries="a page that replaces itself without an end", answer=_scripted_hops
        ),
        HostilePage(name="slow-hops", tries="a refresh every second, to another URL", answer=_slow_hops),
        runs("reload-loop", "reloads itself without an end", "location.reload()", after=30),
        runs(
            "hash-loop",
            "changes its fragment without an end",
            "setInterval(() => { for (let i = 0; i < 50; i++) location.hash = Math.random() }, 1)",
        ),
        runs(
            "history-trap",
            "pushes states without an end and catches the way back",
            "onpopstate = () => history.pushState(1, '', '?' + Math.random());"
            "setInterval(() => { for (let i = 0; i < 50; i++) history.pushState(i, '', '?' + Math.random());"
            "history.back() }, 5)",
        ),
        runs(
            "scheme-storm",
            "custom schemes without an end",
            "setInterval(() => { for (const s of ['intent://x#Intent;scheme=http;end', 'market://details?id=x',"
            "'sms:+1?body=x', 'tel:+1', 'itms-services://?action=download-manifest&url=x'])"
            "location = s }, 10)",
        ),
        runs(
            "url-megabytes",
            "URLs of two megabytes",
            "for (let i = 0; i < 20; i++) { try { history.pushState(0, '', '?' + 'x'.repeat(2e6)) } catch {}"
            "location = 'intent:' + 'x'.repeat(2e6) }",
        ),
        static(
            "popup-fork",
            "a hundred tabs, each of which opens more",
            scripted("popup-fork", "for (let i = 0; i < 100; i++) { open('/?' + Math.random()); }"),
        ),
        static(
            "tab-fork",
            "a hundred tabs by a link",
            shown("tab-fork", _TABS + "<script>for (let i = 0; i < 100; i++) a.click()</script>"),
        ),
        runs(
            "close-self",
            "closes itself, stops its loading and empties itself",
            "setInterval(() => { window.close(); stop(); document.open(); document.close() }, 100)",
            after=400,
        ),
        HostilePage(name="frames-in-frames", tries="three frames in each frame, twelve deep", answer=_frames),
        runs(
            "frame-storm",
            "a thousand frames",
            "for (let i = 0; i < 1000; i++) { const f = document.createElement('iframe');"
            "f.srcdoc = '<p>' + i; document.body.append(f) }",
        ),
        runs(
            "dom-300000",
            "a tree of 300,000 nodes",
            "let h = ''; for (let i = 0; i < 150000; i++) h += '<b>' + i + '</b> ';"
            "document.body.innerHTML += h",
        ),
        runs(
            "dom-deep",
            "a tree 20,000 elements deep",
            "let e = document.body; for (let i = 0; i < 20000; i++) e = e.appendChild("
            "document.createElement('div')); e.textContent = 'deep'",
        ),
        runs(
            "dom-grows",
            "a tree that grows as long as it is looked at",
            "setInterval(() => { for (let i = 0; i < 500; i++) document.body.append(i,"
            "document.createElement('br'))"
            "}, 5)",
        ),
        runs("page-tall", "a page of 30 million pixels", "document.body.style.height = '30000000px'"),
        runs(
            "page-changes",
            "rewrites itself in every frame",
            "const f = () => { document.body.innerHTML = '<h1>' + Math.random() + '</h1>';"
            "requestAnimationFrame(f) }; f()",
        ),
        HostilePage(
            name="service-worker",
            tries="a service worker that answers for everything, and reloads",
            answer=_service,
            scheme="https",
        ),
        HostilePage(name="request-storm", tries="five thousand requests a second", answer=_busy),
    ),
)
