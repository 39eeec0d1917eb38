"""Putting an earlier value back: a new change forward, under the same rules as any other."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from claims.authorship import became_author
from claims.errors import Conflict, Refused
from claims.evidence_places import keep_true
from claims.material import FIGURE_FIELDS, SAID
from claims.models import Citation, Claim, Comment, Evidence, Figure
from claims.versions import expect_version
from claims.workflow import material_edit, needed_reason
from sources.columns import Words, plain

Restored = Claim | Figure | Evidence | Citation

RESTORABLE: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "claim": frozenset({"statement", "kind", "checkability", "where_to_check", "due_at"}),
        "figure": frozenset({*FIGURE_FIELDS, "period_note", "material"}),
        "evidence": frozenset(
            {
                "stance",
                "locator_kind",
                "locator",
                "quote",
                "says",
                "note",
                "quote_start",
                "quote_stop",
                "figure_start",
                "figure_stop",
                *SAID,
                "withdrawn_by",
                "withdrawal_reason",
            }
        ),
        "citation": frozenset({"attribution", "locator"}),
    }
)
"""The fields that may be put back, by table."""

DECIDED: Words = {
    "zh": "评定、签发和争议是当时作出的决定，不能退回；请重新作出。",
    "en": "Assessments, sign-offs and contests are decisions of their moment; make a new one.",
}
WORKED: Words = {
    "zh": "进度、评定和处置由核查的步骤决定，不能单独退回；请提交、退回或重新评定。",
    "en": "Stage, status and disposition follow from the steps of the work and are not put back "
    "by themselves: submit, return or assess again.",
}
FIXED: Words = {
    "zh": "这里的内容从不改动，没有旧值可退回。",
    "en": "What stands here never changes, so there is nothing to put back.",
}
OTHER: Words = {
    "zh": "这类记录不能退回旧值；请用它自己的页面更改。",
    "en": "Values of this kind are not put back; change them on their own page.",
}
WHY_NOT: Mapping[str, Words] = MappingProxyType(
    {
        "assessment": DECIDED,
        "sign_off": DECIDED,
        "contest": DECIDED,
        "contest_evidence": DECIDED,
        "article_version": FIXED,
        "snapshot": FIXED,
        "appendix": FIXED,
        "appendix_file": FIXED,
    }
)
"""Why a table's values are not put back; any other table has :data:`OTHER`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What an entry of the history says: the values before it, and those it put in their place."""

    entry: int
    before: Mapping[str, Any]
    after: Mapping[str, Any]


def why_not(table: str, fields: set[str]) -> Words | None:
    """Why these fields of a table cannot be put back; None where they can."""
    if table not in RESTORABLE:
        return WHY_NOT.get(table, OTHER)
    return None if fields & RESTORABLE[table] else WORKED


def restore(
    session: Session,
    claim: Claim,
    row: Restored,
    earlier: Earlier,
    *,
    by: str,
    reason: str,
    seen_version: int | None = None,
) -> frozenset[str]:
    """Give a row the values it had before an entry; return the fields that changed.

    ``claim`` is the one the row belongs to: a change of its material content takes it back to
    checking, as any edit does. Raises Conflict when the row was changed since the entry or since
    the form was opened, Refused for values that cannot stand beside those of today.
    """
    expect_version(row, seen_version)
    text = needed_reason(reason)
    fields = frozenset(earlier.before) & RESTORABLE[row.__tablename__]
    _refuse_overtaken(row, earlier, fields)
    with material_edit(session, claim):
        if isinstance(row, Claim | Figure):
            became_author(session, claim, by)
        try:
            with session.begin_nested():
                for name in sorted(fields):
                    setattr(row, name, earlier.before[name])
                _keep_marks(row)
                session.flush()
        except IntegrityError as problem:
            raise Refused(
                "does_not_fit",
                {
                    "zh": "旧值与现在的其他值不能并存，没有退回。",
                    "en": "The earlier value cannot stand beside the other values of today.",
                },
            ) from problem
        body = f"[退回旧值 Put back] #{earlier.entry}: {text}"
        session.add(Comment(claim=claim, body=body, created_by=by))
    return fields


def _keep_marks(row: Restored) -> None:
    """Where a passage stands in its copy is said only as long as it is true."""
    item = row.evidence if isinstance(row, Figure) else row
    if isinstance(item, Evidence):
        keep_true(item)


def overtaken(row: Restored, earlier: Earlier, fields: frozenset[str]) -> list[str]:
    """The fields that are no longer what the entry made of them."""
    return sorted(
        name for name in fields if _comparable(getattr(row, name)) != _after(earlier, name)
    )


def _refuse_overtaken(row: Restored, earlier: Earlier, fields: frozenset[str]) -> None:
    changed = overtaken(row, earlier, fields)
    if changed:
        names = ", ".join(changed)
        raise Conflict(
            "overtaken",
            {
                "zh": f"此后又有人改过（{names}），不能直接退回；请在现在的页面上更改。",
                "en": f"Changed again since ({names}), so it cannot simply be put back; "
                "edit the page of today.",
            },
        )


def _after(earlier: Earlier, name: str) -> Any:
    return _comparable(earlier.after.get(name))


def _comparable(value: Any) -> Any:
    """A value so that 1.10 is not 1.1."""
    return plain(value) if isinstance(value, Decimal) else value
