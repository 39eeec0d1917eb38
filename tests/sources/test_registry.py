"""A source is put on the register once, found again by its address, and corrected with care."""

import pytest
from sqlalchemy.orm import Session

from sources.errors import Conflict, DeskError, Missing, Refused
from sources.models import Source
from sources.registry import Facts, add_source, edit_source, find, with_address
from sources.vocabulary import Lineage, SourceKind, Tier

WHO = "editor:li.wei"


def added(session: Session, **facts: object) -> Source:
    return add_source(session, by=WHO, **Facts(**{"title": "一篇报道", **facts}))  # type: ignore[typeddict-item]


def test_a_source_gets_a_readable_key_and_its_address_in_one_spelling(session: Session) -> None:
    source = added(
        session, url="HTTPS://www.Example.com/News?utm_source=x", kind=SourceKind.REGULATOR
    )
    assert source.url == "https://www.example.com/News"
    assert source.key.startswith("example-com-")
    assert find(session, source.key) is source


def test_a_second_source_at_the_same_address_is_refused_naming_the_first(session: Session) -> None:
    first = added(session, url="https://example.com/a")
    with pytest.raises(Conflict) as problem:
        added(session, url="http://www.example.com/a/")
    assert problem.value.field == "url"
    assert first.key in problem.value.message["zh"]


def test_another_document_at_one_address_is_taken_when_that_is_meant(session: Session) -> None:
    first = added(session, url="https://example.com/a")
    second = add_source(session, by=WHO, repeat=True, url="https://example.com/a")
    assert with_address(session, "https://EXAMPLE.com/a") == [first, second]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"title": " "}, "title"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"issued": "last year"}, "issued"),
        ({"issued": "2024-13"}, "issued"),
        ({"language": "Chinese!"}, "language"),
        ({"title": "x" * 501}, "title"),
        ({"credibility": 7}, "credibility"),
    ],
)
def test_what_cannot_be_taken_is_refused_at_its_field(
    session: Session, facts: dict[str, object], field: str
) -> None:
    with pytest.raises(Refused) as problem:
        added(session, **facts)
    assert problem.value.field == field


def test_a_stale_correction_is_refused_and_changes_nothing(session: Session) -> None:
    source = added(session)
    seen = source.version
    edit_source(session, source, seen=seen, publisher="第一人")
    with pytest.raises(Conflict) as problem:
        edit_source(session, source, seen=seen, publisher="第二人")
    assert problem.value.code == "stale"
    assert source.publisher == "第一人"


def test_a_correction_leaves_what_is_not_named_alone(session: Session) -> None:
    source = added(session, publisher="出版者", tier=Tier.PRIMARY)
    edit_source(session, source, seen=source.version, title="新标题")
    assert (source.title, source.publisher, source.tier) == ("新标题", "出版者", Tier.PRIMARY)


def test_a_source_that_repeats_another_becomes_a_reprint(session: Session) -> None:
    origin = added(session)
    reprint = added(session, derived_from=origin, derived_basis="文中注明")
    assert reprint.lineage is Lineage.REPRINT
    assert reprint.derived_from is origin


def test_origins_never_run_in_a_circle(session: Session) -> None:
    origin = added(session)
    middle = added(session, derived_from=origin)
    last = added(session, derived_from=middle)
    for target in (last, origin):
        with pytest.raises(Refused) as problem:
            edit_source(session, origin, seen=origin.version, derived_from=target)
        assert problem.value.field == "derived_from"


def test_taking_over_an_address_that_is_on_record_is_refused(session: Session) -> None:
    added(session, url="https://example.com/a")
    other = added(session, url="https://example.com/b")
    with pytest.raises(DeskError) as problem:
        edit_source(session, other, seen=other.version, url="https://example.com/a")
    assert problem.value.field == "url"
    edit_source(session, other, seen=other.version, url="https://example.com/b#part")


def test_an_unknown_key_is_missing(session: Session) -> None:
    with pytest.raises(Missing):
        find(session, "nobody")
