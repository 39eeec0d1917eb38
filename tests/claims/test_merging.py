"""Merging: one entry stands for both, what was signed stays signed, and two at once are one."""

import threading
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import Database
from claims.awaited import arrive, await_copy, awaited, take_late
from claims.errors import Conflict, DeskError, Forbidden, Refused
from claims.evidence import edit_evidence
from claims.material import material_sha256
from claims.merging import differing, gaps, merge
from claims.models import Citation, Claim
from claims.queries.rot import Stake, rot
from claims.sign_offs import sign
from claims.status import VerificationStatus
from claims.vocabulary import Stage
from claims.workflow import submit
from sources import attempts
from sources.duplicates import Shared, doubles, keep_apart
from sources.families import family
from sources.models import Snapshot, Source
from sources.origins import derive
from sources.registry import add_source, find
from sources.suggestions import suggested
from sources.vocabulary import Capture, Tier
from tests.claims import newsroom
from tests.claims.newsroom import CHECKER, LEAD, REVIEWER


def a_pair(session: Session) -> tuple[Source, Source]:
    return newsroom.a_source(session, title="Kept"), newsroom.a_source(session, title="Gone")


def test_what_rests_on_the_other_moves_and_what_was_signed_stays_signed(session: Session) -> None:
    stays, goes = a_pair(session)
    reprint = newsroom.a_source(session)
    derive(session, reprint, goes)
    claim = newsroom.a_claim(session)
    item = newsroom.attached(session, claim, source=goes)
    newsroom.attached(session, claim)
    session.add(Citation(claim=claim, source=goes, created_by=CHECKER))
    newsroom.assessed(session, claim)
    submit(session, claim, by=CHECKER)
    sign(session, claim, by=REVIEWER, seen_sha256=material_sha256(claim))
    assert claim.stage is Stage.SIGNED_OFF
    signed = material_sha256(claim)

    merge(session, stays, goes, {"title": True}, by=LEAD)

    assert (item.source, item.cited_as) == (stays, goes.key)
    assert session.scalars(select(Citation)).one().source_id == stays.id
    assert reprint.derived_from is stays
    assert stays.title == "Gone"
    assert find(session, goes.key) is stays
    assert set(family(session, stays.id)) == {stays.id, goes.id}
    assert material_sha256(session.get_one(Claim, claim.id)) == signed
    assert claim.stage is Stage.SIGNED_OFF
    third = newsroom.a_source(session)
    merge(session, third, stays, {}, by=LEAD)
    assert find(session, goes.key) is third
    assert material_sha256(session.get_one(Claim, claim.id)) == signed


def test_evidence_put_to_another_source_afterwards_is_another(session: Session) -> None:
    stays, goes = a_pair(session)
    claim = newsroom.a_claim(session)
    item = newsroom.attached(session, claim, source=goes)
    merge(session, stays, goes, {}, by=LEAD)
    before = material_sha256(claim)
    edit_evidence(session, item, newsroom.a_passage(session), by=CHECKER)
    assert item.cited_as is None
    assert material_sha256(claim) != before


def test_what_cannot_be_merged_is_refused_with_a_reason(session: Session) -> None:
    stays, goes = a_pair(session)
    between = newsroom.a_source(session)
    with pytest.raises(Refused, match="very same"):
        merge(session, stays, stays, {}, by=LEAD)
    derive(session, between, goes)
    derive(session, stays, between)
    with pytest.raises(Refused, match="circle"):
        merge(session, stays, goes, {}, by=LEAD)
    derive(session, stays, None)
    with pytest.raises(Conflict, match="Somebody changed"):
        merge(session, stays, goes, {}, by=LEAD, seen=(1, 1))
    merge(session, stays, goes, {}, by=LEAD)
    for one, other in ((goes, between), (between, goes), (goes, stays)):
        with pytest.raises(Conflict, match="merged meanwhile"):
            merge(session, one, other, {}, by=LEAD)
    secret = add_source(session, by=CHECKER, title="Somebody", confidential=True)
    with pytest.raises(Refused, match="One is confidential"):
        merge(session, stays, secret, {}, by=CHECKER)
    second = add_source(session, by=REVIEWER, title="Somebody", confidential=True)
    with pytest.raises(Forbidden):
        merge(session, second, secret, {}, by=CHECKER)
    merge(session, second, secret, {}, by=LEAD, leads=True)


@pytest.mark.parametrize(
    ("mine", "theirs", "why"),
    [
        ({"url": "https://a.example/x"}, {"url": "http://m.a.example/x/amp"}, Shared.ADDRESS),
        (
            {"url": "https://doi.org/10.1000/a"},
            {"url": "http://dx.doi.org/10.1000/A"},
            Shared.DOI,
        ),
        (
            {"title": "T", "publisher": "新华社", "issued": "2025"},
            {"title": "T", "publisher": "Xinhua", "issued": "2025"},
            Shared.NAMES,
        ),
        ({"url": "https://a.example/x"}, {"url": "https://b.example/x"}, None),
        (
            {"title": "T", "publisher": "Reuters", "issued": "2025"},
            {"title": "T", "publisher": "AFP", "issued": "2025"},
            None,
        ),
    ],
)
def test_duplicates_are_proposed_for_what_they_share_until_somebody_says(
    session: Session, mine: dict[str, Any], theirs: dict[str, Any], why: Shared | None
) -> None:
    one, other = newsroom.a_source(session, **mine), newsroom.a_source(session, **theirs)
    found = [(double.source, double.why) for double in doubles(session, one)]
    assert found == ([] if why is None else [(other, why)])
    keep_apart(session, one, other, by=CHECKER)
    assert doubles(session, one) == doubles(session, other) == []


def test_of_two_people_who_merge_each_into_the_other_one_is_told(database: Database) -> None:
    with database.writing(CHECKER) as session:
        keys = [row.key for row in a_pair(session)]
        claim = newsroom.a_claim(session)
        newsroom.attached(session, claim, source=find(session, keys[0]))
        newsroom.attached(session, claim, source=find(session, keys[1]))
    start, told = threading.Barrier(2), list[str]()

    def run(mine: str, other: str) -> None:
        start.wait()
        try:
            with database.writing(LEAD) as session:
                merge(session, find(session, mine), find(session, other), {}, by=LEAD)
            told.append("merged")
        except DeskError as problem:
            told.append(problem.code)

    pairs = (keys, keys[::-1])
    threads = [threading.Thread(target=run, args=tuple(pair)) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert told.count("merged") == 1
    with database.reading() as session:
        rows = session.scalars(select(Source).where(Source.key.in_(keys))).all()
        assert sum(row.merged_into_id is not None for row in rows) == 1
        claim = session.get_one(Claim, claim.id)
        assert len({item.source_id for item in claim.evidence}) == 1
        assert claim.verification_status is VerificationStatus.UNCHECKED


def test_a_copy_that_was_under_way_arrives_at_the_entry_that_stays(session: Session) -> None:
    stays, goes = a_pair(session)
    goes.url, stays.tier, goes.tier = "https://news.example/under-way", Tier.PRIMARY, Tier.PRIMARY
    items = [newsroom.attached(session, newsroom.a_claim(session), source=goes) for _ in range(2)]
    attempt = attempts.ask(session, goes, by=CHECKER)
    for item in items:
        await_copy(session, item, attempt, by=CHECKER)
    late = items[1]

    merge(session, stays, goes, {}, by=LEAD)

    assert set(awaited(session, items)) == {item.id for item in items}
    newsroom.assessed(session, late.claim)
    submit(session, late.claim, by=CHECKER)
    snapshot = Snapshot(
        source_id=attempt.source_id,
        capture=Capture.WEB,
        sha256="a" * 64,
        media_type="text/html",
        size=1,
        page_title="As the page says",
        created_by=CHECKER,
    )
    session.add(snapshot)
    session.flush()
    attempts.kept(session, attempt, snapshot)
    stays.title = None
    assert arrive(session, attempt, snapshot) == [items[0]]
    assert awaited(session, [late])[late.id].late
    take_late(session, late)
    assert late.snapshot is snapshot
    assert attempts.attempts_of(session, stays) == [attempt]
    assert suggested(session, stays) == {"title": "As the page says"}
    stays.url = "https://news.example/other"
    session.flush()
    assert attempts.uncaptured(session) == []
    rows, _more = rot(session)
    assert [(row.source, row.copies) for row in rows] == [(stays, 1)]
    assert rows[0].risk is Stake.SOUND


def test_what_a_citation_needs_is_united_field_by_field(session: Session) -> None:
    stays, goes = a_pair(session)
    stays.csl, goes.csl = {"volume": "1", "issue": "2"}, {"volume": "9", "DOI": "10.1000/a"}
    goes.title_basis = "heading"
    assert {"csl_volume", "csl_issue", "csl_doi", "title"} <= set(differing(stays, goes))
    assert gaps(stays, goes)["csl_doi"]
    assert not gaps(stays, goes)["csl_volume"]

    merge(session, stays, goes, {"title": True, "csl_issue": True}, by=LEAD)

    assert stays.csl == {"volume": "1", "DOI": "10.1000/a"}
    assert stays.title_basis == "heading"
    third = newsroom.a_source(session, csl={"volume": "7"})
    merge(session, third, stays, {"csl_volume": True, "csl_doi": False}, by=LEAD)
    assert third.csl == {"volume": "1"}


def test_a_doi_in_the_citation_is_one_that_an_address_names(database: Database) -> None:
    with database.writing(CHECKER) as session:
        one = newsroom.a_source(session, csl={"DOI": "10.1000/A_b"})
        two = newsroom.a_source(session, url="https://doi.org/10.1000/a_B")
        three = newsroom.a_source(session, csl={"DOI": "10.1000/a_B"})
        newsroom.a_source(session, csl={"DOI": "10.1000/aXb"})
        newsroom.a_source(session, csl={"DOI": "10.1000/a_bc"})
        for row, others in ((one, {two, three}), (two, {one, three})):
            found = {double.source for double in doubles(session, row)}
            assert found == others, row
