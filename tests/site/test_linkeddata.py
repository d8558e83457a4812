"""The book in schema.org's terms."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from speechbook.site.linkeddata import script_text, work_data


def test_work_has_what_its_item_has_and_no_more() -> None:
    item = {
        "id": "a",
        "type": "article-journal",
        "title": "The Leningrad Affair",
        "container-title": "Europe-Asia Studies",
        "DOI": "10.1080/0966813041000235119",
        "author": [{"family": "Tromly", "given": "Benjamin"}, {"literal": "A Body"}],
        "issued": {"date-parts": [[2004, 7]]},
    }
    assert work_data(item) == {
        "@type": "ScholarlyArticle",
        "name": "The Leningrad Affair",
        "author": [
            {"@type": "Person", "name": "Benjamin Tromly"},
            {"@type": "Organization", "name": "A Body"},
        ],
        "datePublished": "2004-07",
        "isPartOf": {"@type": "Periodical", "name": "Europe-Asia Studies"},
        "url": "https://doi.org/10.1080/0966813041000235119",
    }
    bare = {"id": "b", "type": "document", "title": "B", "issued": {"literal": "n.d."}}
    assert work_data(bare) == {"@type": "CreativeWork", "name": "B"}


@given(st.text())
def test_no_text_ends_the_script_that_holds_it(text: str) -> None:
    written = script_text({"name": text})
    assert not set(written) & set("<>&")
    assert json.loads(written) == {"name": text}
