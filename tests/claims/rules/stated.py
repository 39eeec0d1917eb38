"""Claims for the tests of rules, written as short as an editor would say them."""

import uuid
from typing import Any

from claims.figures import ChangeKind, Role
from claims.models import Article, Claim, ClaimAnchor, Figure, FigureRelation
from claims.typed_figures import read_typed
from claims.vocabulary import RelationKind, Stage


def figure(text: str, number: int, **facts: Any) -> Figure:
    """A figure read from ``text`` as somebody would type it; its period is stated."""
    typed = read_typed(text)
    return Figure(
        id=uuid.uuid4(),
        number=number,
        stated_text=text,
        **{
            "role": Role.VALUE,
            "comparator": typed.comparator,
            "low": typed.low,
            "high": typed.high,
            "low_inclusive": typed.low_inclusive,
            "high_inclusive": typed.high_inclusive,
            "stated_decimals": typed.stated_decimals,
            "unit": typed.unit,
            "multiplier": typed.multiplier,
            "change_kind": typed.change_kind or ChangeKind.LEVEL,
            "period": "2024",
            "material": True,
            **facts,
        },
    )


def claim(*figures: Figure, said: str = "数据", language: str = "zh-Hans", **facts: Any) -> Claim:
    """A claim of these figures that stands on the words ``said``."""
    article = Article(key="a", title={"zh": "题"}, language=language)
    anchor = ClaimAnchor(id=uuid.uuid4(), exact=said, start=0, stop=len(said))
    for item in figures:
        place = said.find(item.stated_text)
        if place >= 0:
            item.start, item.stop = place, place + len(item.stated_text)
    return Claim(
        **{
            "article": article,
            "statement": {"zh": said},
            "stage": Stage.OPEN,
            "figures": list(figures),
            "anchors": [anchor],
            **facts,
        }
    )


def from_to(start: str, end: str, *changes: Figure, said: str = "", **facts: Any) -> Claim:
    """A claim whose figures 1 and 2 are a pair, followed by the changes it states."""
    ends = (
        figure(start, 1, role=Role.FROM, pair="p"),
        figure(end, 2, role=Role.TO, pair="p"),
    )
    return claim(*ends, *changes, said=said or f"从{start}到{end}", **facts)


def change(text: str, kind: ChangeKind) -> Figure:
    """Figure 3: a stated change."""
    return figure(text, 3, role=Role.DIFFERENCE, change_kind=kind)


def related(owner: Claim, kind: RelationKind, dependent: Figure, on: Figure) -> None:
    """Note that one figure of a claim depends on another."""
    owner.relations.append(
        FigureRelation(
            kind=kind,
            from_figure=dependent,
            to_figure=on,
            from_figure_id=dependent.id,
            to_figure_id=on.id,
        )
    )
