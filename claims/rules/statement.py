"""What a statement leaves out or claims too much of: period, unit, attribution, superlatives."""

from collections.abc import Iterator

from claims.figures import Role
from claims.models import Claim, Figure
from claims.rules.hit import Hit
from claims.rules.place import language, quote_of
from claims.rules.words import first
from claims.vocabulary import Severity
from sources.columns import Words


def statement(claim: Claim) -> Iterator[Hit]:
    """Yield what a reader of the sentence would miss, or could not rely on."""
    for figure in claim.figures:
        if figure.material:
            yield from _missing(figure)
    yield from _wording(claim)


def _missing(figure: Figure) -> Iterator[Hit]:
    """Period and unit of one figure; a rank, a ratio and a date need no unit."""
    if not figure.period:
        yield _about(
            figure,
            "missing_period",
            {
                "zh": f"数据“{figure.stated_text}”没有写明时段。",
                "en": f"The figure “{figure.stated_text}” does not say for which period.",
            },
        )
    numbered = figure.low is not None or figure.high is not None
    if numbered and not figure.unit and figure.role not in {Role.RANK, Role.RATIO}:
        yield _about(
            figure,
            "missing_unit",
            {
                "zh": f"数据“{figure.stated_text}”没有单位。",
                "en": f"The figure “{figure.stated_text}” has no unit.",
            },
        )


def _about(figure: Figure, code: str, message: Words) -> Hit:
    return Hit(code, Severity.WARNING, message, figure.number)


def _wording(claim: Claim) -> Iterator[Hit]:
    said, spoken = quote_of(claim), language(claim)
    if not any(row.source_id or row.attribution for row in claim.citations) and not first(
        "attribution", said, spoken
    ):
        yield Hit(
            "unattributed",
            Severity.WARNING,
            {"zh": "句中没有交代出处。", "en": "The sentence does not say who says so."},
        )
    superlative = first("superlative", said, spoken)
    if superlative is not None:
        yield Hit(
            "superlative",
            Severity.MANDATORY,
            {
                "zh": f"“{superlative}”须排除一切反例，请核对比较的范围。",
                "en": f"“{superlative}” must exclude every counter-example: check the scope.",
            },
        )
    deictic = first("deictic", said, spoken)
    if deictic is not None:
        yield Hit(
            "relative_date",
            Severity.SUGGESTION,
            {
                "zh": f"“{deictic}”离开发表日期就读不懂，建议写明年份。",
                "en": f"“{deictic}” cannot be read without the day of publication: name the year.",
            },
        )
