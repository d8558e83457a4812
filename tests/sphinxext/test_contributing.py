"""Pages for contributors: rules from the rules, credits from git, links to mend a page."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import pytest
from docutils import nodes

from citelint.config import Settings
from citelint.rules import ALL_RULES
from citelint.verify.catalogue import VERIFY_RULES
from speechbook.sphinxext.credits import NOT_KEPT, SHALLOW, WHOLE, credits_of
from speechbook.sphinxext.mending import edit_link, host_kind, report_link
from speechbook.sphinxext.rule_pages import cases_of, rule_table, rules_of, section_of
from tests.conftest import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

PAGES = REPOSITORY / "docs" / "contributing"
KNOWN = (*ALL_RULES, *VERIFY_RULES)


def test_every_family_has_a_page_and_the_list_names_it() -> None:
    families = {rule.family.lower() for rule in KNOWN}
    stubs = {path.stem for path in (PAGES / "rules").glob("*.md")} - {"index"}
    index = (PAGES / "rules" / "index.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^[a-z]{3}$", index, re.MULTILINE))
    assert stubs == families
    assert listed == families


def test_page_says_what_the_rule_says() -> None:
    rule = next(rule for rule in ALL_RULES if rule.code == "QUO002")
    text = section_of(rule, Settings()).astext()
    for words in (rule.page.bad, rule.page.good, rule.page.cure, "this book does not check it"):
        assert words in text
    switched_on = section_of(rule, Settings(select=("QUO",))).astext()
    assert "this book checks it" in switched_on


def test_rules_of_a_family_are_all_there_in_order() -> None:
    codes = [rule.code for rule in rules_of("IDN")]
    assert codes == sorted(rule.code for rule in KNOWN if rule.code.startswith("IDN"))
    assert "IDN903" in codes


def test_the_table_names_each_rule_with_a_folder_of_cases() -> None:
    rows = [
        [cell.astext() for cell in row.findall(nodes.entry)]
        for row in rule_table(KNOWN, REPOSITORY).findall(nodes.row)
    ]
    assert [row[0] for row in rows[1:]] == sorted(rule.code for rule in KNOWN)
    for row in rows[1:]:
        assert any((REPOSITORY / row[3]).iterdir()), row
    assert ["NOT007", "note-cites-an-entry", "by default", "tests/lint/notes/NOT007"] in rows


def test_a_rule_without_cases_has_an_empty_place(tmp_path: Path) -> None:
    assert cases_of(ALL_RULES[0], tmp_path) == ""


@pytest.mark.parametrize("name", ["style", "citing"])
def test_guides_number_their_rules_and_name_rules_that_exist(name: str) -> None:
    text = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    numbers = [int(n) for n in re.findall(r"^[SC](\d+)$", text, re.MULTILINE)]
    named = set(re.findall(r"\b[A-Z]{3}\d{3}\b", text))
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 10
    assert named <= {rule.code for rule in KNOWN}


def test_every_contributors_page_stays_out_of_pdf_and_epub() -> None:
    index = (REPOSITORY / "docs" / "index.md").read_text(encoding="utf-8")
    assert "contributing" not in index
    for path in PAGES.rglob("*.md"):
        assert path.read_text(encoding="utf-8").startswith("---\norphan: true\n---\n"), path.name


def git(folder: Path, *arguments: str) -> None:
    """Run git in a folder."""
    command = ["git", "-C", str(folder), *arguments]
    subprocess.run(command, check=True, capture_output=True)


def commit(folder: Path, name: str, message: str = "x") -> None:
    """Commit as somebody."""
    who = ("-c", f"user.name={name}", "-c", "user.email=x@localhost")
    git(folder, *who, "commit", "--quiet", "--allow-empty", "--message", message)


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """Return a repository in which four people and a robot worked."""
    folder = tmp_path / "book"
    folder.mkdir()
    git(folder, "init", "--quiet")
    commit(folder, "Zoya Lind")
    commit(folder, "renovate[bot]")
    commit(folder, "anna Berg", "x\n\nCo-authored-by: Émile Roux <e@localhost>")
    commit(folder, "Zoya Lind")
    cff = "authors:\n  - name: The Editors\n  - given-names: Ann\n    family-names: Lee\n"
    (folder / "CITATION.cff").write_text(cff, encoding="utf-8")
    return folder


def test_credits_name_authors_and_everyone_once(history: Path) -> None:
    found = credits_of(history, "nobody")
    assert found.authors == ("The Editors", "Ann Lee")
    assert found.helpers == ("anna Berg", "Zoya Lind", "Émile Roux")
    assert found.remark == WHOLE


def test_shallow_clone_says_that_others_may_have_helped(history: Path, tmp_path: Path) -> None:
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "--quiet", "--depth=1", history.as_uri(), str(shallow))
    found = credits_of(shallow, "nobody")
    assert found.helpers == ("Zoya Lind",)
    assert found.remark == SHALLOW


def test_without_history_the_authors_alone_are_named(tmp_path: Path) -> None:
    found = credits_of(tmp_path, "The Secret Speech contributors")
    assert found.authors == ("The Secret Speech contributors",)
    assert (found.helpers, found.remark) == ((), NOT_KEPT)


@pytest.mark.parametrize("text", ["authors: 3\n", "{", "authors:\n  - x\n", ""])
def test_spoilt_citation_file_stops_no_book(tmp_path: Path, text: str) -> None:
    (tmp_path / "CITATION.cff").write_text(text, encoding="utf-8")
    assert credits_of(tmp_path, "somebody").authors == ("somebody",)


@pytest.mark.parametrize(
    ("repository", "edit", "report"),
    [
        (
            "https://github.com/a/b",
            "https://github.com/a/b/edit/main/docs/chapters/01-x.md",
            "https://github.com/a/b/issues/new?template=error-of-fact.yml&where=One%20%26%20two",
        ),
        ("https://gitlab.com/a/b", "https://gitlab.com/a/b/-/edit/main/docs/chapters/01-x.md", ""),
        (
            "https://codeberg.org/a/b",
            "https://codeberg.org/a/b/_edit/main/docs/chapters/01-x.md",
            "",
        ),
        ("https://git.example/a/b", "", ""),
        ("", "", ""),
    ],
)
def test_links_follow_the_host_and_are_left_out_where_it_is_unknown(
    repository: str, edit: str, report: str
) -> None:
    kind = host_kind(repository, {})
    assert edit_link(repository, kind, "chapters/01-x") == edit
    assert report_link(repository, kind, "One & two") == report


def test_server_of_a_company_is_known_by_github_s_own_variable() -> None:
    known = {"GITHUB_SERVER_URL": "https://code.example"}
    assert host_kind("https://code.example/a/b", known) == "github"


def test_form_that_the_report_opens_has_the_field_that_is_filled_in() -> None:
    form = (REPOSITORY / ".github" / "ISSUE_TEMPLATE" / "error-of-fact.yml").read_text("utf-8")
    assert "    id: where\n" in form
