"""Carrying claims, figures and dismissals from one version of an article to the next."""

import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session, selectinload

from claims.anchors import quote, sentence
from claims.mentions import find, mention_values
from claims.models import ArticleVersion, Claim, ClaimAnchor, Figure, QuantityMention
from claims.readings import Known
from claims.reanchoring import Found, Passage, Reanchoring
from claims.vocabulary import AnchorState, Stage
from claims.workflow import touch
from sources.identifiers import uuid7

Span = tuple[int, int]


def passage_of(claim: Claim, anchor: ClaimAnchor, periods: dict[uuid.UUID, Span]) -> Passage | None:
    """Return what a claim stands on in a version; None where it stands nowhere."""
    if anchor.start is None or anchor.stop is None:
        return None
    outside = (
        periods[figure.period_mention_id]
        for figure in claim.figures
        if figure.period_mention_id in periods
    )
    also = {span for span in outside if span[0] < anchor.start or span[1] > anchor.stop}
    return Passage(anchor.start, anchor.stop, tuple(sorted(also)))


class Carrying:
    """Carries the claims and dismissals of one version to the next."""

    def __init__(self, session: Session, old: ArticleVersion, new: ArticleVersion, by: str) -> None:
        self.session, self.old, self.new, self.by = session, old, new, by
        self.carried = Reanchoring(old.text, new.text, old.article.language)

    def run(self) -> None:
        """List the new text's numbers, then carry over what was known of the old one's."""
        before = self._mentions(self.old)
        places = {row.id: (row.start, row.stop) for row in before}
        self._list_numbers()
        after = self._mentions(self.new)
        self.known = Known((row.id, row.start, row.stop) for row in after)
        self._dismissals(before, {(row.start, row.stop): row for row in after})
        for claim in self._claims():
            anchor = next((row for row in claim.anchors if row.version_id == self.old.id), None)
            if anchor is not None:
                self._claim(claim, anchor, places)
        self.session.flush()

    def _mentions(self, version: ArticleVersion) -> list[QuantityMention]:
        query = select(QuantityMention).where(QuantityMention.version_id == version.id)
        return list(self.session.scalars(query))

    def _list_numbers(self) -> None:
        article = self.new.article
        rows: dict[Span, dict[str, object]] = {}
        for found in find(self.new, article.language, article.published):
            values = {"id": uuid7(), **mention_values(self.new.id, found, self.by)}
            rows.setdefault((found.start, found.end), values)
        if rows:
            table: Any = QuantityMention.__table__
            self.session.execute(insert(table), list(rows.values()))

    def _dismissals(
        self, before: Iterable[QuantityMention], after: dict[Span, QuantityMention]
    ) -> None:
        """A number that stands where it stood, in the same words, stays dismissed."""
        for row in before:
            place = self.carried.changes.kept(row.start, row.stop)
            if row.dismissed_as is None or place is None:
                continue
            same = after.get((place, place + row.stop - row.start))
            if same is not None and same.text == row.text:
                same.dismissed_as, same.dismissed_by = row.dismissed_as, row.dismissed_by
                same.dismissal_note = row.dismissal_note

    def _claims(self) -> list[Claim]:
        return list(
            self.session.scalars(
                select(Claim)
                .where(Claim.article_id == self.old.article_id, Claim.stage != Stage.DROPPED)
                .options(selectinload(Claim.anchors), selectinload(Claim.figures))
                .order_by(Claim.number)
            )
        )

    def _claim(self, claim: Claim, anchor: ClaimAnchor, places: dict[uuid.UUID, Span]) -> None:
        passage = passage_of(claim, anchor, places)
        found = self.carried.find(passage) if passage else Found(AnchorState.ORPHANED, None)
        self.session.add(self._anchor(claim, anchor, found))
        for figure in claim.figures:
            self._figure(figure, found, places)
        self.session.flush()
        self.session.expire(claim, ["anchors"])
        if found.state is AnchorState.FIGURE_CHANGED or found.state is AnchorState.REWORDED:
            touch(self.session, claim)

    def _anchor(self, claim: Claim, anchor: ClaimAnchor, found: Found) -> ClaimAnchor:
        """The claim's place in the new version; an orphan keeps the words it stood on."""
        if found.span is None:
            words = {"exact": anchor.exact, "prefix": anchor.prefix, "suffix": anchor.suffix}
            return self._row(claim, found, **words)
        here = quote(self.new.text, *found.span)
        low, high = sentence(self.new.text, *found.span)
        return self._row(
            claim,
            found,
            exact=here.exact,
            prefix=here.prefix,
            suffix=here.suffix,
            start=here.start,
            stop=here.stop,
            sentence_start=low,
            sentence_stop=high,
        )

    def _row(self, claim: Claim, found: Found, **place: object) -> ClaimAnchor:
        return ClaimAnchor(
            claim_id=claim.id,
            version_id=self.new.id,
            state=found.state,
            created_by=self.by,
            **place,
        )

    def _figure(self, figure: Figure, found: Found, places: dict[uuid.UUID, Span]) -> None:
        """A figure that says the same goes along; one that does not loses its number."""
        was = places.get(figure.mention_id) if figure.mention_id else None
        dated = places.get(figure.period_mention_id) if figure.period_mention_id else None
        figure.mention_id = self._same(was, found)
        figure.period_mention_id = self._same(dated, found)
        figure.start, figure.stop = self._place(figure, found) or (None, None)

    def _place(self, figure: Figure, found: Found) -> Span | None:
        if figure.start is None or figure.stop is None or found.span is None:
            return None
        low, high = self._image(figure.start, figure.stop, found)
        return (low, high) if low < high else None

    def _same(self, was: Span | None, found: Found) -> uuid.UUID | None:
        """The number of the new text that says what a number of the old one said."""
        if was is None or found.span is None:
            return None
        place = self._image(*was, found)
        if self.carried.before.covering(was) != self.carried.after.covering(place):
            return None
        return self.known.overlapping(place)

    def _image(self, start: int, stop: int, found: Found) -> Span:
        """Where a stretch of the old text stands now, also when its claim moved as a whole."""
        kept = self.carried.changes.tight_image(start, stop)
        if found.state is not AnchorState.MOVED or found.span is None:
            return kept
        return next(_occurrences(self.new.text, self.old.text[start:stop], found.span), kept)


def _occurrences(text: str, words: str, span: Span) -> Iterator[Span]:
    """Yield where words stand within a span."""
    at = text.find(words, *span)
    while at >= 0:
        yield at, at + len(words)
        at = text.find(words, at + 1, span[1])
