"""Figures are added, put right and removed, and nothing concluded before outlives that quietly."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

from claims.appendix.evidence_part import comparison_words
from claims.errors import Conflict, DeskError, Forbidden, Refused
from claims.evidence import edit_evidence
from claims.figure_edits import FigureFacts, add_figure, edit_figure, remove_figure
from claims.figures import ChangeKind, Role
from claims.material import material_sha256
from claims.models import Claim, ClaimAnchor, Figure, FigureRelation, QuantityMention
from claims.sign_offs import bar, sign
from claims.signatures import valid_signatures
from claims.status import VerificationStatus
from claims.typed_figures import read_typed
from claims.vocabulary import RelationKind, Stage
from claims.workflow import submit
from tests.claims.newsroom import (
    CHECKER,
    LEAD,
    REVIEWER,
    a_claim,
    a_passage,
    a_submitted_claim,
    a_version,
    assessed,
    attached,
    four_point_six,
)


def facts(typed: str, **given: Any) -> FigureFacts:
    read = read_typed(typed)
    values = {name: getattr(read, name) for name in read.__dataclass_fields__}
    return FigureFacts(**{**values, "period": "2024", **given})


def a_signed_claim(session: Session, **given: Any) -> Claim:
    claim = a_submitted_claim(session, **given)
    sign(session, claim, by=REVIEWER, seen_sha256=material_sha256(claim))
    assert claim.stage is Stage.SIGNED_OFF
    return claim


def test_another_number_voids_the_signature_and_what_was_concluded(session: Session) -> None:
    claim = a_signed_claim(session)
    figure = claim.figures[0]
    edit_figure(session, figure, facts("6%"), by=LEAD, seen_version=figure.version)
    assert (figure.low, figure.stated_text) == (Decimal(6), "6%")
    assert claim.stage is Stage.CHECKING
    assert valid_signatures(claim) == []
    assert figure.verification_status is VerificationStatus.UNCHECKED
    assert claim.verification_status is VerificationStatus.UNCHECKED


def test_who_edits_a_figure_is_an_author_and_does_not_sign(session: Session) -> None:
    claim = a_claim(session)
    edit_figure(session, claim.figures[0], facts("6%"), by=REVIEWER)
    attached(session, claim)
    assessed(session, claim)
    submit(session, claim, by=CHECKER)
    assert bar(claim, REVIEWER) is not None
    with pytest.raises(Forbidden):
        sign(session, claim, by=REVIEWER, seen_sha256=material_sha256(claim))


def test_a_signature_falls_when_its_holder_edits_afterwards(session: Session) -> None:
    claim = a_signed_claim(session)
    figure = claim.figures[0]
    again = facts("5%", change_kind=ChangeKind.LEVEL)
    edit_figure(session, figure, again, by=REVIEWER)
    assert claim.stage is Stage.CHECKING


def test_saving_what_stands_changes_nothing(session: Session) -> None:
    claim = a_signed_claim(session)
    figure, before = claim.figures[0], material_sha256(claim)
    same = {name: getattr(figure, name) for name in ("low_inclusive", "high_inclusive")}
    edit_figure(session, figure, facts("5%", change_kind=ChangeKind.LEVEL, **same), by=LEAD)
    assert bar(claim, LEAD) is None
    assert material_sha256(claim) == before
    assert claim.stage is Stage.SIGNED_OFF
    assert figure.verification_status is VerificationStatus.SUPPORTED


def test_a_new_figure_waits_to_be_judged_before_submission(session: Session) -> None:
    claim = a_claim(session)
    attached(session, claim)
    assessed(session, claim)
    added = add_figure(session, claim, facts("7%"), by=CHECKER)
    assert (added.number, len(claim.figures)) == (2, 2)
    assert claim.verification_status is VerificationStatus.PARTLY_SUPPORTED
    with pytest.raises(Refused, match="7%"):
        submit(session, claim, by=CHECKER)


def test_a_removed_figure_stays_in_the_record_and_its_number_is_not_given_again(
    session: Session,
) -> None:
    claim = a_claim(session, figures=2)
    gone = claim.figures[1]
    kind, ends = RelationKind.PART_OF, {"from_figure": gone, "to_figure": claim.figures[0]}
    session.add(FigureRelation(claim=claim, kind=kind, created_by=CHECKER, **ends))
    session.flush()
    remove_figure(session, gone, by=CHECKER, reason="not stated")
    assert [row.number for row in claim.figures] == [1]
    assert claim.relations == []
    assert session.get_one(Figure, gone.id).removal_reason == "not stated"
    assert add_figure(session, claim, facts("8%"), by=CHECKER).number == 3
    with pytest.raises(Conflict):
        edit_figure(session, gone, facts("9%"), by=CHECKER)


def test_removing_a_figure_folds_the_status_anew(session: Session) -> None:
    claim = a_claim(session, figures=2)
    attached(session, claim)
    first, second = claim.figures
    statuses = {first.id: VerificationStatus.SUPPORTED, second.id: VerificationStatus.REFUTED}
    assessed(session, claim, figures=statuses)
    seen = [claim.verification_status]
    remove_figure(session, second, by=CHECKER, reason="not stated")
    seen.append(claim.verification_status)
    assert seen == [VerificationStatus.REFUTED, VerificationStatus.SUPPORTED]


def test_folding_anew_never_raises_what_a_reviewer_lowered(session: Session) -> None:
    claim = a_claim(session, figures=2)
    attached(session, claim)
    assessed(session, claim, lowered_to=VerificationStatus.MISLEADING)
    remove_figure(session, claim.figures[1], by=CHECKER, reason="not stated")
    assert claim.verification_status is VerificationStatus.MISLEADING


def test_from_and_to_are_joined_and_parted_together(session: Session) -> None:
    claim = a_claim(session, figures=2)
    first, second = claim.figures
    edit_figure(session, first, facts("5%", role=Role.FROM, partner=second.id), by=CHECKER)
    assert (first.role, second.role) == (Role.FROM, Role.TO)
    assert first.pair == second.pair is not None
    edit_figure(session, first, facts("5%", role=Role.TO, partner=second.id), by=CHECKER)
    assert (first.role, second.role) == (Role.TO, Role.FROM)
    remove_figure(session, first, by=CHECKER, reason="not stated")
    left: tuple[Role, str | None] = second.role, second.pair
    assert left == (Role.VALUE, None)


def test_a_typed_figure_accounts_for_its_number_in_the_text(session: Session) -> None:
    claim = a_claim(session, figures=0)
    version = a_version(claim.article, 1, "份额为 41.5%，销量为 3 万台")
    session.add(version)
    session.flush()
    mention = QuantityMention(
        version_id=version.id,
        start=4,
        stop=9,
        text="41.5%",
        kind="percentage",
        low=Decimal("41.5"),
        high=Decimal("41.5"),
        rule="percent",
        reader_version="1",
        created_by=CHECKER,
    )
    session.add_all(
        [
            mention,
            ClaimAnchor(
                claim=claim,
                version_id=version.id,
                exact="份额为 41.5%",
                prefix="",
                suffix="",
                start=0,
                stop=9,
                created_by=CHECKER,
            ),
        ]
    )
    session.flush()
    figure = add_figure(session, claim, facts("41.5%"), by=CHECKER)
    assert (figure.start, figure.stop, figure.mention_id) == (4, 9, mention.id)
    edit_figure(session, figure, facts("42%"), by=CHECKER)
    assert (figure.start, figure.mention_id) == (None, None)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": " "}, "stated_text"),
        ({"text": "5" * 501}, "stated_text"),
        ({"role": Role.RANK, "low": Decimal("1.5"), "high": Decimal("1.5")}, "role"),
        ({"role": Role.RANK, "low": Decimal(10**15), "high": Decimal(10**15)}, "role"),
        ({"unit": "pp"}, "change_kind"),
        ({"role": Role.FROM}, "partner"),
    ],
)
def test_what_cannot_be_stored_is_refused_at_its_field(
    session: Session, change: dict[str, Any], field: str
) -> None:
    claim = a_claim(session)
    wrong = replace(facts("5%"), **change)
    for act in (
        lambda: add_figure(session, claim, wrong, by=CHECKER),
        lambda: edit_figure(session, claim.figures[0], wrong, by=CHECKER),
    ):
        with pytest.raises(DeskError) as refusal:
            act()
        assert refusal.value.field == field
    assert len(claim.figures) == 1


def test_a_removed_figure_is_held_against_no_source_any_more(session: Session) -> None:
    claim = a_claim(session, figures=2)
    second = claim.figures[1]
    nine = replace(four_point_six(), text="9%", low=Decimal(9), high=Decimal(9))
    item = attached(session, claim, addresses=(second.id,), figure=nine)
    assert [row.figure for row in claim.findings if row.code == "evidence_outside"] == [second]
    remove_figure(session, second, by=CHECKER, reason="not stated")
    assert [row for row in claim.findings if row.code == "evidence_outside"] == []
    assert comparison_words(item, claim) is None
    passage = a_passage(session, source=item.source, figure=replace(nine, high=Decimal(10)))
    edit_evidence(session, item, passage, by=CHECKER)


def test_a_figure_with_new_words_becomes_an_end_at_its_place_in_the_text(
    session: Session,
) -> None:
    claim = a_claim(session, figures=2)
    version = a_version(claim.article, 1, "份额从 7% 升到 5%")
    session.add(version)
    session.flush()
    anchor = ClaimAnchor(
        claim=claim,
        version_id=version.id,
        exact=version.text,
        prefix="",
        suffix="",
        start=0,
        stop=len(version.text),
        created_by=CHECKER,
    )
    session.add(anchor)
    session.flush()
    first, second = claim.figures
    edit_figure(session, first, facts("7%", role=Role.FROM, partner=second.id), by=CHECKER)
    assert (first.role, second.role, first.start) == (Role.FROM, Role.TO, 4)
    edit_figure(session, second, facts("5%", role=Role.FROM, partner=first.id), by=CHECKER)
    assert (first.role, second.role) == (Role.TO, Role.FROM)
