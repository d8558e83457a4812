"""Texts that are hard on a careless reader, as functions of their size in characters.

The tests read each to its end; ``nox -s bench -- growth`` measures how the time grows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def said_over(piece: str) -> Callable[[int], str]:
    """Return the text that says a piece over and over."""
    return lambda size: (piece * (size // len(piece) + 1))[:size]


def repeated(*pieces: str) -> dict[str, Callable[[int], str]]:
    """Return texts that say one piece over and over, by the piece."""
    return {piece: said_over(piece) for piece in pieces}


SVG = '<svg xmlns="http://www.w3.org/2000/svg">'
#: For the family SEC.
CHAPTERS: dict[str, Callable[[int], str]] = {
    "openings": lambda size: "[a ![b " * (size // 7),
    "templates": lambda size: "{{" * (size // 2),
    "commands of templates": lambda size: "{% a " * (size // 5),
    "tags": lambda size: "<a " * (size // 3),
    "tags with attributes": lambda size: '<a href="b" c=d ' * (size // 16),
    "tables": lambda size: "|-" * (size // 2) + "|",
    "rows of dashes": lambda size: "| - " * (size // 8) + "\n" + "| --- " * (size // 12),
    "definitions": lambda size: "[a]: b\n" * (size // 7),
    "directives": lambda size: ":::{list-table}\n* - a\n:::\n" * (size // 24),
    "open directives": lambda size: "::::{note}\n" * (size // 11),
    "front matter": lambda size: "---\n" + "a: &a [*a]\n" * (size // 11) + "---\n",
    "piles": lambda size: ("`a`" + "[" * 300 + "\n\n") * (size // 305),
    "alphabets": lambda size: "aа " * (size // 3),
    "turning marks": lambda size: "\u202ea\u202c\n" * (size // 4),
    "hidden marks": lambda size: "a\u200bb\U0001f3f4\U000e0067" * (size // 5),
    "formulas": lambda size: "$\\input{a}$ " * (size // 12),
    "addresses": lambda size: "[https://a.b](https://c.d) " * (size // 27),
}
TABLES: dict[str, Callable[[int], str]] = {
    "dotted keys": lambda size: "a." * (size // 2) + "a = 1",
    "lines of dotted keys": lambda size: ("a." * 49 + "a = 1\n") * (size // 104),
    "brackets": lambda size: "a = " + "[" * size,
    "texts of markup": lambda size: 'a = ["' + '", "[a ![b'.join("cd" * (size // 24)) + '"]',
    "quotation marks": lambda size: "a = " + '"' * size,
    "open texts": lambda size: "a = '''\n" * (size // 8),
    "numbers": lambda size: "a = " + "9" * size,
    "rows": lambda size: "[[a]]\nb = 1\n" * (size // 12),
}
DRAWINGS: dict[str, Callable[[int], str]] = {
    "elements": lambda size: SVG + "<g/>" * (size // 4) + "</svg>",
    "nested elements": lambda size: SVG + "<g>" * (size // 3),
    "attributes": lambda size: SVG + "<g " + " ".join(f"a{n}=''" for n in range(size // 8)) + "/>",
    "styles": lambda size: SVG + "<style>" + "url(a) " * (size // 7) + "</style></svg>",
    "scripts": lambda size: SVG + "<script/>" * (size // 9) + "</svg>",
    "texts": lambda size: SVG + "<style>" + "&lt;" * (size // 4) + "</style></svg>",
    "programs in addresses": lambda size: SVG + '<a href="javascript:"/>' * (size // 23) + "</svg>",
}
GROUND = '{"centre": {"longitude": 1, "latitude": 2}, "frame_km": [-1, -1, 1, 1], "features": ['
GROUNDS: dict[str, Callable[[int], str]] = {
    "brackets": lambda size: "[" * size,
    "texts": lambda size: '["' + "\\u0041" * (size // 6) + '"]',
    "points": lambda size: (
        GROUND
        + '{"properties": {"kind": "land", "name": "a"}, "geometry": {"type": "Polygon",'
        + ' "coordinates": [['
        + ", ".join(["[1, 2]"] * (size // 8))
        + "]]}}]}"
    ),
}
#: For the scanner of .bib files and all rules.
BIBLIOGRAPHIES: dict[str, Callable[[int], str]] = {
    "signs": lambda size: "@" * size,
    "signs and names": lambda size: "@a " * (size // 3),
    "open braces": lambda size: "@book{a, t = " + "{" * size,
    "open entries": lambda size: "@book{a,\n" * (size // 9),
    "open values": lambda size: "@book{a, t = {\n" * (size // 15),
    "open quotes": lambda size: '@book(a, t = "\n' * (size // 15),
    "open quotes and braces": lambda size: '@book(a, t = "{}\n' * (size // 17),
    "closed nests": lambda size: "@book{a, t = " + "{" * (size // 2) + "}" * (size // 2) + "}",
    "one long line": lambda size: "@book{a, title = {" + "words and " * (size // 10) + "}}",
    "one long name": lambda size: "@book{a, author = {" + "x" * size + "}}",
    "many names": lambda size: "@book{a, author = {" + " and ".join("Xy" * (size // 12)) + "}}",
    "many commas": lambda size: "@book{a, author = {" + "a, " * (size // 3) + "}}",
    "many dashes": lambda size: "@book{a, pages = {" + "1-" * (size // 2) + "}}",
    "many stops": lambda size: "@book{a, title = {" + "a. " * (size // 3) + "}}",
    "many capitals": lambda size: "@book{a, author = {" + "A. " * (size // 3) + "b}}",
    "many slashes": lambda size: "@book{a, url = {https://" + "a." * (size // 2) + "}}",
    "many digits": lambda size: "@book{a, isbn = {" + "1 " * (size // 2) + "}, year = {1}}",
    "long year": lambda size: "@book{a, year = {" + "1" * size + "}, month = {" + "1" * size + "}}",
    "long numbers": lambda size: (
        f"@book{{a, year = {{{'1' * size}}}, month = {{0001{'1' * size}}}, day = {{{'1' * size}}},"
        f" pages = {{{'1' * size}-{'2' * size}, 1-{'2' * size}}}, volume = {'1' * size},"
        f" date = {{{'1' * size}}}, isbn = {{{'1' * size}}}, issn = {{{'1' * size}}},"
        f" doi = {{10.{'1' * size}/1}}, note = {{&#{'1' * size}; &#0; {'0000-' * size}}}}}"
    ),
    "many parts": lambda size: "@book{a, t = " + "a # " * (size // 4) + "a}",
    "many fields": lambda size: "@book{a," + "t={}," * (size // 5) + "}",
    "many spaces": lambda size: "@book{a, title = {a" + " " * size + "b}}",
    "many line ends": lambda size: "@book{a," + "\n" * size + "t={}}",
    "carriage returns": lambda size: "@book{a,\r t={x}\r}\r" * (size // 19),
    "no commas": lambda size: "@book{a, t = {x}" + " t = {x}" * (size // 8) + "}",
    "growing strings": lambda size: (
        "@string{a0 = {xxxxxxxxxx}}\n"
        + "".join(f"@string{{a{n + 1} = a{n} # a{n}}}\n" for n in range(size // 26))
        + "@book{a, t = a9 # a99999}"
    ),
    "one key": lambda size: "@book{a, title = {T}}\n" * (size // 22),
    "crossref chain": lambda size: "".join(
        f"@book{{a{n}, crossref = {{a{n + 1}}}}}\n" for n in range(min(size // 27, 3000))
    ),
    "binary": lambda size: bytes(range(256)).decode("latin-1") * (size // 256),
}
#: For all rules about chapters, citations and notes.
CITING_CHAPTERS: dict[str, Callable[[int], str]] = {
    "one long line": lambda size: "a word “and” {cite:p}`taubman2003{273}` " * (size // 40),
    "nested quotes": lambda size: (
        ">" * min(size, 10_000) + " a {cite:p}`taubman2003`\n" * (size // 26)
    ),
    "nested lists": lambda size: "- " * min(size // 2, 10_000) + "a" + "\n\nb[^c]\n" * (size // 8),
    "brackets": lambda size: "[" * size,
    "backticks": lambda size: "`" * size,
    "roles": lambda size: "{cite:p}`" * (size // 9),
    "notes": lambda size: "".join(f"a[^{n}]\n\n[^{n}]: Ibid.\n\n" for n in range(size // 26)),
    "note in note": lambda size: "[^a]: b[^a]\n\n" * (size // 13),
    "quotations": lambda size: "“" * (size // 2) + "a b c d e f g h ”" * (size // 32),
    "open quotations": lambda size: "“a b c d e f g h i\n\n" * (size // 20),
    "directives": lambda size: "```{note}\na\n```\n\n" * (size // 17),
    "open directives": lambda size: ":::{note}\n" * (size // 10),
    "tables": lambda size: "| a | {cite:p}`taubman2003` |\n" * (size // 30),
    "typed citations": lambda size: "Taubman (2004) {cite:p}`taubman2003`. " * (size // 38),
    "ranges": lambda size: "{cite:p}`taubman2003{" + "1-2, " * (size // 5) + "}`",
    "remarks": lambda size: "TODO [check] ??? XXX " * (size // 21),
    "addresses": lambda size: "http://a.b/c?utm_source=d " * (size // 26),
    "spaces": lambda size: "a" + " " * size + "[^b]",
    "comments": lambda size: "% citelint: ignore[QUO001] x\n" * (size // 29),
    "carriage returns": lambda size: "a {cite:p}`taubman2003`\r" * (size // 24),
    "binary": lambda size: bytes(range(256)).decode("latin-1") * (size // 256),
}
#: Said over and over, for each rule about chapters.
RULED = repeated(
    "A (1998) {cite:p}`a{1-2}` ", "A (1998) {cite:p}`a`. ", "{cite:p}`" + "a{1}," * 20 + "a` ",
    "a[^a]. ", "[^a]", "a [^b] ", "[^a]: Ibid. “a b c d e f g h i” quoted in {cite}`a`\n\n",
    "“a b c d e f g h i j” said A. ", "> a b c d e f g h i j\n\nfoo\n\n", "http://a.b/c ",
    "# a[^b] {cite}`a`\n\n", "{cite:t}`a` A ", "(A 1999) ", "TODO ??? [check x] ", "(A, ",
    "- a {cite}`a`\n- “b\n", "*a ", "_a ", "{cite}`a{" + "1-2," * 50 + "}` ",
    "{cite}`a{" + "i" * 200 + "-}` ", '{attribution="a {b}"}\n> c\n\n', "a" + " " * 300 + "[^b]",
)  # fmt: skip
#: Said over and over, for the reader of chapters.
READ = repeated(
    "[", "![", "[a](", "[a](<b", "*", "*a_ ", "`", "` ", "{", "{a}`", "$", "$a ", "<", "<a ",
    '<a b="', "[^a", "\\", "“", '"a ', "‘a “", "> ", "- ", "1. ", "- > ", ">", ":", "| ", ". A",
    "`a`{", "http://a(", "- a\n", "> a\n", "$$ a\n\n", ":a: b\n", "a\n: b\n", "```{note}\n",
    ":::{note}\n", "[^a]: b\n\n    c\n", "[a]: b\n", "% a\n", "|a|b|\n|-|-|\n", "<!-- \n\n",
    "{a=1}\n", "# a\n", "{cite}`",
)  # fmt: skip
#: Said over and over, for the reader of pages of the web.
PAGES = repeated(
    "<!--", "<", "<a ", '<a x="', "<a x='\"", "&", "&#", "<?", "<!", "</a", "<script>", "<sup>",
    "<sup>1", '<a b="" ', "</sup>", "<p>x</p>", "<script></script", "\u0301",
)  # fmt: skip
#: Said over and over, where the source of a quotation is looked for.
QUOTATIONS = repeated("[", "…", "[a", ". ", "[a]", "a…", "\\")
#: A source, and a quotation that is not in it though its words are.
SENTENCE = "the cult of the individual and its harmful consequences were not seen. "
MISSING = "the cult of … and … the … person of whom nobody had spoken " * 3
SOURCES = {"a long source": said_over(SENTENCE)}
