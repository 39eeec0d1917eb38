"""The source an item of evidence is to rest on: one of the register, or one put there for it."""

from app.accounts.current import actor
from app.forms.evidence import EvidenceForm, From
from app.forms.source_choices import origin_typed
from app.unit_of_work import session
from claims.errors import Missing, Refused
from sources import registry
from sources.models import Source


def known(key: str | None) -> Source | None:
    """Return the chosen source, or what it was merged into since; raise Refused for none."""
    try:
        return registry.find(session(), key) if key else None
    except Missing as problem:
        raise Refused(
            "source_unknown",
            {"zh": "没有登记过这个来源。", "en": "There is no such source on the register."},
            "source",
        ) from problem


def source_of(form: EvidenceForm) -> Source | None:
    """Return the source of a new item, put on the register if it is new itself."""
    if form.origin.data is From.PERSON:
        return None
    if form.origin.data is From.KNOWN:
        found = known(form.source.data)
        if found is None:
            raise Refused(
                "source_missing",
                {
                    "zh": "请选择来源，或填写新来源。",
                    "en": "Choose a source or describe a new one.",
                },
                "source",
            )
        return found
    return registry.add_source(
        session(),
        by=actor(),
        url=form.url.data,
        title=form.title.data,
        publisher=form.publisher.data,
        kind=form.kind.data,
        tier=form.tier.data,
        issued=form.issued.data,
        language=form.language.data,
        derived_from=origin_typed(session(), form.derived_from.data),
    )
