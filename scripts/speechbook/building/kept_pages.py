"""Texts of pages that an earlier build has written, kept by a digest of all that went into them.

Writing the text of a page out is a function of its resolved document, of the numbers, pictures
and addresses that its builder has for it, of the settings, and of the code.  The digest is
taken of all these, so a text found here is the one that would be written now; what stands
around it on the page (menus, search, templates) is written anew in every build.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
from dataclasses import asdict, dataclass, field
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes

from speechbook.digests import digest_of, files_below
from speechbook.sphinxext.picture_passes import may_have_pictures
from speechbook.sphinxext.shared_resolution import OF_THE_CALL, identity_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sphinx.builders import Builder
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.config import Config

FOLDER: Final = "written"
#: A file of a kept text: its checksum (SHA-256) in the first line, then what was made as JSON.
SUFFIX: Final = ".kept"
#: Packages that decide how a node is written.
TOOLS: Final = ("docutils", "pydata-sphinx-theme", "Pygments", "Sphinx", "sphinx-book-theme")
#: Types whose ``repr`` tells all of a value, and nothing of the process.
PLAIN: Final = frozenset({bool, int, str, type(None)})
ADDRESS_IN_MEMORY: Final = re.compile(r" at 0x[0-9a-f]+")


@dataclass(frozen=True)
class Written:
    """A page's text as HTML, what it puts into the page's head, and whether it has formulas."""

    body: str
    meta: str = ""
    has_maths: bool = False


@functools.cache
def code() -> str:
    """Return a digest of this package's code and of the tools' versions."""
    package = Path(str(resources.files("speechbook")))
    return digest_of(TOOLS, files_below(package, (".py",)))


def stable(value: object) -> str:
    """Return a value as text that is the same in every process."""
    if type(value) in PLAIN:
        return repr(value)
    if isinstance(value, dict):
        items = sorted((stable(key), stable(each)) for key, each in value.items())
        return "{" + ",".join(f"{key}:{each}" for key, each in items) + "}"
    if isinstance(value, set | frozenset):
        return "{" + ",".join(sorted(map(stable, value))) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(stable, value)) + "]"
    return ADDRESS_IN_MEMORY.sub("", repr(value))


def settings_of(config: Config) -> str:
    """Return the settings, but for those that tell one call from another."""
    return stable({each.name: each.value for each in config if each.name not in OF_THE_CALL})


def pictures_of(builder: Builder, document: nodes.document) -> list[object]:
    """Return the pictures of a page: names in the format, where they lie, digests of them."""
    found: list[object] = []
    for image in document.findall(nodes.image) if may_have_pictures(document) else ():
        uri = image["uri"]
        source = Path(builder.srcdir) / uri
        content = source.read_bytes() if source.is_file() else b""
        digest = hashlib.sha256(content).hexdigest()
        found.append([uri, builder.images.get(uri), str(source.resolve()), digest])
    return found


@dataclass
class Keeper:
    """The texts of one format in ``folder``; what a build does not use is thrown away."""

    folder: Path
    settings: str
    _used: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, builder: Builder) -> Keeper:
        """Return the keeper of a builder's texts."""
        return cls(Path(builder.doctreedir) / FOLDER / builder.name, settings_of(builder.config))

    def written(
        self,
        builder: StandaloneHTMLBuilder,
        document: nodes.document,
        facts: object,
        write: Callable[[], Written],
    ) -> Written:
        """Return a page's text, written by ``write`` unless it is kept.

        The builder is set up for the page; ``facts`` is what else the text depends on.
        """
        own = [builder.secnumbers, builder.fignumbers, builder.imgpath, builder.current_docname]
        told = self.of_document(builder, document, [own, facts], lambda: asdict(write()))
        return Written(**told)

    def of_document(
        self,
        builder: Builder,
        document: nodes.document,
        facts: object,
        make: Callable[[], object],
    ) -> Any:  # noqa: ANN401 - any JSON
        """Return what ``make`` makes of a document, as JSON gives it back, unless it is kept.

        It may depend on the document, its pictures, the settings and ``facts``.
        """
        digest = hashlib.sha256(code().encode())
        digest.update(self.settings.encode())
        # Tags choose passages; links to documents that are gone become plain text.
        given = [sorted(builder.tags), sorted(builder.env.all_docs)]
        digest.update(stable([given, pictures_of(builder, document), facts]).encode())
        digest.update(identity_of(document))
        return self._kept(digest.hexdigest(), make)

    def derived(self, kind: str, text: str, derive: Callable[[str], object]) -> Any:  # noqa: ANN401
        """Return what ``derive`` makes of a text, as JSON gives it back, unless it is kept.

        It is to depend on the text alone; ``kind`` tells it of what else is made of the same.
        """
        return self._kept(self._derived_key(kind, text), lambda: derive(text))

    def derived_together(
        self,
        kind: str,
        texts: Sequence[str],
        derive: Callable[[Sequence[str]], Sequence[object]],
    ) -> list[Any]:
        """Return what is derived of each text, all that are not kept in one go."""
        keys = {text: self._derived_key(kind, text) for text in texts}
        kept = {text: self._find(key) for text, key in keys.items()}
        contents = {text: content for text, content in kept.items() if content is not None}
        missing = [text for text in keys if text not in contents]
        made = derive(missing) if missing else ()
        for text, each in zip(missing, made, strict=True):
            contents[text] = self._keep(keys[text], json.dumps(each).encode())
        return [json.loads(contents[text]) for text in texts]

    def _derived_key(self, kind: str, text: str) -> str:
        digest = hashlib.sha256(code().encode())
        digest.update(stable([kind, text]).encode())
        return digest.hexdigest()

    def _kept(self, key: str, make: Callable[[], object]) -> Any:  # noqa: ANN401 - any JSON
        found = self._find(key)
        return json.loads(self._keep(key, json.dumps(make()).encode()) if found is None else found)

    def _find(self, key: str) -> bytes | None:
        self._used.add(key)
        try:
            checksum, _, content = self._path(key).read_bytes().partition(b"\n")
        except OSError:
            return None
        return content if hashlib.sha256(content).hexdigest().encode() == checksum else None

    def _keep(self, key: str, content: bytes) -> bytes:
        self.folder.mkdir(parents=True, exist_ok=True)
        checksum = hashlib.sha256(content).hexdigest().encode()
        self._path(key).write_bytes(checksum + b"\n" + content)
        return content

    def tidy(self) -> None:
        """Throw away what was neither found nor kept."""
        for path in self.folder.glob(f"*{SUFFIX}"):
            if path.stem not in self._used:
                path.unlink()

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}{SUFFIX}"


def write_out(builder: Any, document: nodes.document) -> Any:  # noqa: ANN401 - Sphinx's translators
    """Return the builder's translator after it has walked through a document."""
    translator = builder.create_translator(document, builder)
    document.walkabout(translator)
    return translator
