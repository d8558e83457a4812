"""What entry types and fields BibTeX, biblatex and pybtex know.

Sources: Oren Patashnik, BibTeXing (btxdoc, 1988), section 3; Philipp Lehman and others,
The biblatex Package, sections 2.1 and 2.2; pybtex 0.26, ``style/formatting/unsrt.py``.
"""

from __future__ import annotations


def words(text: str) -> tuple[str, ...]:
    """Return the words of a list that is written as one text."""
    return tuple(text.split())


#: Required fields of BibTeX's types, and of biblatex's of which something must be given
#: (its manual, section 2.1.1); a tuple of names means any of them.
Wanted = tuple[tuple[str, ...], ...]
REQUIRED: dict[str, Wanted] = {
    "article": (("author",), ("journal",), ("year",)),
    "book": (("author", "editor"), ("publisher",), ("year",)),
    "booklet": (),
    "inbook": (("author", "editor"), ("chapter", "pages"), ("publisher",), ("year",)),
    "incollection": (("author",), ("booktitle",), ("publisher",), ("year",)),
    "inproceedings": (("author",), ("booktitle",), ("year",)),
    "conference": (("author",), ("booktitle",), ("year",)),
    "manual": (),
    "mastersthesis": (("author",), ("school",), ("year",)),
    "misc": (),
    "phdthesis": (("author",), ("school",), ("year",)),
    "proceedings": (("year",),),
    "techreport": (("author",), ("institution",), ("year",)),
    "thesis": (("author",), ("school",), ("year",)),
    "report": (("author",), ("institution",), ("year",)),
    "online": (("url",),),
    "collection": (("editor",), ("year",)),
    "patent": (("number",), ("year",)),
    "unpublished": (("author",), ("note",)),
}

#: What stands for a required field in biblatex's dialect or by the nature of the work.
STAND_INS: dict[str, tuple[str, ...]] = {
    "author": ("key", "organization", "institution", "editor", "translator", "collaborator"),
    "journal": ("journaltitle", "eprint", "archiveprefix", "arxiv"),
    "year": ("date", "origdate"),
    "publisher": ("institution", "organization", "howpublished", "school"),
    "school": ("institution",),
    "institution": ("school", "organization", "publisher"),
    "booktitle": ("maintitle", "journal", "issuetitle"),
    "chapter": ("booktitle",),
    "pages": ("booktitle",),
    "url": ("doi", "eprint", "howpublished", "crossref", "fulltexturl"),
    "note": ("howpublished", "url", "archive", "repository", "eprint"),
}

#: Types that pybtex's styles have beyond BibTeX's.
PYBTEX_TYPES = frozenset({"dataset", "online", "patent", "software"})

#: Types of biblatex alone.
BIBLATEX_TYPES = frozenset(
    words(
        "artwork audio bibnote bookinbook collection commentary electronic image inreference "
        "jurisdiction legal legislation letter movie music mvbook mvcollection mvproceedings "
        "mvreference performance periodical reference report review set standard suppbook "
        "suppcollection suppperiodical thesis video www xdata"
    )
)

#: Entries that are no works: they hold others' fields or settings.
NO_WORKS = frozenset({"set", "xdata", "control", "ieeetranbstctl", "bibnote"})

#: Fields that hold text for the reader and that pybtex's styles (or this book's) print.
PRINTED = frozenset(
    words(
        "address author authororiginal booktitle chapter edition editor howpublished "
        "institution journal note number organization pages publisher school series "
        "shorttitle title titleoriginal translator type volume"
    )
)

#: Fields of biblatex that pybtex's styles drop, and the field that is printed instead.
DROPPED = {
    "date": "year",
    "journaltitle": "journal",
    "location": "address",
    "subtitle": "title",
    "maintitle": "booktitle",
    "mainsubtitle": "booktitle",
    "maintitleaddon": "booktitle",
    "booksubtitle": "booktitle",
    "booktitleaddon": "booktitle",
    "journalsubtitle": "journal",
    "titleaddon": "title",
    "issuetitle": "note",
    "issuesubtitle": "note",
    "eventtitle": "note",
    "eventdate": "note",
    "venue": "note",
    "origlanguage": "note",
    "origlocation": "note",
    "origpublisher": "note",
    "origtitle": "note",
    "origdate": "note",
    "volumes": "note",
    "part": "volume",
    "issue": "number",
    "holder": "note",
    "bookauthor": "editor",
    "editora": "note",
    "editorb": "note",
    "editorc": "note",
    "afterword": "note",
    "foreword": "note",
    "introduction": "note",
    "annotator": "note",
    "commentator": "note",
    "translator": "note",
    "eid": "pages",
    "addendum": "note",
    "pubstate": "note",
}

#: Fields that no style prints and every dialect tolerates.
KNOWN = (
    PRINTED
    | DROPPED.keys()
    | frozenset(
        words(
            "abstract annotation annote archive archiveprefix archiveurl arxiv arxivid bdsk-url-1 "
            "bibsource biburl checked checkedat checkednote checkedon citelint-ignore coden "
            "comment copyright crossref date-added date-modified day doi eissn entryset eprint "
            "eprintclass eprinttype execute file fulltexturl gender groups hyphenation ids "
            "indexsorttitle indextitle isbn isrn issn key keyword keywords label langid "
            "langidopts language lccn library month mrclass mrnumber nameaddon options owner "
            "pagetotal pagination pmcid pmid presort primaryclass pubmed related relatedoptions "
            "relatedstring relatedtype repository shelfmark shorthand shorthandintro shortauthor "
            "shorteditor shortjournal shortseries sortkey sortname sortshorthand sorttitle "
            "sortyear timestamp url urldate userd usera userb userc usere userf verba verbb verbc "
            "version xdata xref year zblnumber"
        )
    )
)

#: Fields whose text is an address or a code and never LaTeX.
VERBATIM = frozenset(
    words("archiveurl checkedat doi eprint file fulltexturl pdf url urlraw verba verbb verbc")
)

#: The languages of ``langid`` (biblatex manual, table 2, and babel's other names).
LANGUAGES = frozenset(
    words(
        "acadian afrikaans albanian american amharic arabic armenian assamese asturian australian "
        "austrian azerbaijani bahasa basque belarusian bengali bosnian brazil brazilian breton "
        "british bulgarian burmese canadian canadien catalan chinese chinese-hans chinese-hant "
        "chinese-simplified chinese-traditional classicallatin coptic croatian czech danish dutch "
        "ecclesiasticallatin english esperanto estonian ethiopic farsi finnish francais french "
        "friulan galician gaelic georgian german germanb greek gujarati hebrew hindi hungarian "
        "icelandic indon indonesian interlingua irish italian japanese kannada kazakh khmer korean "
        "kurdish kurmanji kyrgyz lao latin latvian lithuanian lowersorbian macedonian "
        "luxembourgish malay malayalam marathi mexican mongolian naustrian newzealand ngerman "
        "nswissgerman norsk norwegian nynorsk occitan persian piedmontese polish polutonikogreek "
        "portuges portuguese punjabi romanian romansh russian sanskrit scottish serbian serbianc "
        "slovak slovene slovenian spanish swedish swissgerman syriac tajik tamil tatar telugu thai "
        "tibetan turkish turkmen ukenglish ukrainian uppersorbian urdu usenglish usorbian uzbek "
        "vietnamese welsh yiddish"
    )
)
