"""Labelled pages in, as many answers out, and clear words about a manifest that cannot be used."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mantis_crawler.commands.figures import Answered, calibration, ece, figures, wilson
from mantis_crawler.commands.samples import NO_URL, ManifestError, read_samples

ROOT = Path(__file__).parents[2]
LOGIN = """<title>Sign in</title><h1>Sign in</h1><form action=/in method=post><label>Password
<input type=password name=pw></label><button>Sign in</button></form>
<script>setTimeout(() => { location.href = '/elsewhere' }, 50)</script>"""
PARKED = "<title>Welcome to nginx!</title><h1>Welcome to nginx!</h1><p>If you see this page, the nginx web \
server is successfully installed and working. Further configuration is required.</p>"


def write(folder: Path, manifest: str | bytes, **pages: str) -> Path:
    for name, html in pages.items():
        (folder / f"{name}.html").write_text(html, "utf-8")
    place = folder / "manifest.csv"
    place.write_bytes(manifest.encode() if isinstance(manifest, str) else manifest)
    return place


@pytest.mark.parametrize(
    ("manifest", "says"),
    [
        ("file\nlogin.html\n", "no column class"),
        ("file,class\nlogin.html,phish\n", "line 2: no class 'phish'"),
        ("file,class\ngone.html,login\n", "no file 'gone.html'"),
        ("file,class\n../login.html,login\n", "outside"),
        ("file,class\n/etc/hostname,login\n", "outside"),
        ("file,class,url\nlogin.html,login,ftp://a.example/\n", "no http or https URL"),
        ("file,class\n", "names no page"),
        ("", "no column file and class"),
        (b"file,class\n\xff.html,login\n", "not UTF-8 at byte 11"),
    ],
)
def test_a_manifest_that_cannot_be_used_says_where_and_why(
    tmp_path: Path, manifest: str | bytes, says: str
) -> None:
    place = write(tmp_path, manifest, login=LOGIN)
    with pytest.raises(ManifestError, match=says.replace("(", r"\(")):
        read_samples(place)


def test_columns_beyond_file_and_class_are_read_where_there_are_any(tmp_path: Path) -> None:
    rows = "file,class,lang,url\nlogin.html,login,ko,https://a.example/in\nlogin.html,others,,\n"
    one, other = read_samples(write(tmp_path, rows, login=LOGIN))
    assert (one.lang, one.url, other.lang, other.url) == ("ko", "https://a.example/in", "", NO_URL)


def test_wilsons_interval_is_that_of_the_books() -> None:
    share = wilson(8, 10)
    # Wilson 1927, as in Agresti and Coull 1998
    assert share.value == pytest.approx(0.8)
    assert [share.low, share.high] == pytest.approx([0.490, 0.943], abs=1e-3)
    assert wilson(0, 0).value is None


def test_precision_recall_and_f1_count_what_was_said_against_what_is() -> None:
    pairs = [("login", "login")] * 3 + [("login", "others")] + [("others", "login")] * 2
    found = figures([Answered(truth=a, said=b, confidence=0.5) for a, b in pairs], ("login", "others"))
    login = found.classes["login"]
    assert (login.precision.value, login.recall.value) == (0.6, 0.75)
    assert login.f1.value == pytest.approx(2 * 0.6 * 0.75 / 1.35)
    assert login.f1.low < 0.667 < login.f1.high
    assert found.right == 3


def test_the_calibration_error_is_the_gap_between_sure_and_right() -> None:
    sure = [Answered(truth="a", said="a", confidence=0.95)] * 1 + [
        Answered(truth="a", said="b", confidence=0.95)
    ]
    assert ece(calibration(sure)) == pytest.approx(0.45)


@pytest.mark.browser
def test_every_page_gets_an_answer_in_the_order_of_the_manifest(tmp_path: Path) -> None:
    rows = (
        "file,class,lang,url\nlogin.html,login,en,https://portal.made-pages.org/login\n"
        "parked.html,parked,en,\nempty.html,others,,\n"
    )
    manifest = write(tmp_path, rows, login=LOGIN, parked=PARKED, empty="\0")
    out = tmp_path / "out.json"
    line = [sys.executable, "-m", "scrapy", "accuracy", str(manifest), "--json", str(out), "--jobs", "2"]
    ended = subprocess.run(line, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    facts = json.loads(out.read_text("utf-8"))
    assert [page["file"] for page in facts["pages"]] == ["login.html", "parked.html", "empty.html"]
    # a copy that leads away by script is looked at all the same
    assert [page["class"] for page in facts["pages"]] == ["login", "parked", "others"]
    assert set(facts["pages"][0]) == {"file", "class", "confidence", "lure", "verdict", "evidence"}
    assert facts["summary"]["total"]["right"] == 3


@pytest.mark.browser
def test_a_page_that_leads_away_is_looked_at_all_the_same_and_one_that_cannot_be_is_a_fault(
    tmp_path: Path,
) -> None:
    away = "<script>top.location = 'https://other.made-pages.org/'</script>"
    pages = {
        "meta": '<meta http-equiv=refresh content="0;url=http://other.made-pages.org/">',
        "script": away,
        "reload": "<script>location.reload()</script>",
        "idn": "",
        "port": "",
        "own": "",
    }
    urls = {
        "idn": "https://m\u00fcnchen.made-pages.org/",
        "port": "http://portal.made-pages.org:6000/",
        "own": "https://accounts.google.com/",  # browsers ask it by themselves: the gateway lets nobody there
    }
    rows = [f"{name}.html,login,{urls.get(name, 'http://portal.made-pages.org/')}" for name in pages]
    manifest = write(
        tmp_path,
        "\n".join(["file,class,url", *rows]),
        **{name: html + LOGIN for name, html in pages.items()},
    )
    out = tmp_path / "out.json"
    line = [sys.executable, "-m", "scrapy", "accuracy", str(manifest), "--json", str(out)]
    ended = subprocess.run(line, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    said = {page["file"]: page["verdict"] for page in json.loads(out.read_text("utf-8"))["pages"]}
    assert said == {f"{name}.html": "fault" if name == "own" else "login" for name in pages}
