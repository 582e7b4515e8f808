from pathlib import Path

import pytest

from tests.spiders.runs import Run, crawl


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The main job as a newcomer starts it: no argument, the whole lab."""
    outputs: Path = tmp_path_factory.mktemp("demo")
    return crawl(outputs)
