"""A small book with everything that the PDF must be able to print."""

project = "A Small Book"
author = "Its makers"
release = "7.1"
language = "en"
extensions = [
    "myst_parser",
    "speechbook.sphinxext.continuous_numbers",
    "speechbook.sphinxext.languages",
    "speechbook.typst",
]
nitpicky = True
numfig = True
numfig_secnum_depth = 0
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath"]
typst_filename = "small.pdf"
typst_metadata = {
    "date": "1 May 2026",
    "commit": "abc1234",
    "licence": "Text under CC BY 4.0.",
    "keywords": ["proof", "print"],
    "description": "A book for testing.",
    "colophon": ["Set in Libertinus."],
}
