"""Files that a desk really issued, for tests that look at them as a stranger would.

An article is issued once a process; every test takes a copy of what it needs.
"""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from app.appendix_issue import files, issues
from app.appendix_issue.issuing import issue
from app.appendix_issue.wish import Wish
from app.config import Settings
from app.db import Database
from app.exports import Format
from app.exports.verifier.findings import Report
from app.exports.verifier.program import examine
from claims.vocabulary import Profile
from claims.workflow import submit
from sources.store import Store
from tests.claims import newsroom
from tests.engines import Templates

BY = "editor:li.wei"
FORMS = {
    "html": Format("html", "html", "text/html", "app.exports.html:render"),
    "json": Format("json", "json", "application/json", "app.exports.record:render"),
}
Document = dict[str, Any]


@dataclass(frozen=True)
class Issued:
    """The desk that issued, and the folder of its files, ``PROFILE.ending``."""

    database: Database
    folder: Path
    article: str

    @cached_property
    def store(self) -> Store:
        """Where the desk keeps its files."""
        return Store(self.database.settings.store)

    @property
    def keys(self) -> list[str]:
        """The desk's public keys."""
        return [str(key) for key in self.database.signer.verifiers()]

    def make(self, profile: Profile, *forms: Format) -> None:
        """Issue the article for a profile, and write its files."""
        found = issue(self.database, self.store, Wish(self.article, profile, "both"), by=BY)
        with self.database.reading() as session:
            row = issues.issued(session, self.article, found.number)
            session.expunge_all()
        for form in forms:
            made = files.make(
                self.database, self.store, row, form, by=BY, progress=lambda _done, _all: None
            )
            with self.database.writing(BY) as session:
                files.enter(session, made, by=BY)
            path = self.folder / f"{profile.value}.{form.ending}"
            path.write_bytes(self.store.read(made.file.sha256))
            if made.proof is not None:
                beside = path.with_name(path.name + ".proof.json")
                beside.write_bytes(self.store.read(made.proof.sha256))

    def document(self, profile: str = "legal") -> Document:
        """A copy of an issued document."""
        found: Document = json.loads(self.path(profile, "json").read_bytes())
        return found

    def path(self, profile: str, ending: str) -> Path:
        """Where an issued file lies."""
        return self.folder / f"{profile}.{ending}"


@pytest.fixture(scope="session")
def issued(templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Issued]:
    """A desk that has issued an article."""
    found = open_desk(templates.sqlite("schema"), tmp_path_factory.mktemp("issued") / "desk")
    yield found
    found.database.close()


def open_desk(template: Path, home: Path) -> Issued:
    """Issue an article for the lawyer and for the public."""
    shutil.copytree(template, home)
    database = Database(Settings.load({"DESK_HOME": str(home)}))
    found = Issued(database, home / "handed out", an_article(database))
    found.folder.mkdir()
    found.make(Profile.LEGAL, *FORMS.values())
    found.make(Profile.PUBLIC, *FORMS.values())
    return found


def an_article(database: Database) -> str:
    """Enter an article with three claims, each with two items of evidence; return its key."""
    with database.writing(BY) as session:
        article = newsroom.an_article(session)
        session.add(newsroom.a_version(article, 1, "2024 年的份额为 5%。"))
        for share in (4, 5, 6):
            claim = newsroom.a_claim(session, article=article)
            claim.statement = {"zh": f"2024 年的份额为 {share}%。", "en": f"It was {share} %."}
            for quote in ("The share was 4.6 % by revenue.", "份额为 5%，见 <表> & 注。"):
                newsroom.attached(session, claim, quote=quote, note={"en": "For the desk."})
            newsroom.assessed(session, claim)
            submit(session, claim, by=BY)
        return article.key


def told(path: Path, keys: list[str] | None = None) -> Report:
    """What the program says of a file."""
    return examine(path, keys)[0]
