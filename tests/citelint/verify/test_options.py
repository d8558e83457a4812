"""How verify is set up: options, the environment, what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from citelint.cli import main
from citelint.config import SettingsError
from citelint.verify.options import Setup, agent_of, base_of, setup_from

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Verify = Callable[..., tuple[int, str]]


def test_bases_come_from_options_then_the_environment_then_the_public_ones() -> None:
    environment = {"CITELINT_CROSSREF": "https://mirror.example.org/api/"}
    assert base_of(None, "CITELINT_CROSSREF", "https://d", environment) == (
        "https://mirror.example.org/api"
    )
    assert base_of("http://o", "CITELINT_CROSSREF", "https://d", environment) == "http://o"
    assert setup_from(None, {"HOME": "/nowhere"}).crossref == "https://api.crossref.org"
    assert setup_from(None, {"HOME": "/nowhere"}).openlibrary == "https://openlibrary.org"


@pytest.mark.parametrize("base", ["ftp://example.org", "example.org", "https://a b", ""])
def test_a_base_that_is_no_address_is_said(base: str) -> None:
    if base:
        with pytest.raises(SettingsError, match="is no address of a registry"):
            base_of(base, "CITELINT_CROSSREF", "https://d", {})
    else:
        assert base_of(base, "CITELINT_CROSSREF", "https://d", {}) == "https://d"


@pytest.mark.parametrize("contact", ["me", "me@example.org\r\nX: y", "мы@example.org", "a b@c"])
def test_a_contact_that_is_none_is_said(contact: str) -> None:
    with pytest.raises(SettingsError, match="CITELINT_MAILTO is no e-mail address"):
        agent_of({"CITELINT_MAILTO": contact})


def test_wrong_options_are_usage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "references.bib").write_text("@misc{a, title = {T}}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for option in (["--pause", "-1"], ["--time", "nan"], ["--select", "XYZ"], ["--crossref", "x"]):
        assert main(["verify", *option, "references.bib"]) == 2
        assert capsys.readouterr().err.startswith("citelint: ")


def test_the_default_setup_is_polite() -> None:
    setup = Setup()
    assert (setup.pause, setup.tries, setup.whole) == (1.0, 3, 900.0)
