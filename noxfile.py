"""The verbs of this project; each does all its own set-up.

``nox -l`` lists them.  What a session installs is locked, with hashes, in ``.lock/``.
"""

import os
from pathlib import Path

import nox

nox.needs_version = ">=2025.2.9"
nox.options.sessions = ["book"]
nox.options.reuse_venv = "yes"
# The environment's own pip: a fresh machine has nothing else.
nox.options.default_venv_backend = "virtualenv"

CODE = ("scripts", "tests", "noxfile.py", "docs/conf.py")
LOCKS = ("book", "check", "tests", "style", "live", "links", "maps", "nox")


def install(session: nox.Session, lock: str) -> None:
    """Install a lock file's packages, then this project on top of them."""
    session.install("--quiet", "--require-hashes", "--requirement", f".lock/{lock}.txt")
    # The build backend is locked with the rest, so nothing is fetched unlocked.
    session.install("--quiet", "--no-build-isolation", "--no-deps", "--editable", ".")


@nox.session
def book(session: nox.Session) -> None:
    """Make the site, the PDF and the EPUB and put them into dist/."""
    install(session, "book")
    session.run("speechbook", "build", *session.posargs)


@nox.session
def html(session: nox.Session) -> None:
    """Make the site alone, in build/html."""
    install(session, "book")
    session.run("speechbook", "html", *session.posargs)


@nox.session
def pdf(session: nox.Session) -> None:
    """Make the PDF alone; `nox -s pdf -- --paper a4` for another paper."""
    install(session, "book")
    session.run("speechbook", "pdf", *session.posargs)


@nox.session
def epub(session: nox.Session) -> None:
    """Make the EPUB alone, in build/epub."""
    install(session, "book")
    session.run("speechbook", "epub", *session.posargs)


@nox.session
def live(session: nox.Session) -> None:
    """Show the site with its checks beside the text, and reload it at every change."""
    install(session, "live")
    session.run("speechbook", "live", "--", "--open-browser", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Read the bibliography and the chapters with citelint, with the rules of pyproject.toml."""
    install(session, "book")
    session.run("citelint", "check", *session.posargs)


@nox.session
def check(session: nox.Session) -> None:
    """Check text, sources and links: what the robot runs, in under a minute."""
    install(session, "check")
    session.run("speechbook", "check", *session.posargs)


@nox.session
def chapter(session: nox.Session) -> None:
    """Begin a chapter that passes every check: `nox -s chapter -- "The title"`."""
    install(session, "check")
    session.run("speechbook", "chapter", *session.posargs)


@nox.session
def cite(session: nox.Session) -> None:
    """Add a work to references.bib: `nox -s cite -- DOI`, or an ISBN, or an address."""
    install(session, "check")
    session.run("speechbook", "cite", *session.posargs)


@nox.session
def links(session: nox.Session) -> None:
    """Check every link of the book in dist/; `-- --offline` for those inside it alone."""
    install(session, "links")
    if not Path("dist").exists():
        session.run("speechbook", "build")
    if "GITHUB_ACTIONS" in os.environ and "BOOK_BASE" not in os.environ:
        # What last night remembered; there is nothing on the first night (exit code 1).
        remember = ["gh", "run", "download", "--name", "link-state", "--dir", "build/links"]
        session.run(*remember, external=True, success_codes=[0, 1])
    session.run("speechbook", "links", *session.posargs)


@nox.session
def changes(session: nox.Session) -> None:
    """Say what a change does to the book: words, notes, works, new links, files."""
    install(session, "check")
    session.run("speechbook", "changes", *session.posargs)


@nox.session
def preview(session: nox.Session) -> None:
    """Publish the site that a pull request made (for the workflow Preview)."""
    install(session, "check")
    session.run("speechbook", "preview", *session.posargs)


@nox.session
def release(session: nox.Session) -> None:
    """Check that a tag, the version and the changelog agree; lay out build/release/."""
    install(session, "check")
    session.run("speechbook", "release", *session.posargs)


@nox.session(venv_backend="none")
def publish(session: nox.Session) -> None:
    """Make the release of a tag on GitHub from build/release/ (for the workflow Release)."""
    tag = os.environ["GITHUB_REF_NAME"]
    files = [str(path) for path in sorted(Path("build/release/files").iterdir())]
    options = ["--verify-tag", "--title", tag, "--notes-file", "build/release/notes.md"]
    session.run("gh", "release", "create", tag, *files, *options, external=True)


@nox.session
def style(session: nox.Session) -> None:
    """Check the code: ruff, ruff's format and mypy at its strictest."""
    install(session, "tests")
    session.run("ruff", "check", *CODE)
    session.run("ruff", "format", "--check", *CODE)
    session.run("mypy")


@nox.session
def tests(session: nox.Session) -> None:
    """Build the real book, check what came out, and run every other test."""
    install(session, "tests")
    session.run("python", "-m", "speechbook.audit.browser")
    session.run("python", "-m", "speechbook.audit.npm")
    session.run("pytest", *session.posargs)


@nox.session
def audit(session: nox.Session) -> None:
    """Audit the book in dist/: validators, structure, links, and the formats compared.

    `-- --format json` or `github` for machines; build/reports/audit.json is always left.
    """
    install(session, "tests")
    if not Path("dist").exists():
        session.run("speechbook", "build")
    session.run("python", "-m", "speechbook.audit", *session.posargs)


@nox.session
def campaign(session: nox.Session) -> None:
    """Run the campaigns of tests/campaign in full, as before a release; prints their counts."""
    install(session, "tests")
    files = sorted(str(path) for path in Path("tests/campaign").glob("*_*.py"))
    session.run("pytest", "-rA", *(session.posargs or files))


@nox.session
def bench(session: nox.Session) -> None:
    """Measure the linter and the book's build against others' tools; prints ratios.

    `nox -s bench -- linting` measures the linter alone, `-- book` the build alone, and
    `-- lighthouse` the site in dist/ as a cheap phone sees it (about 15 minutes);
    `-- search` asks its search, Sphinx's own and Pagefind what readers look for.  `-- growth`
    measures how the time of every reader of contributed texts grows with their size.
    """
    install(session, "tests")
    if session.posargs == ["growth"]:
        session.run("python", "-m", "tests.campaign.growth")
        return
    session.run("python", "-m", "speechbook.audit.npm")
    session.run("python", "-m", "speechbook.bench", *session.posargs)


@nox.session
def maps(session: nox.Session) -> None:
    """Make the ground of the maps anew from two archives of npm (see figures/survey.py)."""
    install(session, "maps")
    session.run("python", "-m", "speechbook.figures.survey", *session.posargs)


@nox.session
def lock(session: nox.Session) -> None:
    """Resolve the dependencies anew and write the lock files (needs the network)."""
    session.install("uv")
    common = ["--universal", "--generate-hashes", "--no-header", "--no-annotate", "--quiet"]
    for name in LOCKS:
        extra = [] if name == "nox" else ["pyproject.toml", "--group", "build"]
        command = ["uv", "pip", "compile", *common, *extra, "--group", name]
        session.run(*command, "--python-version", "3.11", "--output-file", f".lock/{name}.txt")
