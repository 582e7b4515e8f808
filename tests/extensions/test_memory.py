import subprocess
import sys

from mantis_crawler.extensions.memory import MemorySampler, tree_mb

CHILD = "block = bytearray(b'x' * 60_000_000); print('ready', flush=True); input()"
PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {CHILD!r}])"


def test_children_of_children_are_counted() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout
        assert parent.stdout.readline() == "ready\n"
        grown = tree_mb(parent.pid)
        parent.communicate("\n")
    assert 60 < grown < 160


def test_a_process_that_is_gone_takes_nothing() -> None:
    with subprocess.Popen([sys.executable, "-c", "pass"]) as process:
        process.wait()
    assert tree_mb(process.pid) == 0


def test_the_peak_stays_after_the_memory_is_given_back() -> None:
    sampler = MemorySampler(interval=60)
    before = tree_mb()
    block = bytearray(b"x" * 80_000_000)
    sampler.look()
    del block
    sampler.look()
    assert sampler.peak_mb > before + 60


def test_a_sampler_that_never_started_still_tells() -> None:
    sampler = MemorySampler()
    sampler.stop()
    assert sampler.peak_mb > 5
