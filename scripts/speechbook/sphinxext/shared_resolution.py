"""Resolve a document once for all formats, and set in each format's own addresses.

Sphinx resolves citations, references and lists anew for each of three formats, which takes a
quarter of the whole build; only the addresses that come out differ.  Here a document is
resolved with addresses that name documents, put on a shelf below the folder of doctrees, and
taken from there by the next format.  What a format does in its own way (pictures, passages for
one format only, transforms that name a format) is done for each format, after that.

The shelf holds for one state of the environment, as Sphinx has pickled it, and one doctree.
"""

from __future__ import annotations

import hashlib
import inspect
import logging
import pickle
import uuid
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError, NoUri
from sphinx.transforms import SphinxTransformer
from sphinx.transforms.post_transforms import (
    OnlyNodeTransform,
    SigElementFallbackTransform,
    SphinxPostTransform,
)
from sphinx.transforms.post_transforms.images import (
    BaseImageConverter,
    DataURIExtractor,
    ImageDownloader,
)
from sphinx.util.docutils import LoggingReporter
from sphinx.util.logging import NAMESPACE

from speechbook.sphinxext.citation_memory import MARK
from speechbook.sphinxext.needed_transforms import needed
from speechbook.sphinxext.picture_passes import HAS_PICTURES, note_pictures, sparing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from docutils.transforms import Transform
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

#: Transforms that look at the builder though they name no format.
OF_ONE_FORMAT: Final = (BaseImageConverter, OnlyNodeTransform, SigElementFallbackTransform)
#: What a document's settings have of the build that is running, and not of its text
#: (``Builder.write_doctree``); docutils leaves out the rest.
OF_THE_BUILD: Final = dict.fromkeys(("env", "record_dependencies", "warning_stream"))
#: Tells a document from the shelf of one that is still to be resolved.
IS_RESOLVED: Final = "speechbook_resolved"
#: A digest of all that a format was given of a document, where that decides what it makes of it.
IDENTITY: Final = "speechbook_identity"
#: Transforms for one format that go by the document, the settings and the tags alone.
BY_DOCUMENT: Final = frozenset(
    (OnlyNodeTransform, SigElementFallbackTransform, ImageDownloader, DataURIExtractor)
)
#: Settings that tell one format of another, and that no document shows.
OF_THE_CALL: Final = (
    "speechbook_downloads",
    "speechbook_paged_edition",
    "typst_filename",
    "typst_paper",
)
ENVIRONMENT: Final = "environment.pickle"
FOLDER: Final = "resolved"
PROCESS: Final = uuid.uuid4().hex


def is_shared(transform: type[Transform]) -> bool:
    """Say whether a transform does the same for all formats."""
    names_one = getattr(transform, "builders", ()) or getattr(transform, "formats", ())
    return not names_one and not issubclass(transform, OF_ONE_FORMAT)


def content_of(document: nodes.document) -> bytes:
    """Return all of a document but what belongs to the build, as Sphinx leaves it out."""
    before = vars(document).copy()
    document.settings = document.settings.copy()
    vars(document.settings).update(OF_THE_BUILD)
    try:
        return pickle.dumps(document, pickle.HIGHEST_PROTOCOL)
    finally:
        vars(document).update(before)


def document_of(content: bytes, env: BuildEnvironment, docname: str) -> nodes.document:
    """Return a resolved document, given what a build gives to each that it opens."""
    document: nodes.document = pickle.loads(content)  # noqa: S301 - written by this process
    document.settings.env = env
    document.reporter = LoggingReporter(str(env.doc2path(docname)))
    vars(document)[IS_RESOLVED] = True
    identify(document, content)
    return document


def identify(document: nodes.document, content: bytes) -> None:
    """Give a document the identity that its resolved content has."""
    vars(document)[IDENTITY] = hashlib.sha256(content).digest()


def identity_of(document: nodes.document) -> bytes:
    """Return what tells a document, as a builder has it, from all that would show differently."""
    identity: bytes | None = vars(document).get(IDENTITY)
    return content_of(document) if identity is None else identity


def is_for(transform: type[Transform], builder: Builder) -> bool:
    """Say whether a transform is done for a builder (``SphinxPostTransform.is_supported``)."""
    builders, formats = (getattr(transform, name, ()) for name in ("builders", "formats"))
    return (not builders or builder.name in builders) and (not formats or builder.format in formats)


def neutral_address(_from: str, to: str, _typ: str | None = None) -> str:
    """Return a document's marked name in the place of its address."""
    return MARK + to


def no_address(docname: str, _typ: str | None = None) -> str:
    """Refuse an address that is not asked for by the document where it will stand.

    Raises:
        ExtensionError: always.

    """
    raise ExtensionError(
        f"The address of ‘{docname}’ was asked of get_target_uri while a document is resolved "
        "for all formats; ask get_relative_uri (speechbook/sphinxext/shared_resolution.py)"
    )


@contextmanager
def without_addresses(builder: Builder) -> Iterator[None]:
    """Let a builder give the names of documents for their addresses."""
    shadow: Any = builder
    shadow.get_relative_uri, shadow.get_target_uri = neutral_address, no_address
    try:
        yield
    finally:
        del shadow.get_relative_uri, shadow.get_target_uri


def set_addresses(document: nodes.document, builder: Builder, docname: str) -> None:
    """Lead all links where *builder* has the documents; those it has not become plain text."""
    for link in list(document.findall(nodes.reference)):
        address = link.get("refuri", "")
        if address.startswith(MARK):
            to, hash_sign, anchor = address.removeprefix(MARK).partition("#")
            try:
                link["refuri"] = builder.get_relative_uri(docname, to) + hash_sign + anchor
            except NoUri:
                link.replace_self(link.children)


@dataclass(frozen=True)
class Shelf:
    """Resolved documents in ``folder``; ``state`` stands before each and must be the same."""

    folder: Path
    state: bytes
    transforms: tuple[type[Transform], ...]

    def find(self, docname: str) -> bytes | None:
        """Return a resolved content, if it is there and of this state."""
        try:
            found = self._path(docname).read_bytes()
        except OSError:
            return None
        state = self._state_of(docname)
        return found.removeprefix(state) if found.startswith(state) else None

    def keep(self, docname: str, content: bytes) -> None:
        """Keep a resolved content."""
        path = self._path(docname)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self._state_of(docname) + content)

    def _path(self, docname: str) -> Path:
        return self.folder / f"{docname}.pickle"

    def _state_of(self, docname: str) -> bytes:
        doctree = self.folder.parent / f"{docname}.doctree"
        return hashlib.sha256(self.state + doctree.read_bytes()).digest()


class _Listener(logging.Handler):
    """Hears what Sphinx warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.seen: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a warning."""
        self.seen.append(record)


@contextmanager
def warnings_seen() -> Iterator[list[logging.LogRecord]]:
    """Give the list to which each warning adds itself meanwhile."""
    listener = _Listener()
    # The logger above all of Sphinx's (sphinx.util.logging).
    logger = logging.getLogger(NAMESPACE)
    logger.addHandler(listener)
    try:
        yield listener.seen
    finally:
        logger.removeHandler(listener)


class SharedResolution(SphinxPostTransform):
    """Runs before all others; does what is done for all formats, if it is not done."""

    default_priority = 0

    def run(self, **_kwargs: Any) -> None:  # noqa: ANN401
        """Resolve the document."""
        builder: Any = self.env._app.builder
        shelf: Shelf = builder.speechbook_shelf
        docname = self.env.current_document.docname
        if not getattr(self.document, IS_RESOLVED, False):
            with warnings_seen() as seen:
                self._resolve(shelf, builder)
            note_pictures(self.document)
            # What was warned of is to be warned of again by whoever asks for it again.
            if not seen:
                content = content_of(self.document)
                shelf.keep(docname, content)
                identify(self.document, content)
        # What a toctree shows is put in later, and so may be what an unknown transform knows.
        if docname in self.env.toctree_includes or not builder.speechbook_goes_by_document:
            for known in (IDENTITY, HAS_PICTURES):
                vars(self.document).pop(known, None)
        set_addresses(self.document, builder, docname)

    def _resolve(self, shelf: Shelf, builder: Builder) -> None:
        transformer = SphinxTransformer(self.document)
        transformer.set_environment(self.env)
        transformer.add_transforms(needed(shelf.transforms, self.document))
        with without_addresses(builder):
            transformer.apply_transforms()


def state_of(app: Sphinx) -> bytes:
    """Return what resolved documents depend on besides their doctrees.

    The process is part of it: code that may have changed since the last is not looked at.
    """
    environment = (Path(app.doctreedir) / ENVIRONMENT).read_bytes()
    overrides: Mapping[str, Any] = app.config.overrides
    settings = {name: overrides[name] for name in sorted(overrides) if name not in OF_THE_CALL}
    return hashlib.sha256(environment).digest() + repr((PROCESS, settings)).encode()


def open_from(shelf: Shelf, env: BuildEnvironment) -> None:
    """Let the environment take from the shelf, and not resolve, what stands there.

    What does not is opened from its file, also where it was read just now: what is pickled of
    a document tells whether equal texts in it were one text, and so would differ from what
    the next build makes of the same.

    Raises:
        ExtensionError: Sphinx no longer takes a document that is given to it.

    """
    original = partial(BuildEnvironment.get_and_resolve_doctree, env)
    if "doctree" not in inspect.signature(original).parameters:
        raise ExtensionError(
            "Sphinx's get_and_resolve_doctree no longer has the argument doctree; "
            "see speechbook/sphinxext/shared_resolution.py and adapt it"
        )

    def get_and_resolve(docname: str, builder: Builder, **arguments: Any) -> nodes.document:  # noqa: ANN401
        if "doctree" not in arguments:
            content = shelf.find(docname)
            arguments["doctree"] = (
                env.get_doctree(docname) if content is None else document_of(content, env, docname)
            )
        return original(docname, builder, **arguments)

    shadow: Any = env
    shadow.get_and_resolve_doctree = get_and_resolve
    # The documents that were read just now, which nobody asks for any more.
    vars(env).get("_write_doc_doctree_cache", {}).clear()


def divide_transforms(app: Sphinx, builder: Builder) -> None:
    """Put our transform in the place of those that do the same for all formats."""
    keeper: Any = builder
    known: Shelf | None = getattr(keeper, "speechbook_shelf", None)
    transforms = app.registry.post_transforms
    shared = known.transforms if known else tuple(each for each in transforms if is_shared(each))
    folder = Path(app.doctreedir) / FOLDER
    keeper.speechbook_shelf = Shelf(folder, state_of(app), shared)
    own = [each for each in transforms if not is_shared(each)]
    # Who listens to this event may change a document by whatever it knows.
    is_changed = bool(app.events.listeners.get("doctree-resolved"))
    keeper.speechbook_goes_by_document = not is_changed and BY_DOCUMENT.issuperset(
        each for each in own if is_for(each, builder)
    )
    app.registry.post_transforms = [SharedResolution, *map(sparing, own)]
    open_from(keeper.speechbook_shelf, app.env)


def open_as_before(app: Sphinx, _failure: Exception | None) -> None:
    """Give the environment its own way back."""
    vars(app.env).pop("get_and_resolve_doctree", None)


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect at the moment when all extensions have added their transforms."""
    app.connect("write-started", divide_transforms)
    app.connect("build-finished", open_as_before)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": False}
