"""The command: what it refuses, what it runs, and that it leaves nothing behind."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from typing import TYPE_CHECKING

import pytest

from speechbook.bench.command import Stopper, main, parts_of, repeats_for, sizes_of
from speechbook.bench.session import Session

if TYPE_CHECKING:
    from pathlib import Path

    from speechbook.building.paths import BookPaths


def test_sizes_are_read() -> None:
    assert sizes_of("real, 12,100,12") == (None, 12, 100)


def test_large_books_are_run_once_unless_asked() -> None:
    assert [repeats_for(size, None) for size in (None, 12, 100, 500)] == [3, 3, 3, 1]
    assert repeats_for(500, 5) == 5


def test_parts_are_read() -> None:
    assert parts_of("a, d") == {"a", "d"}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--chapters", "12,many"], "--chapters names 'many', which is no size of a book; write"),
        (["--chapters", "0"], "--chapters names '0', which is no size of a book; write"),
        (["--only", "a,e"], "--only names 'e', which is no part of the bench; write one or more"),
        (["--repeat", "0"], "--repeat 0 measures nothing; ask for at least 1"),
        (["--only", "d", "--chapters", "real,12"], "Growth (d) is measured between two sizes"),
        (["--json", "no/such/folder/f.json"], "--json no/such/folder/f.json: its folder is not"),
    ],
)
def test_what_makes_no_sense_is_refused(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    shown = capsys.readouterr()
    assert sentence in shown.err
    assert shown.out == ""


def test_system_without_wait4_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delattr(os, "wait4")
    assert main(["--only", "b"]) == 2
    assert "run the bench on Linux or macOS" in capsys.readouterr().err


@pytest.fixture
def _cold_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare the tests that look at no number the runs that warm up."""
    monkeypatch.setattr(Session, "_warm_up", lambda _self, _folder: None)


def listing(folder: Path) -> set[Path]:
    return set(folder.rglob("*"))


def test_short_run_measures_reports_and_cleans_up(
    tiny_book: BookPaths,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    before = listing(tiny_book.root)
    arguments = ["--chapters", "3", "--only", "b", "--repeat", "1", "--root", str(tiny_book.root)]
    report = tmp_path / "bench.json"
    assert main([*arguments, "--json", str(report)]) == 0
    assert "the same 8 pages" in capsys.readouterr().out
    document = json.loads(report.read_text(encoding="utf-8"))
    assert {each["kind"] for each in document["samples"]} == {"site", "stock-html"}
    assert all(each["usage"]["cpu"] > 0.2 for each in document["samples"])
    assert listing(tiny_book.root) == before
    assert listing(scratch) == set()


@pytest.mark.usefixtures("_cold_start")
def test_failed_run_is_reported_and_the_rest_goes_on(
    tiny_book: BookPaths, capsys: pytest.CaptureFixture[str]
) -> None:
    chapter = tiny_book.docs / "chapters" / "02-second.md"
    chapter.write_text(
        chapter.read_text(encoding="utf-8") + "\n{cite:p}`nobody1900`\n", encoding="utf-8"
    )
    arguments = ["--chapters", "real", "--only", "b", "--repeat", "1"]
    assert main([*arguments, "--root", str(tiny_book.root)]) == 1
    shown = capsys.readouterr().out
    assert "FAILED at size real: ours: speechbook html" in shown
    assert "The work 'nobody1900' is cited but not in references.bib" in shown
    assert "stock: sphinx-build -b html" in shown


@pytest.mark.usefixtures("_cold_start")
def test_book_that_cannot_be_multiplied_is_reported(
    tiny_book: BookPaths, capsys: pytest.CaptureFixture[str]
) -> None:
    (tiny_book.docs / "chapters" / "02-second.md").unlink()
    arguments = ["--chapters", "5", "--only", "b", "--repeat", "1"]
    assert main([*arguments, "--root", str(tiny_book.root)]) == 1
    assert "FAILED at size 5: sources" in capsys.readouterr().out


@pytest.mark.usefixtures("_cold_start")
def test_edited_book_is_compared_with_a_cold_one(
    tiny_book: BookPaths, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--chapters", "2", "--only", "c", "--repeat", "1"]
    assert main([*arguments, "--root", str(tiny_book.root)]) == 0
    assert "stale files after the edit: 0  aim ≤ 0: met" in capsys.readouterr().out


@pytest.mark.usefixtures("_cold_start")
def test_latexmk_is_run_where_it_is_found(
    tiny_book: BookPaths,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("latexmk", "xelatex"):
        check = "import pathlib, sys; assert pathlib.Path(sys.argv[-1]).exists()"
        script = f"#!{sys.executable}\n{check}\n"
        (programs / name).write_text(script, encoding="utf-8")
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    assert shutil.which("latexmk") == str(programs / "latexmk")
    arguments = ["--chapters", "2", "--only", "a", "--repeat", "1"]
    assert main([*arguments, "--root", str(tiny_book.root)]) == 0
    shown = capsys.readouterr().out
    assert "stock: latexmk -xelatex" in shown
    assert "PDF by LaTeX" in shown


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_stopped_bench_ends_its_run_and_leaves_nothing(
    number: signal.Signals, tiny_book: BookPaths, tmp_path: Path
) -> None:
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    arguments = ["--chapters", "12", "--only", "a", "--root", str(tiny_book.root)]
    bench = subprocess.Popen(
        [sys.executable, "-m", "speechbook.bench", *arguments],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 300
    while not list(tmp_path.glob("speechbook-bench-*/1/book.log")):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    (folder,) = tmp_path.glob("speechbook-bench-*")
    bench.send_signal(number)
    _out, error = bench.communicate(timeout=300)
    assert bench.returncode == 130
    assert error.endswith("stopped; what had been built is removed\n")
    assert not folder.exists()
    time.sleep(1)
    assert not folder.exists()  # no run is left that would write there again


def test_stop_that_python_dropped_is_asked_for_again(capsys: pytest.CaptureFixture[str]) -> None:
    # Ignored where a shell without job control runs the tests in the background.
    before = signal.getsignal(signal.SIGINT)
    stopper = Stopper()
    stopper.say("before ")
    with stopper.listening(), contextlib.suppress(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        stopper.say("after")
    assert capsys.readouterr().err == "before "
    assert signal.getsignal(signal.SIGINT) is before
