"""What the doctor says of machines that lack something."""

from pathlib import Path

import pytest

from mantis_crawler.browser.find import Browser
from mantis_crawler.commands import checks
from mantis_crawler.commands.checks import (
    GB,
    Finding,
    Mark,
    check_browser,
    check_device_fonts,
    check_disk,
    check_extras,
    check_fonts,
    check_loopback,
    check_memory,
    check_ocr,
    check_outputs,
    check_packages,
    check_python,
    check_webkit,
    sandbox_finding,
    worst,
)


def test_an_old_python_must_be_replaced() -> None:
    assert check_python((3, 10, 13)).mark is Mark.FAIL
    assert check_python((3, 11, 0)).mark is Mark.OK


def test_a_package_that_differs_from_the_lock_is_named_with_both_versions(tmp_path: Path) -> None:
    lock = tmp_path / "locked.txt"
    lock.write_text("scrapy==0.1 \\\n    --hash=sha256:00\n    # via nothing\n")
    first = next(check_packages(lock))
    assert (first.name, first.mark) == ("scrapy", Mark.FAIL)
    assert first.text.endswith("the lock says 0.1")
    assert "make" in first.remedy


def test_packages_for_other_systems_are_not_missed(tmp_path: Path) -> None:
    lock = tmp_path / "locked.txt"
    lock.write_text("no-such-package==1.0 ; sys_platform == 'win32' \\\n    --hash=sha256:00\n")
    assert [finding.mark for finding in check_packages(lock)] == [Mark.OK]


def test_other_packages_that_differ_are_counted(tmp_path: Path) -> None:
    lock = tmp_path / "locked.txt"
    lock.write_text("no-such-package==1.0 \\\n    --hash=sha256:00\n")
    (finding,) = check_packages(lock)
    assert finding.mark is Mark.WARN
    assert finding.text == "1 of 1 differ from the lock: no-such-package"


def test_the_checkouts_own_lock_is_readable() -> None:
    lock = Path(__file__).parents[2] / "requirements/locked.txt"
    named = [finding.name for finding in check_packages(lock)]
    assert named == ["scrapy", "playwright", "scrapy-playwright", "packages"]


def test_a_missing_lock_is_a_warning(tmp_path: Path) -> None:
    assert [finding.mark for finding in check_packages(tmp_path / "gone")] == [Mark.WARN]


def test_an_extra_that_is_not_installed_is_optional(tmp_path: Path) -> None:
    pyproject = tmp_path / "pyproject.toml"
    pyproject.write_text('[project.optional-dependencies]\nmany = ["no-such>=3"]\nhere = ["scrapy"]\n')
    many, here = check_extras(pyproject)
    assert (many.mark, here.mark) == (Mark.WARN, Mark.OK)
    assert "no-such>=3" in many.remedy


def test_a_browser_that_does_not_start_must_be_replaced() -> None:
    (finding,) = check_browser("/no/such/browser")
    assert finding.mark is Mark.FAIL
    assert "/no/such/browser" in finding.text
    assert finding.remedy


def test_a_sandbox_that_is_off_has_a_remedy_for_root_and_for_others() -> None:
    browser = Browser(path="/b", source="system", engine="chromium", version="1.2.3.4", sandbox=False)
    root, other = sandbox_finding(browser, root=True), sandbox_finding(browser, root=False)
    assert (root.mark, other.mark) == (Mark.WARN, Mark.WARN)
    assert "adduser" in root.remedy
    assert "sysctl" in other.remedy


def test_a_sandbox_that_is_on_needs_nothing() -> None:
    browser = Browser(path="/b", source="system", engine="chromium", version="1.2.3.4", sandbox=True)
    assert sandbox_finding(browser, root=False) == Finding("sandbox", Mark.OK, "on")


def test_webkit_that_is_not_installed_is_optional(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    finding = check_webkit()
    assert finding.mark is Mark.WARN
    assert "playwright install" in finding.remedy


@pytest.mark.parametrize(
    ("body", "marks"),
    [
        ("echo 'Noto Sans CJK KR,other'", [Mark.OK] * 4),
        ("exit 0", [Mark.WARN] * 4),
        ("exit 1", [Mark.WARN] * 4),
        ('case "$1" in :lang=ko) ;; *) echo Font;; esac', [Mark.WARN, Mark.OK, Mark.OK, Mark.OK]),
    ],
)
def test_scripts_without_a_font_are_told_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, marks: list[Mark]
) -> None:
    lister = tmp_path / "fc-list"
    lister.write_text(f"#!/bin/sh\n{body}\n")
    lister.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    findings = list(check_fonts())
    assert [finding.mark for finding in findings] == marks
    assert all(finding.remedy for finding in findings if finding.mark is not Mark.OK)


def test_without_a_font_lister_the_fonts_are_unknown_not_fine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    assert [finding.mark for finding in check_fonts()] == [Mark.WARN]


def test_devices_that_cannot_have_their_own_fonts_are_named_with_what_they_lack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lister = tmp_path / "fc-list"
    lister.write_text("#!/bin/sh\nprintf '/f/a.ttf\\tRoboto\\n/f/b.ttf\\tDejaVu Sans\\n'\n")
    lister.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    finding = check_device_fonts()
    assert finding.mark is Mark.WARN
    assert "android" in finding.text
    assert "Noto Color Emoji" in finding.text
    assert "fonts-noto-core" in finding.remedy


def test_an_outputs_folder_that_is_yet_to_be_made_can_be_written(tmp_path: Path) -> None:
    assert check_outputs(tmp_path / "to" / "come").mark is Mark.OK
    assert list(tmp_path.iterdir()) == []


def test_an_outputs_folder_that_cannot_be_written_must_be_put_right() -> None:
    finding = check_outputs(Path("/proc/1"))
    assert finding.mark is Mark.FAIL
    assert "MANTIS_OUTPUTS" in finding.remedy


@pytest.mark.parametrize(("gigabytes", "mark"), [(0.9, Mark.FAIL), (4.9, Mark.WARN), (5.1, Mark.OK)])
def test_a_disk_that_fills_up_is_told_in_time(gigabytes: float, mark: Mark) -> None:
    finding = check_disk(Path(), free=int(gigabytes * GB))
    assert finding.mark is mark
    assert bool(finding.remedy) is (mark is not Mark.OK)


@pytest.mark.parametrize(("gigabytes", "mark"), [(0.4, Mark.FAIL), (1.9, Mark.WARN), (2.1, Mark.OK)])
def test_little_memory_is_told(gigabytes: float, mark: Mark) -> None:
    assert check_memory(int(gigabytes * GB)).mark is mark


def test_a_loopback_port_opens() -> None:
    assert check_loopback().mark is Mark.OK


def test_the_worst_mark_decides() -> None:
    ok, warn, fail = (Finding("x", mark, "") for mark in Mark)
    assert worst([]) is Mark.OK
    assert worst([ok, warn]) is Mark.WARN
    assert worst([warn, fail, ok]) is Mark.FAIL


def test_what_reads_pictures_is_named_or_said_to_be_lacking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "reader", lambda: None)
    lacking = check_ocr()
    assert "no tesseract" in lacking.text
    assert "apt-get install tesseract-ocr " in lacking.remedy
    monkeypatch.setattr(checks, "reader", lambda: "/usr/bin/tesseract")
    monkeypatch.setattr(checks, "languages", lambda _program: ("eng", "jpn"))
    found = check_ocr()
    assert "/usr/bin/tesseract" in found.text
    assert "in eng, jpn" in found.text
    assert "tesseract-ocr-kor" in found.remedy
    assert "tesseract-ocr-jpn" not in found.remedy
