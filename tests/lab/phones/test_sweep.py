"""Sweeps by the compatibility data, on data of our own."""

import json
from pathlib import Path
from typing import Any

from mantis_crawler.lab.phones.others.install import COMPAT
from mantis_crawler.lab.phones.others.sweep import Sweep, load


def feature(chrome: Any, android: Any, safari: Any, **more: Any) -> dict[str, Any]:
    support = {"chrome": chrome, "chrome_android": android, "safari_ios": safari}
    return {"__compat": {"support": support, **more}}


NEVER = {"version_added": False}


def since(version: Any, **more: Any) -> dict[str, Any]:
    return {"version_added": version, **more}


def loaded(folder: Path, api: dict[str, Any]) -> Sweep:
    place = folder / COMPAT
    place.parent.mkdir(parents=True)
    place.write_text(json.dumps({"api": api, "css": {"properties": {}}}))
    sweep = load(156, folder)
    assert sweep is not None
    return sweep


def test_without_data_there_is_no_sweep(tmp_path: Path) -> None:
    assert load(156, tmp_path) is None


def test_versions_decide_and_what_is_unclear_does_not_count(tmp_path: Path) -> None:
    sweep = loaded(
        tmp_path,
        {
            "Old": feature(since("80"), since("80"), since("17.1")),
            "New": feature(since("157"), since("157"), since("27.3")),
            "Gone": feature(since("80", version_removed="150"), NEVER, NEVER),
            "Flagged": feature(since("80", flags=[{}]), since("80"), since("17")),
            "Unsure": feature(since(None), since("80"), since("17")),
            "Deprecated": feature(since("80"), since("80"), since("17"), status={"deprecated": True}),
        },
    )
    assert sweep.names == {
        "Old": {"android": True, "iphone": True, "desktop": True},
        "New": {"android": False, "iphone": False, "desktop": False},
        "Gone": {"android": False, "iphone": False, "desktop": False},
    }


def test_only_names_count_that_are_right_about_the_control() -> None:
    table = {
        "Contacts": {"android": True, "iphone": False, "desktop": False},
        "Wrong": {"android": True, "iphone": True, "desktop": True},
        "Hid": {"android": False, "iphone": False, "desktop": True},
        "Hid.ask": {"android": False, "iphone": False, "desktop": True},
    }
    control = {"names": {"Contacts": False, "Wrong": False, "Hid": True, "Hid.ask": True}}
    sweep = Sweep(names=table, css={})
    same = {"names": control["names"]}
    assert sweep.wrong("android", same, control)["names"] == ["+Hid", "+Hid.ask", "-Contacts"]
    phone = {"names": {"Contacts": True, "Wrong": False, "Hid": False, "Hid.ask": False}}
    assert sweep.wrong("android", phone, control)["names"] == []
