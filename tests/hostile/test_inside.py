"""The listeners hear whoever comes: a test that asks them proves something."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mantis_crawler.lab.hostile import hostile_pages, page_at
from mantis_crawler.lab.hostile.island import ferry
from mantis_crawler.lab.hostile.places import SPELLINGS

ROOT = Path(__file__).parents[2]
VISITOR = """
import asyncio, os, socket
from mantis_crawler.lab.hostile.inside import Inside
async def main():
    inside = Inside()
    await inside.start(shore=int(os.environ["MANTIS_ISLAND"]))
    for place in ("127.0.0.1", "10.0.0.138", "172.16.5.4", "192.168.1.1", "169.254.169.254", "100.64.0.1"):
        _, writer = await asyncio.open_connection(place, 80)
        writer.write(b"hello")
        await writer.drain()
        writer.close()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
        out.sendto(b"hello", ("224.0.0.251", 5353))
        out.sendto(b"hello", ("10.0.0.138", 80))
        out.sendto(b"hello", ("8.8.8.8", 53))
    await asyncio.sleep(0.5)
    print(os.environ["MANTIS_ISLAND"], *inside.reached, sep="\\n")
    inside.close()
asyncio.run(main())
"""


def test_every_forbidden_network_and_all_that_would_leave_the_machine_is_heard() -> None:
    if not ferry():
        pytest.skip("this system allows no network of one's own")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    line = [*ferry(), sys.executable, "-c", VISITOR]
    ended = subprocess.run(line, env=environment, capture_output=True, text=True, timeout=60, check=False)
    shore, *heard = ended.stdout.splitlines()
    places = ["127.0.0.1", "10.0.0.138", "172.16.5.4", "192.168.1.1", "169.254.169.254", "100.64.0.1"]
    for place in places:
        assert any(line.startswith(f"('{place}', 80)") for line in heard), (place, ended.stderr)
    assert any(line.startswith("0.0.0.0 udp") for line in heard)
    if int(shore) >= 0:
        assert any("beyond the shore: to 224.0.0.251" in line for line in heard)
        assert any("beyond the shore: who has 8.8.8.8" in line for line in heard)


def test_each_page_has_a_name_that_fits_a_host_and_says_what_it_tries() -> None:
    for page in hostile_pages().values():
        assert page_at(page.host) is page
        assert page.name.replace("-", "").isalnum()
        assert page.name.islower()
        assert page.tries
    assert len(hostile_pages()) >= 60


def test_there_is_a_page_for_every_forbidden_place_and_one_for_every_cause() -> None:
    names = set(hostile_pages())
    assert {f"to-{place}" for place in SPELLINGS} <= names
    assert {f"frames-by-{cause}" for cause in ("http", "refresh", "meta", "script", "form")} <= names
