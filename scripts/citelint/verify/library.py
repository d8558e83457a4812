"""Questions to the web whose answers are kept: JSON documents and readable texts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from citelint.verify.addresses import as_uri
from citelint.verify.asking import ABSENT, Unanswered
from citelint.verify.cache import Answer
from citelint.verify.pagetext import decoded, readable_text

if TYPE_CHECKING:
    from citelint.verify.asking import Client
    from citelint.verify.cache import Cache

JSON = "application/json"
TEXTS = "text/html, application/xhtml+xml, text/plain;q=0.9"
PDF = "application/pdf"


class Library:
    """Asks the cache first, then the web; counts what was wanted and what was answered."""

    def __init__(self, client: Client, cache: Cache) -> None:
        self.client = client
        self.cache = cache
        self.answered = 0
        self.unanswered: dict[str, None] = {}

    def json(self, url: str) -> Any:  # noqa: ANN401 - whatever JSON holds
        """Return the document at an address, ``None`` where there is none.

        Raises:
            Unanswered: no answer came, or it is no JSON.

        """
        kept = self.cache.get(url)
        answer = kept or self.asked(url, JSON)
        if answer.status in ABSENT:
            document = None
        else:
            try:
                document = json.loads(answer.text)
            except (ValueError, RecursionError) as error:
                raise self.missed(f"the answer of {url} is no JSON") from error
        self.took(url, answer, kept)
        return document

    def text(self, url: str) -> str:
        """Return the text at an address as a reader sees it.

        Raises:
            Unanswered: no answer came, or it is no text.

        """
        url = as_uri(url)
        kept = self.cache.get(url)
        answer = kept or self.asked(url, TEXTS)
        self.took(url, answer, kept)
        if answer.status in ABSENT:
            raise Unanswered(f"{url} is not there ({answer.status})")
        text = readable_text(answer.text, answer.kind)
        if text is None:
            name = answer.kind.partition(";")[0] or "of no known type"
            form = "a PDF, whose text is not read" if name == PDF else f"{name[:60]} and no text"
            raise Unanswered(f"{url} is {form}")
        return text

    def asked(self, url: str, accept: str) -> Answer:
        """Ask the web.

        Raises:
            Unanswered: no answer came.

        """
        try:
            response = self.client.ask(url, accept)
        except Unanswered as trouble:
            raise self.missed(str(trouble)) from trouble
        kind = response.headers.get("content-type", "")
        body = b"" if PDF in kind.lower() or response.body.startswith(b"%PDF-") else response.body
        if response.body.startswith(b"%PDF-"):
            kind = PDF
        return Answer(response.status, kind, decoded(body, kind))

    def took(self, url: str, answer: Answer, kept: Answer | None) -> None:
        """Count an answer that could be read, and keep it."""
        self.answered += 1
        if kept is None:
            self.cache.put(url, answer)

    def missed(self, reason: str) -> Unanswered:
        """Remember that a question had no answer."""
        self.unanswered[reason] = None
        return Unanswered(reason)
