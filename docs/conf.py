"""Sphinx's settings for the book: short, offline, the same for every format."""

import importlib.metadata

project = "The Secret Speech"
author = "The Secret Speech contributors"
copyright = "The Secret Speech contributors, text under CC BY 4.0"
release = version = importlib.metadata.version("secret-speech")
language = "en"

speechbook_description = (
    "An open, checked history of Nikita Khrushchev's closed speech of 25 February 1956: "
    "how it was made, what it charged, how it got out and what it did."
)

extensions = [
    "myst_parser",
    "speechbook.sphinxext.citing",
    "sphinxcontrib.bibtex",
    "speechbook.sphinxext.citation_index",
    "speechbook.sphinxext.citing_order",
    "speechbook.sphinxext.citing_list",
    "speechbook.sphinxext.continuous_numbers",
    "speechbook.sphinxext.languages",
    "speechbook.sphinxext.figures",
    "speechbook.sphinxext.naming",
    "speechbook.sphinxext.story_pages",
    "speechbook.sphinxext.chronology_page",
    "speechbook.sphinxext.article_pages",
    "speechbook.sphinxext.evidence_page",
    "speechbook.sphinxext.errata_page",
    "speechbook.sphinxext.colophon",
    "speechbook.sphinxext.downloads",
    "speechbook.sphinxext.sidebar",
    "speechbook.sphinxext.page_head",
    "speechbook.sphinxext.site",
    "speechbook.sphinxext.mending",
    "speechbook.sphinxext.rule_pages",
    "speechbook.sphinxext.credits",
    "speechbook.sphinxext.figure_numbers",
    "speechbook.sphinxext.collecting",
    "speechbook.sphinxext.forgetting",
    "speechbook.sphinxext.needed_transforms",
    "speechbook.sphinxext.shared_resolution",
    "speechbook.epub",
    "speechbook.typst",
    "sphinx_book_theme",
    "speechbook.sphinxext.site_builder",
    "speechbook.sphinxext.cited_works",
    "speechbook.sphinxext.similar",
    "speechbook.sphinxext.page_metadata",
    "speechbook.sphinxext.page_end",
    "speechbook.sphinxext.searching",
    "speechbook.sphinxext.site_files",
    "speechbook.sphinxext.cards",
    "speechbook.sphinxext.theme_pieces",
]
nitpicky = True
templates_path = ["_templates"]
exclude_patterns = ["_templates", "_static"]
numfig = True
numfig_secnum_depth = 0
# As the PDF says it: one word in all formats.
numfig_format = {"figure": "Figure %s", "table": "Table %s"}
# Drawings are made from docs/data while the pages are read (speechbook.sphinxext.figures).
typst_cover = True
typst_image_roots = ["../build/figures"]
today_fmt = "%d %B %Y"

# A chapter's own settings must not switch on what the book leaves off
# (shared measurements: hostile.md), so raw content and file insertion are out.
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath"]
myst_disable_syntax = ["html_block", "html_inline"]
myst_footnote_transition = False
myst_heading_anchors = 3

bibtex_bibfiles = ["../references.bib"]
bibtex_cite_id = "work-{bibliography_count}-{key}"
bibtex_default_style = "chicago"
bibtex_reference_style = "chicago"

html_theme = "sphinx_book_theme"
html_title = project
html_context = {"default_mode": "auto"}
html_static_path = ["_static"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_permalinks_icon = "§"
html_domain_indices = False
# The pages' pieces are templates of our own (_templates/layout.html), so the theme need
# render none of its.
html_sidebars = {"**": []}
html_theme_options = {
    "article_header_start": [],
    "article_header_end": [],
    "footer_content_items": [],
    "secondary_sidebar_items": [],
    "navbar_persistent": [],
}

epub_basename = "secret-speech"
