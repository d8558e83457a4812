"""Links that pass a page on."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from speechbook.site.sharing import LONGEST_POST, MARK, shares_of

TITLE, ADDRESS = "9. A & B? – “The Book”", "https://example.org/b/09-a.html"


def queries(title: str, address: str) -> dict[str, tuple[str, dict[str, str]]]:
    """Return each link's address without its query, and the query."""
    split = {share.label: urlsplit(share.address) for share in shares_of(title, address)}
    return {
        label: (
            f"{parts.scheme}://{parts.netloc}{parts.path}",
            {name: values[0] for name, values in parse_qs(parts.query).items()},
        )
        for label, parts in split.items()
    }


def test_each_service_gets_what_its_form_reads() -> None:
    both = f"{TITLE} {ADDRESS}"
    assert queries(TITLE, ADDRESS) == {
        "E-mail": ("mailto://", {"subject": TITLE, "body": ADDRESS}),
        "WhatsApp": ("https://wa.me/", {"text": both}),
        "Facebook": ("https://www.facebook.com/sharer/sharer.php", {"u": ADDRESS}),
        "X": ("https://x.com/intent/tweet", {"text": TITLE, "url": ADDRESS}),
        "Bluesky": ("https://bsky.app/intent/compose", {"text": both}),
    }


def test_long_title_is_cut_to_a_post_and_the_address_is_not() -> None:
    text = queries("Word " * 100, ADDRESS)["Bluesky"][1]["text"]
    assert len(text) == LONGEST_POST
    assert text.endswith(f"… {ADDRESS}")


def test_unknown_address_leaves_a_mark_for_the_script() -> None:
    assert all(share.address.count(MARK) == 1 for share in shares_of(TITLE, ""))
