"""Header files for static hosts: what keeps its name while it changes is asked for anew."""

from __future__ import annotations

import re

import pytest

from speechbook.site.hosts import CHANGING, apache, netlify, nginx

REVALIDATED = {
    "netlify": (netlify(()), r"^/{path}\n  Cache-Control: no-cache$"),
    "apache": (apache(()), r'^<Files "{name}">\nHeader set Cache-Control "no-cache"\n</Files>$'),
    "nginx": (
        nginx(()),
        r'^location = /{path} \{{.*Content-Security-Policy.*Cache-Control "no-cache".*\}}$',
    ),
}


@pytest.mark.parametrize("path", CHANGING)
@pytest.mark.parametrize("host", REVALIDATED)
def test_what_keeps_its_name_is_asked_for_anew(host: str, path: str) -> None:
    text, pattern = REVALIDATED[host]
    wanted = pattern.format(path=re.escape(path), name=re.escape(path.rpartition("/")[2]))
    assert re.search(wanted, text, re.MULTILINE)
