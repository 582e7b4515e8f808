"""Bodies of pages that were left before anybody looked at them."""

import json
from collections.abc import Iterator

import pytest

from mantis_crawler.items import CaptureKind
from tests.browser.stage import Stage

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with Stage(tmp_path_factory.mktemp("stage")) as stage:
        yield stage


def test_each_page_of_a_chain_is_kept_as_it_was_sent(stage: Stage) -> None:
    stage.pages["/first"] = "<p>the first lure<script>location = '/second'</script>"
    stage.pages["/second"] = "<p>the second<script>setTimeout(() => location = '/third', 300)</script>"
    stage.pages["/third"] = "<p>the third"
    log = json.loads(stage.text(stage.visit("/first"), CaptureKind.HAR))["log"]
    bodies = [entry["response"]["content"].get("text") for entry in log["entries"]]
    assert bodies == [stage.pages[path] for path in ("/first", "/second", "/third")]


def test_a_frame_that_was_removed_is_kept_as_it_was_sent(stage: Stage) -> None:
    stage.pages["/removes"] = """<p>x<iframe id=f src='http://other.stage-site.com/inner'></iframe>
        <script>f.onload = () => setTimeout(() => f.remove(), 300)</script>"""
    stage.pages["/inner"] = "<form>pin <input type=password></form>"
    log = json.loads(stage.text(stage.visit("/removes"), CaptureKind.HAR))["log"]
    found = {entry["request"]["url"]: entry["response"]["content"].get("text") for entry in log["entries"]}
    assert found["http://other.stage-site.com/inner"] == stage.pages["/inner"]
