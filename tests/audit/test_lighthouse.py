"""What is read of Lighthouse's reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from speechbook.audit import lighthouse
from speechbook.audit.lighthouse import Scores, middle, scores_of
from speechbook.audit.npm import Packages
from speechbook.bench.lighthouse import missed, table
from speechbook.problems import BookError

AUDITS = {
    "cumulative-layout-shift": {"numericValue": 0.0123, "score": 1, "title": "Shift"},
    "largest-contentful-paint": {"numericValue": 1499.6, "score": 0.9, "title": "Painted"},
    "total-blocking-time": {"numericValue": 41.4, "score": 1, "title": "Blocked"},
    "network-requests": {
        "details": {
            "items": [
                {"url": "http://127.0.0.1:1/", "transferSize": 900},
                {"url": "http://127.0.0.1:1/a.css", "transferSize": 100},
                {"url": "data:image/svg+xml,x", "transferSize": 0},
            ]
        },
    },
    "is-crawlable": {"score": 0, "title": "Page is blocked from indexing"},
}


def report(performance: float, seo: float) -> dict[str, object]:
    """Return a report as small as can be."""
    paints = [{"id": "largest-contentful-paint", "weight": 25}]
    crawls = [{"id": "is-crawlable", "weight": 4}]
    return {
        "audits": AUDITS,
        "environment": {"benchmarkIndex": 1533.5},
        "categories": {
            "performance": {"score": performance, "auditRefs": paints},
            "seo": {"score": seo, "auditRefs": crawls},
        },
    }


def test_report_is_read() -> None:
    scores = scores_of(report(0.985, 0.54))
    assert scores.scores == {"performance": 98, "seo": 54}
    assert (scores.shift, scores.painted, scores.blocked) == (0.0123, 1500, 41)
    assert scores.speed == 1534
    assert (scores.bytes_sent, scores.requests) == (1000, 2)
    assert scores.faults == ("performance: Painted", "seo: Page is blocked from indexing")


def test_middle_of_several_runs_is_none_of_the_outliers() -> None:
    runs = [scores_of(report(share, 1)) for share in (0.2, 1, 0.99)]
    assert middle(runs).scores == {"performance": 99, "seo": 100}


def test_table_shows_each_page_and_what_cost_points() -> None:
    found = (("search", scores_of(report(0.99, 0.54))),)
    text = table(found)
    assert "| search | 99 | – | – | 54 | 0.012 | 1.5 s | 41 ms | 1.0 | 2 | 1534 |" in text
    assert "search: seo: Page is blocked from indexing" in text
    assert missed(found)
    assert not missed((("index", scores_of(report(0.98, 1))),))


class TestWhereTheBrowserPaintedNothing:
    """A start without a picture is no measurement; any other failure is told at once."""

    @pytest.fixture
    def starts(self, monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
        """Give what goes wrong with each start: nothing (None), or what Lighthouse says."""
        failures: list[str | None] = []

        def start(*_: object) -> Scores:
            failure = failures.pop(0)
            if failure:
                raise BookError(failure)
            return scores_of(report(1, 1))

        monkeypatch.setattr(lighthouse, "run_once", start)
        return failures

    def run(self) -> Scores:
        return lighthouse.run_lighthouse(Packages(Path()), Path("chromium"), "http://127.0.0.1/")

    def test_the_page_is_opened_again(self, starts: list[str | None]) -> None:
        starts += ["no paint (NO_FCP)", "no paint (NO_FCP)", None]
        assert self.run().scores == {"performance": 100, "seo": 100}

    def test_three_starts_are_enough(self, starts: list[str | None]) -> None:
        starts += ["no paint (NO_FCP)"] * 3
        with pytest.raises(BookError, match="NO_FCP"):
            self.run()
        assert starts == []

    def test_another_failure_is_told_at_once(self, starts: list[str | None]) -> None:
        starts += ["the browser did not start", None]
        with pytest.raises(BookError, match="did not start"):
            self.run()
        assert starts == [None]
