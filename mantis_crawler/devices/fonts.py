"""Fonts of phones: the families that pages may name, and the free font that is painted for each.

Android's names are those of AOSP's ``fonts.xml``, Apple's those of its list of iOS fonts, Windows'
those of its typography list. What is free is Roboto and Noto, which cover every script in use.
"""

ROBOTO, SERIF, MONO, EMOJI = "Roboto", "Noto Serif", "Noto Sans Mono", "Noto Color Emoji"

LAST = "Noto Sans Adlam"

_SCRIPTS = tuple(
    f"Noto Sans {script}"
    for script in (
        *(
            "Arabic",
            "Armenian",
            "Bengali",
            "Canadian Aboriginal",
            "Cherokee",
            "Devanagari",
            "Ethiopic",
        ),
        *("Georgian", "Gujarati", "Gurmukhi", "Hebrew", "Kannada", "Khmer", "Lao", "Malayalam", "Mongolian"),
        *(
            "Myanmar",
            "NKo",
            "Ol Chiki",
            "Oriya",
            "Sinhala",
            "Symbols",
            "Symbols2",
            "Syriac",
            "Tai Le",
            "Tamil",
        ),
        *("Telugu", "Thaana", "Thai", "Tifinagh", "Yi", "CJK HK", "CJK JP", "CJK KR", "CJK SC", "CJK TC"),
    )
)

_APPLE = {
    "Noto Sans Arabic": "Geeza Pro",
    "Noto Sans Bengali": "Kohinoor Bangla",
    "Noto Sans CJK HK": "PingFang HK",
    "Noto Sans CJK JP": "Hiragino Sans",
    "Noto Sans CJK KR": "Apple SD Gothic Neo",
    "Noto Sans CJK SC": "PingFang SC",
    "Noto Sans CJK TC": "PingFang TC",
    "Noto Sans Cherokee": "Galvji",
    "Noto Sans Devanagari": "Kohinoor Devanagari",
    "Noto Sans Ethiopic": "Kefa",
    "Noto Sans Gujarati": "Kohinoor Gujarati",
    "Noto Sans Gurmukhi": "Mukta Mahee",
    "Noto Sans Hebrew": "Arial Hebrew",
    "Noto Sans Khmer": "Khmer Sangam MN",
    "Noto Sans Lao": "Lao Sangam MN",
    "Noto Sans Malayalam": "Malayalam Sangam MN",
    "Noto Sans Sinhala": "Sinhala Sangam MN",
    "Noto Sans Symbols": "Apple Symbols",
    "Noto Sans Symbols2": "Zapf Dingbats",
    "Noto Sans Tamil": "Tamil Sangam MN",
    "Noto Sans Telugu": "Kohinoor Telugu",
    "Noto Sans Thai": "Thonburi",
}
_MICROSOFT = {
    "Noto Sans Arabic": "Segoe UI Arabic",
    "Noto Sans CJK HK": "Microsoft JhengHei UI",
    "Noto Sans CJK JP": "Yu Gothic",
    "Noto Sans CJK KR": "Malgun Gothic",
    "Noto Sans CJK SC": "Microsoft YaHei",
    "Noto Sans CJK TC": "Microsoft JhengHei",
    "Noto Sans Cherokee": "Gadugi",
    "Noto Sans Devanagari": "Nirmala UI",
    "Noto Sans Ethiopic": "Ebrima",
    "Noto Sans Khmer": "Khmer UI",
    "Noto Sans Lao": "Lao UI",
    "Noto Sans Mongolian": "Mongolian Baiti",
    "Noto Sans Myanmar": "Myanmar Text",
    "Noto Sans Symbols2": "Segoe UI Symbol",
    "Noto Sans Thai": "Leelawadee UI",
    "Noto Sans Yi": "Microsoft Yi Baiti",
}


def _fonts(paint: dict[str, tuple[str, ...]], renamed: dict[str, str]) -> tuple[tuple[str, str], ...]:
    named = ((name, painted) for painted, names in paint.items() for name in names)
    scripts = ((renamed.get(script, script), script) for script in (*_SCRIPTS, LAST))
    return (*named, *scripts)


ANDROID_FONTS = _fonts(
    {
        ROBOTO: ("Roboto", "sans-serif", "system-ui", "Arial", "Helvetica", "Tahoma", "Verdana"),
        f"{ROBOTO}:thin": ("sans-serif-thin",),
        f"{ROBOTO}:light": ("sans-serif-light",),
        f"{ROBOTO}:medium": ("sans-serif-medium",),
        f"{ROBOTO}:black": ("sans-serif-black",),
        "Roboto Condensed": ("sans-serif-condensed",),
        SERIF: (
            *("Noto Serif", "serif", "Times", "Times New Roman", "Palatino", "Georgia", "Baskerville"),
            *("Goudy", "Fantasy", "ITC Stone Serif"),
        ),
        MONO: ("Droid Sans Mono", "monospace", "sans-serif-monospace", "Courier", "Courier New", "Monaco"),
        EMOJI: (EMOJI,),
    },
    {},
)
"""Of Android; many of its names are other names of Roboto and Noto Serif there, too."""

IPHONE_FONTS = _fonts(
    {
        ROBOTO: (
            *("Helvetica", "sans-serif", "system-ui", "Helvetica Neue", "Arial", "Verdana", "Trebuchet MS"),
            *("Avenir", "Avenir Next", "Futura", "Optima"),
        ),
        f"{ROBOTO}:bold": ("Arial Rounded MT Bold", "Marker Felt"),
        "Roboto Condensed": ("Gill Sans", "Avenir Next Condensed", "DIN Condensed"),
        SERIF: (
            *("Palatino", "serif", "Times New Roman", "Georgia", "Baskerville", "Cochin", "Didot"),
            *("Hoefler Text", "Bodoni 72", "Charter", "Rockwell"),
        ),
        MONO: ("Menlo", "monospace", "Courier", "Courier New", "American Typewriter"),
        EMOJI: ("Apple Color Emoji",),
    },
    _APPLE,
)
"""Of iOS; what has no name of Apple's is called Noto Sans there, too."""

WINDOWS_FONTS = _fonts(
    {
        ROBOTO: (
            "Arial",
            "sans-serif",
            "system-ui",
            "Segoe UI",
            "Tahoma",
            "Verdana",
            "Calibri",
            "Trebuchet MS",
        ),
        f"{ROBOTO}:light": ("Segoe UI Light",),
        f"{ROBOTO}:black": ("Arial Black", "Impact"),
        SERIF: ("Palatino Linotype", "serif", "Times New Roman", "Georgia", "Cambria", "Constantia"),
        MONO: ("Consolas", "monospace", "Courier New", "Lucida Console"),
        EMOJI: ("Segoe UI Emoji",),
    },
    _MICROSOFT,
)
"""Of Windows."""
