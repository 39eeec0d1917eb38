"""The reading view: the marked text, the card of one claim with its keypad, and the drawer."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _
from sqlalchemy import select

from app.accounts.current import may
from app.accounts.roles import Permission
from app.attention import asking
from app.evidence_store import store
from app.filters import label, words_text
from app.forms.contests import ContestForm
from app.forms.keypad import KeypadForm, usable
from app.galley import Anchor, Paragraph, Spot, galley
from app.past.reading import past
from app.typed_numbers import whole
from app.unit_of_work import session
from claims.agreement import agreed_reason
from claims.article_sign_offs import signing_to_show
from claims.models import Claim, Evidence
from claims.queries.articles import ArticlePage, MarkedClaim, article_page
from claims.queries.attention import waits
from claims.queries.card import Card, CardItem, claim_card
from claims.queries.reading import (
    WORKED_ON,
    Step,
    beside,
    narrows,
    open_beside,
    place,
    showing,
    steps_of,
)
from claims.status import VerificationStatus
from claims.suggestion import Suggestion, SuggestionRule
from claims.vocabulary import ContestReason, Side
from sources.base import now
from sources.excerpts import Excerpt, around, excerpt
from sources.likenesses import Alike, alike_among
from sources.models import Snapshot
from sources.veil import is_veiled

VARY = {"Vary": "X-Fragment, Cookie, Accept-Language"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawer:
    """The evidence under the text: the item, its passage in its surroundings, and the copy."""

    item: CardItem
    excerpt: Excerpt | None
    snapshot: Any
    """Identifier, digest and moment of the copy, or None."""

    @property
    def parts(self) -> tuple[str, str, str]:
        """The passage, parted at the figure that it gives."""
        figure = self.item.evidence.figure
        passage = self.excerpt.passage if self.excerpt else ""
        return around(passage, figure.stated_text if figure else None)


def reading(key: str, number: int | None) -> str:
    """Return the page with one claim selected, or its card alone where only that is wanted."""
    if request.headers.get("X-Fragment") == "card":
        alone = card_alone(key, number)
        if alone is not None:
            return alone
    found = article_page(session(), key)
    selected = found.at(number)
    numbers = set(showing(steps_of(found), request.args.get("show")))
    shown = [marked for marked in found.claims if marked.number in numbers]
    around = {} if selected is None else _around(selected.claim, steps_of(found))
    return render_template(
        "articles/page.html",
        page=found,
        selected=selected,
        listed=shown,
        has_original=store().keeps(found.version.received_sha256),
        paragraphs=marked_text(found, shown),
        signing=signing_to_show(session(), found.article),
        **{"article": found.article, "card": None, "show": None, **around},
    )


def card_alone(key: str, number: int | None, keypad: KeypadForm | None = None) -> str | None:
    """Return the card of a claim with its drawer; None where the article has no claims.

    ``keypad`` is the form of a verdict that was refused; it is shown again as it was sent.
    """
    found = place(session(), key, number)
    if found.claim is None:
        return None
    around = _around(found.claim, found.steps, keypad)
    return render_template("articles/_fragment.html", article=found.article, **around)


def _around(
    claim: Claim, steps: Sequence[Step], keypad: KeypadForm | None = None
) -> dict[str, Any]:
    """The card, its neighbours, its place, whose turn it is, its drawer and its forms."""
    at, only = claim.number, request.args.get("show")
    numbers = showing(steps, only)
    card = claim_card(session(), claim)
    then = past()
    return {
        "card": card,
        "show": only if narrows(only) else None,
        "neighbours": beside(numbers, at),
        "open_neighbours": open_beside(steps, at),
        "place": numbers.index(at) + 1 if at in numbers else None,
        "shown": len(numbers),
        "turn": waits(session(), asking(), now(), claim.id) if then is None else None,
        "alike": _alike(card),
        "drawer": _drawer(card, request.args.get("evidence", type=whole)),
        **_forms(card, keypad),
    }


def _forms(card: Card, keypad: KeypadForm | None) -> dict[str, Any]:
    """The keypad and the short form of a contest, for whoever may use them on a claim at work."""
    suggestions = [row.suggestion for row in card.figures if row.figure.material]
    forms = keypad_of(card.claim, [item.evidence for item in card.items], suggestions, keypad)
    if past() is None and may(Permission.CONTEST):
        forms["contesting"] = ContestForm(
            formdata=None,
            version=str(card.claim.version),
            reason=_disputed_for(card),
            side=Side.REVIEWER if may(Permission.SIGN_OFF) else Side.CHECKER,
            kept_for=card.claim.id,
        )
    return forms


def keypad_of(
    claim: Claim,
    evidence: Sequence[Evidence],
    suggestions: Sequence[Suggestion | None],
    keypad: KeypadForm | None = None,
) -> dict[str, Any]:
    """Return the keypad with the statuses it offers and the reason it takes where none is given.

    Nobody is offered it who may not assess, nor for a claim that was handed over.
    """
    if past() is not None or not may(Permission.ASSESS) or claim.stage not in WORKED_ON:
        return {}
    return {
        "keypad": keypad or KeypadForm.of(claim),
        "usable": usable(evidence),
        "agreed": agreed_reason(VerificationStatus.SUPPORTED, suggestions),
    }


def _disputed_for(card: Card) -> ContestReason:
    """Offer the reason that the evidence shows; the person changes it where it is another."""
    rules = {row.suggestion.rule for row in card.figures if row.suggestion}
    if SuggestionRule.BOTH_SIDES in rules:
        return ContestReason.SOURCES_DISAGREE
    if SuggestionRule.SUPPORTED_THINLY in rules:
        return ContestReason.SINGLE_ORIGIN
    return ContestReason.OTHER


def _drawer(card: Card, number: int | None) -> Drawer | None:
    """Open the drawer at the item asked for, else at the first that stands."""
    asked = [item for item in card.items if item.evidence.number == number]
    standing = [item for item in card.items if item.evidence.stands]
    item = next(iter(asked or standing or card.items), None)
    if item is None:
        return None
    row = item.evidence
    snapshot = None
    if past() is None and row.snapshot_id is not None and not is_veiled(row):
        columns = (Snapshot.id, Snapshot.sha256, Snapshot.retrieved_at, Snapshot.extracted_text)
        snapshot = session().execute(select(*columns).where(Snapshot.id == row.snapshot_id)).one()
    text = snapshot.extracted_text if snapshot is not None else None
    passage = row.quote or words_text(row.says)
    return Drawer(item=item, excerpt=excerpt(passage, text) if passage else None, snapshot=snapshot)


def _alike(card: Card) -> dict[uuid.UUID, list[Alike]]:
    """What the texts of a card's sources resemble, where nobody has said yet how that is."""
    if past() is not None:
        return {}
    sources = {item.evidence.source_id: item.evidence.source for item in card.items}
    return alike_among(session(), [source for source in sources.values() if source is not None])


def marked_text(found: ArticlePage, shown: list[MarkedClaim]) -> list[Paragraph]:
    """Return the article's text with the claims shown, their figures and other numbers marked."""
    anchors = [
        Anchor(marked.anchor.start, marked.anchor.stop, marked.number, marked.status)
        for marked in shown
        if marked.anchor is not None and marked.anchor.start is not None and marked.anchor.stop
    ]
    return galley(found.version.text, anchors, [*_figures(shown), *_numbers(found)])


def _figures(shown: list[MarkedClaim]) -> list[Spot]:
    return [
        Spot(figure.start, figure.stop, "figure", figure.verification_status)
        for marked in shown
        for figure in marked.claim.figures
        if figure.start is not None and figure.stop is not None
    ]


def _numbers(found: ArticlePage) -> list[Spot]:
    spots = []
    for number in found.numbers:
        row = number.mention
        if row.dismissed_as is not None:
            spots.append(Spot(row.start, row.stop, "dismissed", label(row.dismissed_as)))
        elif not number.claimed:
            spots.append(Spot(row.start, row.stop, "open", _("accounted for by no claim yet")))
    return spots
