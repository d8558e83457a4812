"""Quotations against the open texts of the works that they cite."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from citelint.cli import main
from citelint.myst.model import Chapter, Citation, Quotation, Span, Target
from citelint.myst.reader import read_chapter
from citelint.text import SourceText
from citelint.verify.catalogue import VERIFY_RULES
from citelint.verify.quotations import compare, source_of
from citelint.verify.sought import Sought, sought_in
from tests.citelint.verify.server import Server, endless, leading, page, slow, status

if TYPE_CHECKING:
    from collections.abc import Callable

    Verify = Callable[..., tuple[int, str]]

PAGE = """<!DOCTYPE html><html><head><title>Report</title><script>var a = "cult of personality";
</script></head><body><nav>Home</nav>
<p>Quite a lot has been said about the cult of the indi&shy;vidual<sup>[4]</sup> and about its
<em>harmful</em> consequences. The party &amp; the people were told nothing of this for years.</p>
<p>In the 20<sup>th</sup> year it was found that many thousands of honest and innocent people
had perished, and that the lists had been signed in advance by the highest persons.</p>
</body></html>"""
#: The same in a text as long as a whole work.
LONG = PAGE.replace("</body>", "<p>Nothing was told of it then, they said.</p>\n" * 150 + "</body>")
DEFAULT = [rule for rule in VERIFY_RULES if rule.default]


def bib(server: Server, path: str = "/text", key: str = "speech") -> str:
    """Write an entry with an open text."""
    return f"@misc{{{key},\n  title = {{T}},\n  fulltexturl = {{{server.base}{path}}},\n}}\n"


@pytest.mark.parametrize(
    "chapter",
    [
        "He said: “quite a lot has been said about the cult of the individual”.{cite:p}`speech`\n",
        "As {cite:t}`speech` has it, “the party & the people were told nothing”, no less.\n",
        "A “cult of the individual and about its harmful consequences”.[^a]\n\n"
        "[^a]: {cite:p}`speech{3}`.\n",
        "A claim.[^a]\n\n[^a]: {cite:p}`speech{3}`, says “the party & the people were told”.\n",
        "> Many thousands of honest and innocent people\n> had perished.[^a]\n\n"
        "[^a]: {cite:p}`speech`.\n",
        "> Many thousands of honest and innocent people had perished.\n>\n"
        "> -- Khrushchev {cite:p}`speech`\n",
        "```{epigraph}\nMany thousands … had perished.\n\n-- Him {cite:p}`speech`\n```\n",
        "He wrote:{cite:p}`speech`\n\n> In the 20th … found that many […] had perished.\n",
        "He “found that many thousands of honest people [were dead]”,[^a] and “the highest "
        "persons”.{cite:p}`speech`\n\n[^a]: {cite:p}`other`.\n",
    ],
)
def test_quotations_that_are_there(verify: Verify, server: Server, chapter: str) -> None:
    server.lay("/text", page(PAGE))
    code, report = verify(bib(server), chapter, rules=DEFAULT)
    assert code == 0, report
    assert "Compared: 1 of 1 quotations." in report
    assert server.paths == ["/text"]


def test_a_changed_word_is_found_in_its_place(verify: Verify, server: Server) -> None:
    server.lay("/text", page(PAGE))
    chapter = (
        "# Title\n\nHe said: “said about the cult of *personality*\nand about”.{cite:p}`speech`\n"
    )
    code, report = verify(bib(server), chapter, rules=DEFAULT)
    assert code == 1
    assert "1.md:3:35: QUO901 the text of speech at " in report
    assert "has ‘the individual’ where the quotation has ‘personality’" in report
    assert "‘said about the cult of the individual and about’" in report
    assert "word for word" in report


def test_a_changed_word_in_a_block_quote_behind_an_omission(verify: Verify, server: Server) -> None:
    server.lay("/text", page(PAGE))
    chapter = (
        "> Quite a lot has been said … In the 20th year\n> it was found that many thousands of\n"
        "> decent and innocent people had perished.[^a]\n\n[^a]: {cite:p}`speech`.\n"
    )
    code, report = verify(bib(server), chapter, rules=DEFAULT)
    assert code == 1
    assert "1.md:3:3: QUO901" in report
    assert "has ‘honest’ where the quotation has ‘decent’" in report


def test_pieces_out_of_order_are_said(verify: Verify, server: Server) -> None:
    server.lay("/text", page(PAGE))
    chapter = "“the highest persons … the party & the people were told”{cite:p}`speech`\n"
    code, report = verify(bib(server), chapter, rules=DEFAULT)
    assert code == 1
    assert "has these words, but not in this order; check the omissions" in report


def test_an_invented_quotation_is_found(verify: Verify, server: Server) -> None:
    server.lay("/text", page(LONG))
    chapter = "He “told the people that the party had said it was harmful”.{cite:p}`speech`\n"
    code, report = verify(bib(server), chapter, rules=DEFAULT)
    assert code == 1
    assert "1.md:1:5: QUO902 the text of speech" in report
    assert "has nothing like this quotation; find where it comes from" in report


def test_capitals_and_punctuation_are_a_rule_that_is_off(verify: Verify, server: Server) -> None:
    server.lay("/text", page(PAGE))
    chapter = "He: “The Party & the people were told”.{cite:p}`speech`\n"
    assert verify(bib(server), chapter, rules=DEFAULT)[0] == 0
    code, report = verify(bib(server), chapter)
    assert code == 1
    assert "1.md:1:6: QUO903" in report
    assert "‘The party & the people were told’" in report


@pytest.mark.parametrize(
    ("chapter", "said"),
    [
        ("A “cult of personality”.{cite:p}`speech`\n", "too short to say more"),
        ("„Der Kult um die Person und seine Folgen sind bekannt“.{cite:p}`speech`\n",
         "it is in another language, or not the whole work"),
        ("«Культ личности и его последствия были известны».{cite:p}`speech`\n",
         "it is in another language, or not the whole work"),
        ("“told the people that the party had said it was”.{cite:p}`speech,unknown`\n",
         "but may be in unknown, whose text is not at hand"),
    ],
)  # fmt: skip
def test_what_cannot_be_said_is_remarked(
    verify: Verify, server: Server, chapter: str, said: str
) -> None:
    server.lay("/text", page(LONG))
    code, report = verify(bib(server), chapter, rules=DEFAULT)
    assert code == 0
    assert "Not compared: the quotation at 1.md:1: " in report
    assert said in report


def test_a_short_text_may_not_be_the_whole_work(verify: Verify, server: Server) -> None:
    server.lay("/text", page(PAGE))
    chapter = "He “told the people that the party had said it was harmful”.{cite:p}`speech`\n"
    code, report = verify(bib(server), chapter, rules=DEFAULT)
    assert code == 0
    assert "the text of speech, which may not be the whole work, being short" in report


def test_of_several_texts_one_is_enough(verify: Verify, server: Server) -> None:
    server.lay("/text", page(PAGE))
    server.lay("/other", page("<p>Something else was said of the cult of the man.</p>"))
    both = bib(server, "/other", "one") + bib(server)
    chapter = "A “cult of the individual and about its”.{cite:p}`one,speech`\n"
    assert verify(both, chapter)[0] == 0
    chapter = "A “cult of the man and about its harmful”.{cite:p}`one,speech`\n"
    code, report = verify(both, chapter)
    assert code == 1
    assert "QUO901 the text of speech" in report


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (page("%PDF-1.7", "application/pdf"), "is a PDF, whose text is not read"),
        (page("%PDF-1.7", "text/html"), "is a PDF, whose text is not read"),
        (page("GIF89a", "image/gif"), "is image/gif and no text"),
        (status(404), "is not there (404)"),
        (status(410), "is not there (410)"),
    ],
)
def test_texts_that_are_none_are_remarked(
    verify: Verify, server: Server, answer: Callable[..., None], said: str
) -> None:
    server.lay("/text", answer)
    chapter = "A “cult of the man and of its consequences”.{cite:p}`speech`\n"
    code, report = verify(bib(server), chapter)
    assert code == 0
    assert f"Not compared: speech: {server.base}/text {said}." in report


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (status(403), "answered 403"),
        (endless, "longer than 8 MB"),
        (slow(1.0), "no answer came within"),
        (leading("http://10.0.0.1/"), "private network"),
    ],
)
def test_texts_that_do_not_come_leave_nothing_to_say(
    verify: Verify, server: Server, answer: Callable[..., None], said: str
) -> None:
    server.lay("/text", answer)
    chapter = "A “cult of the man and of its consequences”.{cite:p}`speech`\n"
    code, report = verify(bib(server), chapter, wait=0.3, tries=1)
    assert code == 3
    assert said in report


def test_a_private_address_in_an_entry_is_not_asked(verify: Verify, server: Server) -> None:
    chapter = "A “cult of the man and of its consequences”.{cite:p}`speech`\n"
    port = server.server_address[1]
    entry = bib(server).replace("127.0.0.1", "localhost")
    code, report = verify(entry, chapter)
    assert code == 3
    assert f"http://localhost:{port}/text is not asked: it lies in a private network" in report
    assert server.asked == []


@pytest.mark.parametrize(
    ("kind", "encoding"),
    [
        ("text/html; charset=windows-1251", "cp1251"),
        ("text/html; charset=KOI8-R", "koi8-r"),
        ("text/html", "utf-8"),
        ("text/plain; charset=utf-16-le", "utf-16-le"),
        ("text/html; charset=no-such-thing", "utf-8"),
    ],
)
def test_encodings(verify: Verify, server: Server, kind: str, encoding: str) -> None:
    text = "<p>О культе личности и его последствиях много говорилось.</p>"
    server.lay("/text", page(text, kind, encoding))
    chapter = "Он: «о культе личности и его последствиях».{cite:p}`speech`\n"
    code, report = verify(bib(server), chapter)
    assert (code, "Compared: 1 of 1 quotations." in report) == (0, True)


def test_plain_text_with_broken_lines(verify: Verify, server: Server) -> None:
    text = (
        "The cult of the indi-\r\nvidual grew, and\r\nits harmful conse-\r\n  quences [12] with it."
    )
    server.lay("/text", page(text, "text/plain"))
    chapter = (
        "“the cult of the individual grew, and its harmful consequences with it”{cite:p}`speech`"
    )
    assert verify(bib(server), chapter)[0] == 0


@pytest.mark.parametrize(
    ("text", "quotation"),
    [
        ("It broke out in the speech24 of that year.", "broke out in the speech of that year"),
        ("He went to Kazakhstan in 195725 and stayed.", "went to Kazakhstan in 1957 and stayed"),
        ("He was “a coward.”20 The rest was said.", "was a coward. The rest was said"),
        ("In MI6 nobody had ever heard of this.", "In MI6 nobody had ever heard of this"),
    ],
)
def test_figures_of_notes_run_together_with_words(
    verify: Verify, server: Server, text: str, quotation: str
) -> None:
    server.lay("/text", page(text, "text/plain"))
    assert verify(bib(server), f"He: “{quotation}”.{{cite:p}}`speech`\n", rules=DEFAULT)[0] == 0


def test_exceptions_in_prose_are_kept(verify: Verify, server: Server) -> None:
    server.lay("/text", page(PAGE))
    chapter = (
        "% citelint: ignore[QUO901] the printed book has it so\n"
        "He said: “quite a lot has been said about the cult of personality”.{cite:p}`speech`\n"
    )
    assert verify(bib(server), chapter)[0] == 0


def test_check_does_not_call_these_exceptions_needless(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    chapter = "% citelint: ignore[QUO901] the printed book has it so\nHe said no word.\n"
    (tmp_path / "1.md").write_text(chapter, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    main(["check", "--select", "PRO902", "1.md"])
    assert "PRO902" not in capsys.readouterr().out


def test_the_command_does_it_all(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    server.lay("/text", page(PAGE))
    (tmp_path / "references.bib").write_text(bib(server), encoding="utf-8")
    (tmp_path / "docs").mkdir()
    chapter = "“quite a lot has been said about the cult of personality”{cite:p}`speech`\n"
    (tmp_path / "docs" / "1.md").write_text(chapter, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    call = ["verify", "--openlibrary", server.base, "--cache", "kept", "--format", "json"]
    assert main(call) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [(f["code"], f["path"], f["line"], f["column"]) for f in found] == [
        ("QUO901", "docs/1.md", 1, 46)
    ]
    assert main([*call, "--ignore", "QUO901"]) == 0
    assert main([*call, "--select", "IDN"]) == 0
    assert len(server.asked) == 1


def test_a_project_without_anything_to_ask(verify: Verify, server: Server) -> None:
    code, report = verify("@misc{a,\n  title = {T},\n}\n", "“Words without source.”\n")
    assert (code, server.asked) == (0, [])
    assert report == "No findings in 2 files.\nThere was nothing to compare.\n"


TEXT = "Quite a lot has been said about the cult of the individual."


def hand_made(text: str, quotation: str, key: str) -> Chapter:
    """Make a chapter of one sentence with a quotation in straight marks and a citation."""
    start = text.index(quotation) - 1
    place = Span(text.index("{cite"), len(text))
    target = Target(key, place, "", place, "", place)
    empty: tuple[()] = ()
    return Chapter(
        source=SourceText(Path("made.md"), text),
        front_matter_span=None,
        citations=(Citation("cite:p", place, place, (target,), "", ""),),
        notes=empty, note_marks=empty, block_quotes=empty,
        quotations=(
            Quotation(Span(start, start + len(quotation) + 2), quotation, Span(0, len(text))),
        ),
        links=empty, headings=empty, directives=empty, roles=empty, paragraphs=empty,
        comments=empty, raw_html=empty, code=empty,
    )  # fmt: skip


def test_a_chapter_made_by_hand() -> None:
    chapter = hand_made('It: "the cult of the man".{cite}`k`', "the cult of the man", "k")
    (sought,) = sought_in(chapter)
    assert sought.keys == ("k",)
    outcome = compare(sought, source_of("k", "https://example.org", TEXT))
    assert outcome.found is None
    assert chapter.source.text[slice(*outcome.word_span)] == "man"
    same = replace(chapter, prose=chapter.source.text)
    assert compare(Sought(same, *sought[1:]), outcome.source).word_span == outcome.word_span


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A “one” b.{cite:p}`x` A “two” b.{cite:p}`y`", {"one": "x", "two": "y"}),
        ("A “one”{cite:p}`x` and “two” b.{cite:p}`y,z`", {"one": "x", "two": "y z"}),
        ("A “one” and “two”.[^n][^m]\n\n[^n]: {cite:p}`x`\n\n[^m]: {cite:p}`y`",
         {"one": "x y", "two": "x y"}),
        ("{cite:t}`x` says “one” and that is all.", {"one": "x"}),
        ("{cite:t}`x` says “one”.{cite:p}`y`", {"one": "y"}),
        ("A “one”. Another.{cite:p}`x`", {}),
        ("A.[^n]\n\n[^n]: “one” is in the paper. {cite:p}`x`", {"one": "x"}),
        ("> one\n\nNothing is cited.", {}),
        ("> one\n\n{cite:p}`x` has this.", {"one": "x"}),
        ("> one\n\nThis is from {cite:t}`x`.", {}),
        ("> one “two” three.{cite:p}`x`", {"one “two” three.": "x"}),
        ("A `“one”` b.{cite:p}`x`", {}),
    ],
)  # fmt: skip
def test_which_work_a_quotation_is_from(text: str, expected: dict[str, str]) -> None:
    chapter = read_chapter(SourceText(Path("chapter.md"), text + "\n"))
    found = {
        chapter.prose[slice(*each.span)].strip(" >\n\ue000\ue001"): " ".join(each.keys)
        for each in sought_in(chapter)
    }
    assert found == expected
