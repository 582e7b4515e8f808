"""Dialogs, prompts and wishes: what a page puts before a person's eyes so that nothing else can be done."""

from mantis_crawler.lab.hostile.page import Asked, Group, HostilePage, runs, scripted, whole

_PERMISSIONS = """
const want = () => {
  navigator.geolocation.getCurrentPosition(() => 0, () => 0);
  navigator.geolocation.watchPosition(() => 0, () => 0);
  Notification.requestPermission().catch(() => 0);
  navigator.mediaDevices?.getUserMedia({audio: true, video: true}).catch(() => 0);
  navigator.mediaDevices?.getDisplayMedia({video: true}).catch(() => 0);
  navigator.requestMIDIAccess?.({sysex: true}).catch(() => 0);
  navigator.clipboard?.readText().catch(() => 0);
  navigator.storage?.persist?.().catch(() => 0);
  navigator.bluetooth?.requestDevice({acceptAllDevices: true}).catch(() => 0);
  navigator.usb?.requestDevice({filters: []}).catch(() => 0);
  navigator.wakeLock?.request('screen').catch(() => 0);
};
setInterval(want, 30); want();
"""


def _asks_for_password(asked: Asked) -> bytes:
    if "authorization" in asked.headers:
        return whole("<h1>who are you</h1>")
    lines = ('WWW-Authenticate: Basic realm="Your bank"',)
    return whole("<h1>401</h1><p>Sign in first.", "401 Unauthorized", *lines)


def _asks_in_pictures(asked: Asked) -> bytes:
    if asked.path == "/":
        return whole(
            scripted("password-storm", "setInterval(() => new Image().src = '/p?' + Math.random(), 50)")
        )
    return whole("", "401 Unauthorized", 'WWW-Authenticate: Digest realm="x", nonce="1"')


def _asks_as_proxy(_asked: Asked) -> bytes:
    return whole(
        "<h1>407</h1>", "407 Proxy Authentication Required", 'Proxy-Authenticate: Basic realm="proxy"'
    )


GROUP = Group(
    name="dialogs",
    pages=(
        runs("alert-storm", "alerts without an end", "while (true) alert('Update your app');"),
        runs(
            "dialog-mix",
            "alert, confirm and prompt in turns, in every timer",
            "setInterval(() => { alert(1); confirm(2); prompt(3, 'x'.repeat(1e5)); }, 1)",
        ),
        runs("dialog-megabytes", "an alert of ten million characters", "alert('\u2603'.repeat(1e7))"),
        runs(
            "dialog-in-frames",
            "twenty frames that alert at once",
            "for (let i = 0; i < 20; i++) { const f = document.createElement('iframe');"
            "f.srcdoc = '<script>alert(' + i + ')</script>'; document.body.append(f); }".replace(
                "</", "<\\/"
            ),
        ),
        runs(
            "leave-dialog",
            "a dialog in beforeunload, and a way out that needs it",
            "onbeforeunload = (e) => { e.preventDefault(); e.returnValue = 'stay'; return 'stay' };"
            "setTimeout(() => location = '/next', 500)",
        ),
        runs(
            "print-storm",
            "print() without an end",
            "onafterprint = () => print(); setInterval(() => print(), 100)",
        ),
        runs("permission-storm", "asks for everything that there is to be granted", _PERMISSIONS),
        runs(
            "full-screen",
            "full screen, pointer lock and keyboard lock, again and again",
            "const go = () => { document.documentElement.requestFullscreen?.().catch(() => 0);"
            "document.body.requestPointerLock?.(); navigator.keyboard?.lock?.(); };"
            "for (const e of ['click', 'touchend', 'keydown']) addEventListener(e, go); setInterval(go, 50)",
        ),
        HostilePage(name="password-prompt", tries="HTTP authentication", answer=_asks_for_password),
        HostilePage(
            name="password-storm", tries="HTTP authentication in endless pictures", answer=_asks_in_pictures
        ),
        HostilePage(name="proxy-password", tries="asks for the proxy's password", answer=_asks_as_proxy),
        runs(
            "file-chooser",
            "opens choosers of files and colours",
            "setInterval(() => { for (const type of ['file', 'color', 'date']) { const i ="
            " document.createElement('input'); i.type = type; document.body.append(i);"
            " try { i.click(); i.showPicker() } catch {} } }, 200)",
        ),
        runs(
            "payment-request",
            "opens a payment sheet and asks for passkeys",
            "setInterval(() => { try { new PaymentRequest([{supportedMethods: 'https://pay.example/x'}],"
            "{total: {label: 'x', amount: {currency: 'EUR', value: '1'}}}).show().catch(() => 0) } catch {}"
            "navigator.credentials?.get({publicKey: {challenge: new Uint8Array(32)}}).catch(() => 0) }, 100)",
        ),
    ),
)
