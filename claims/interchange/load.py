"""Reading an article's files in: every digest and offset is verified before a row is made."""

import datetime as dt
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.interchange.claim_rows import ClaimReader
from claims.mentions import Found, find, mention
from claims.models import Article, ArticleVersion, QuantityMention
from claims.text import read_bytes
from claims.vocabulary import DismissalReason
from sources.identifiers import uuid7
from sources.interchange import Broken, read_document
from sources.models import Source

ARTICLE = "claim-desk/article/1"
CLAIMS = "claim-desk/claims/1"
SEED = Path(__file__).parent.parent / "seed"


def load_article(session: Session, folder: Path, by: str) -> Article | None:
    """Add the article of a folder with its claims; return None when it is already there.

    Raises Broken naming file, claim and span when an offset, a digest, a reference or a word of
    the vocabulary is wrong. Nothing is kept then: the caller's transaction rolls back.
    """
    head = read_document(folder / "article.json", ARTICLE)
    if session.scalar(select(Article.id).where(Article.key == head["key"])) is not None:
        return None
    body = read_document(folder / "claims.json", CLAIMS)
    article = Article(
        key=head["key"],
        title=head["title"],
        language=head["language"],
        published=head.get("published"),
        byline=head.get("byline"),
        deadline=_moment(head.get("deadline")),
        sample=head.get("sample", False),
        notice=head.get("notice"),
        created_by=by,
    )
    session.add(article)
    session.flush()
    versions = {
        entry["number"]: _version(session, article, folder, entry, by) for entry in head["versions"]
    }
    latest = versions[max(versions)]
    spans = Spans(session, latest, find(latest, article.language, article.published), by)
    for entry in head.get("dismissed", ()):
        spans.dismiss(entry)
    known = {row.key: row.id for row in session.execute(select(Source.key, Source.id))}
    reader = ClaimReader(session, article, latest, spans.span, known, by)
    for entry in body["claims"]:
        reader.add(entry)
    spans.add_the_rest()
    session.flush()
    return article


def _moment(text: str | None) -> dt.datetime | None:
    return None if text is None else dt.datetime.fromisoformat(text)


def _version(
    session: Session, article: Article, folder: Path, entry: Mapping[str, Any], by: str
) -> ArticleVersion:
    data = (folder / entry["file"]).read_bytes()
    text = read_bytes(data)
    if text.received_sha256 != entry["sha256"] or len(text.content) != entry["characters"]:
        raise Broken(f"{entry['file']}: the text is not the one that article.json describes")
    version = ArticleVersion(
        article_id=article.id,
        number=entry["number"],
        text=text.content,
        sha256=text.sha256,
        characters=len(text.content),
        file_name=entry["file"],
        media_type=entry["media_type"],
        charset=text.charset,
        received_sha256=text.received_sha256,
        created_by=by,
    )
    session.add(version)
    session.flush()
    return version


class Spans:
    """The numbers of a version: the spans the files name, and what the reader finds besides."""

    def __init__(
        self, session: Session, version: ArticleVersion, found: list[Found], by: str
    ) -> None:
        """Start with nothing taken."""
        self.session, self.version, self.found, self.by = session, version, found, by
        self.rows: dict[tuple[int, int], QuantityMention] = {}

    def _overlapping(self, start: int, stop: int) -> Found | None:
        inside = [item for item in self.found if item.start < stop and start < item.end]
        return max(
            inside, key=lambda item: min(item.end, stop) - max(item.start, start), default=None
        )

    def check(self, start: int, stop: int, text: str, where: str) -> None:
        """Raise Broken unless the version says exactly this there."""
        said = self.version.text[start:stop]
        if said != text:
            raise Broken(f"{where}: the span {start} to {stop} says {said!r}, not {text!r}")

    def span(
        self, start: int, stop: int, text: str, where: str, *, number: bool
    ) -> uuid.UUID | None:
        """Return the mention of a span; None where the words there hold no number."""
        self.check(start, stop, text, where)
        if (start, stop) in self.rows:
            return self.rows[start, stop].id
        item = self._overlapping(start, stop)
        if item is None and not number:
            return None
        return self._take(start, stop, text, item).id

    def _take(self, start: int, stop: int, text: str, item: Found | None) -> QuantityMention:
        if item is not None:
            row = mention(self.version, item, self.by)
        else:
            row = QuantityMention(
                version_id=self.version.id,
                kind="number",
                rule="by hand",
                reason="marked by hand",
                reader_version="by hand",
                created_by=self.by,
            )
        row.id = uuid7()
        row.start, row.stop, row.text = start, stop, text
        self.rows[start, stop] = row
        self.session.add(row)
        return row

    def dismiss(self, entry: Mapping[str, Any]) -> None:
        """Take a number that is no claim, with its reason."""
        start, stop, text = entry["start"], entry["end"], entry["text"]
        self.check(start, stop, text, f"article.json, dismissed {text}")
        row = self._take(start, stop, text, self._overlapping(start, stop))
        row.dismissed_as = DismissalReason(entry["reason"])
        row.dismissed_by = self.by
        row.dismissal_note = entry.get("note")

    def add_the_rest(self) -> None:
        """Take every number found that no file spoke of: it is still to be accounted for."""
        taken = sorted(self.rows)
        for item in self.found:
            if not any(start < item.end and item.start < stop for start, stop in taken):
                self._take(item.start, item.end, item.text, item)
