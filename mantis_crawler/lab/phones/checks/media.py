"""F: graphics, media, fonts and storage."""

from typing import Any

from mantis_crawler.lab.phones.check import row
from mantis_crawler.lab.phones.expected import Subject, absent, among, between, equal, like, test

PHONE_GPU = r"Adreno|Mali|Xclipse|PowerVR"


def _codecs(seen: Any, subject: Subject) -> bool:
    if not isinstance(seen, list) or len(seen) != 5 or seen[4]:
        return False
    h264, hevc, vp9 = seen[:3]
    return bool(h264 == "probably" == (hevc if subject.kind == "iphone" else vp9))


def _has(*names: str) -> Any:
    return test(", ".join(names), lambda seen, _: set(names) <= set(seen or []))


_TEXTURES = test(
    "etc and astc, no s3tc, bptc, rgtc",
    lambda seen, _: isinstance(seen, list) and "etc" in seen and not {"s3tc", "bptc", "rgtc"} & set(seen),
)
_NOT_LINUX = test(
    "neither DejaVu nor Liberation",
    lambda seen, _: isinstance(seen, list) and not {"DejaVu Sans", "Liberation Sans"} & set(seen),
)
_NONE = equal([], "none")
_DRAWN = between(100, 2304)
_MORE = between(1, 1000)
_ADAPTER = equal(value=True, shows="an adapter")
_ROOM = test("more than 1 GB", lambda seen, _: isinstance(seen, int | float) and seen > 1e9)
_CHROME_AUDIO = equal(["probably", "probably", "maybe"])
_DEVICES = ("audioinput", "videoinput")

CHECKS = (
    row(
        "F01",
        "WebGL renderer",
        "page.gl.renderer",
        like(PHONE_GPU, "Adreno, Mali, Xclipse or PowerVR"),
        equal("Apple GPU"),
        like(r"^ANGLE \((Intel|NVIDIA|AMD)", "Intel, NVIDIA or AMD"),
        "FPG",
        cheap=True,
    ),
    row("F02", "contexts that show a software renderer", "software", _NONE, _NONE, _NONE, "FPG", cheap=True),
    row("F03", "compressed textures", "textures", _TEXTURES, _TEXTURES, None, "BCD"),
    row(
        "F04",
        "WebGL version",
        "page.gl.version",
        like(r" Chromium\)$", "... Chromium)"),
        equal("WebGL 1.0"),
        like(r" Chromium\)$", "... Chromium)"),
        "ENG",
    ),
    row("F05", "WebGPU", "page.media.webgpu", _ADAPTER, _ADAPTER, None, "BCD"),
    row(
        "F06",
        "codecs of video: h264, hevc, vp9, av1, theora",
        "page.media.video",
        test("h264 and vp9, no theora", _codecs),
        test("h264 and hevc, no theora", _codecs),
        test("h264 and vp9, no theora", _codecs),
        "FPG",
    ),
    row(
        "F07",
        "words for codecs of audio",
        "page.media.audio",
        _CHROME_AUDIO,
        equal(["maybe", "maybe", "maybe"]),
        _CHROME_AUDIO,
        "FPG",
    ),
    row(
        "F08",
        "HLS without a script",
        "page.media.hls",
        among("maybe", "probably"),
        equal("maybe"),
        None,
        "BCD",
    ),
    row(
        "F09",
        "key systems: Widevine, FairPlay",
        "page.media.keys",
        test("Widevine", lambda seen, _: isinstance(seen, list) and seen[0] is True),
        test(
            "FairPlay alone",
            lambda seen, _: isinstance(seen, list) and seen[0] is not True and seen[1] is True,
        ),
        None,
        "SPEC",
    ),
    row(
        "F10",
        "sample rate of audio",
        "page.media.sampleRate",
        equal(48000),
        among(44100, 48000),
        among(44100, 48000),
        "SPEC",
    ),
    row(
        "F11",
        "microphones and cameras",
        "page.media.devices",
        _has(*_DEVICES, "audiooutput"),
        _has(*_DEVICES),
        None,
        "FPG",
    ),
    row(
        "F12",
        "the phone's fonts",
        "fonts.there",
        _has("Roboto", "sans-serif-thin"),
        _has("Helvetica Neue", "Menlo", "Gill Sans"),
        None,
        "FPG",
    ),
    row("F13", "fonts of Linux", "fonts.there", _NOT_LINUX, _NOT_LINUX, _NOT_LINUX, "FPG"),
    row("F14", "coloured pixels of an emoji", "page.media.emoji", _DRAWN, _DRAWN, _DRAWN, "SPEC"),
    row("F15", "voices", "page.media.voices", _MORE, _MORE, _MORE, "SPEC"),
    row("F16", "storage quota", "page.media.quota", _ROOM, _ROOM, _ROOM, "SPEC"),
    row(
        "F17",
        "Notification.permission and permissions.query()",
        "page.media.notification",
        equal(["default", "prompt"]),
        test("no Notification", lambda seen, _: isinstance(seen, list) and absent().holds(seen[0], _)),
        equal(["default", "prompt"]),
        "SPEC",
    ),
)
