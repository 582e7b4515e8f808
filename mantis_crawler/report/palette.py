"""Colours of content classes and outcomes: the same word has the same colour in every report."""

from zlib import crc32

_COLOURS = {
    "login": "#c8454f",
    "download": "#d9772b",
    "gambling": "#7d66b3",
    "adult": "#b4588c",
    "news": "#2f86a6",
    "parked": "#7c8aa0",
    "challenge": "#b8962e",
    "unknown": "#98989f",
    "blank": "#a9adb4",
    "suspicion": "#9a7448",
    "nxdomain": "#6f7a8a",
    "no_address": "#8d97a5",
    "servfail": "#a06a6a",
    "dns_timeout": "#b08a5a",
    "timeout": "#c09a4a",
    "refused": "#8a7aa0",
    "unreachable": "#7a6f95",
    "tls_broken": "#b4705a",
    "exit_failed": "#a0704f",
    "sinkhole": "#4f8f7a",
    "error": "#a8555f",
    "crashed": "#9a4550",
}
_OTHERS = ("#4f8f5f", "#5878b8", "#9a7448", "#4a9090", "#8f6f9f", "#7f8f4a")


def colour(name: str) -> str:
    """Return the CSS colour of a class or outcome."""
    return _COLOURS.get(name) or _OTHERS[crc32(name.encode("utf-8", "replace")) % len(_OTHERS)]
