"""A second look: artifacts that showed the phones nothing are visited in depth, and stay one record."""

from collections import Counter

import pytest

from mantis_crawler.items import Depth
from mantis_crawler.lab.world import World
from tests.spiders.runs import Run, crawl, feed_of

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    world, folder = World(1), tmp_path_factory.mktemp("depth")
    hosts = [
        next(site.host for site in world.sites.values() if site.design == design)
        for design in ("parcel-card", "servers-empty")
    ]
    seeds = feed_of(folder / "some.csv", [f"domain,{host},," for host in hosts])
    arguments = (f"seeds={seeds}", "lab=yes", "devices=android,desktop", "depth=second-look")
    return crawl(folder / "outputs", *arguments)


def test_only_where_the_phones_saw_nothing_is_looked_again(run: Run) -> None:
    assert run.code == 0, run.said
    looks = [
        Counter((visit.device, visit.depth) for visit in record.visits)
        for record in sorted(run.records, key=lambda record: len(record.visits))
    ]
    once = Counter([("android", Depth.DEFAULT), ("desktop", Depth.DEFAULT)])
    assert looks == [once, once + Counter([("android", Depth.DEEP)])]


def test_the_report_and_the_record_say_how_deep_a_visit_was(run: Run) -> None:
    assert run.folder is not None
    assert ", in depth" in (run.folder / "report/index.html").read_text("utf-8")
    assert '"depth": "deep"' in (run.folder / "records.jsonl").read_text("utf-8").replace('":"', '": "')
