"""What an appendix says of an article: both sides, in article order, at the same cost for many."""

from typing import Any

from sqlalchemy.orm import Session

from claims.appendix.build import collected, one_claim
from claims.appendix.plain import PlainContent
from claims.article_sign_offs import article_signing, publish_in_emergency
from claims.contests import Dispute, raise_contest, settle
from claims.evidence import withdraw_evidence
from claims.material import material_sha256
from claims.mentions import find, mention_values
from claims.models import Article, ArticleVersion, Claim, ClaimAnchor, QuantityMention
from claims.said import Said
from claims.sign_offs import sign
from claims.status import VerificationStatus
from claims.vocabulary import (
    AnswerChoice,
    ContestOutcome,
    ContestReason,
    DismissalReason,
    EvidenceKind,
    Side,
    Terms,
)
from sources.citation_styles import Style
from sources.origins import derive
from tests.claims.newsroom import (
    CHECKER,
    EXTRACTOR,
    LEAD,
    REVIEWER,
    a_claim,
    a_source,
    a_submitted_claim,
    a_version,
    an_article,
    assessed,
    attached,
)
from tests.claims.outside import answered, claims_in_text, invited
from tests.statements import statements

TEXT = "2024 年的份额为 5%。"
NAMES = {CHECKER: "李伟", REVIEWER: "张敏", LEAD: "王芳"}


def versioned(session: Session, article: Article) -> ArticleVersion:
    version = a_version(article, 1, TEXT)
    session.add(version)
    session.flush()
    return version


def stands(session: Session, claim: Claim, version: ArticleVersion, start: int) -> None:
    session.add(
        ClaimAnchor(
            claim=claim,
            article_version=version,
            exact="5%",
            prefix="",
            suffix="",
            start=start,
            stop=start + 2,
            created_by=EXTRACTOR,
        )
    )
    session.flush()


def told(session: Session, version: ArticleVersion, style: Style = Style.APA) -> PlainContent:
    session.expire_all()
    return collected(session, version, schema_revision="0001", style=style, names=NAMES)


def person(content: PlainContent, number: int | None) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in content.head["people"] if one["number"] == number)
    return found


def test_claims_stand_in_article_order_and_those_without_a_place_last(session: Session) -> None:
    article = an_article(session)
    version = versioned(session, article)
    first, second, third = (a_claim(session, article=article) for _ in range(3))
    stands(session, third, version, 3)
    stands(session, first, version, 11)
    content = told(session, version)
    assert [row["number"] for row in content.claims] == [
        third.number,
        first.number,
        second.number,
    ]
    assert content.claims[0]["place"] == {"start": 3, "end": 5, "state": "exact"}
    assert content.claims[2]["place"] is None
    assert content.head["summary"]["claims"] == 3
    assert content.head["summary"]["statuses"] == {"unchecked": 3}


def test_a_signed_claim_tells_who_did_what_and_what_it_rests_on(session: Session) -> None:
    claim = a_submitted_claim(session)
    version = versioned(session, claim.article)
    sign(session, claim, by=REVIEWER, seen_sha256=material_sha256(claim))
    content = told(session, version)
    row = content.claims[0]
    assert row["assessment"]["reasoning"] == {"zh": "与年报一致。"}
    assert row["figures"][0]["interval"] == {"zh": "4.5 % – 5.5 %", "en": "4.5 % – 5.5 %"}
    assert row["content_sha256"] == material_sha256(claim)
    assert [(one["decision"], one["void"], one["past"]) for one in row["sign_offs"]] == [
        ("signed", False, False)
    ]
    signer = person(content, row["sign_offs"][0]["by"])
    assert signer["name"] == {"account": REVIEWER, "display": "张敏"}
    assert signer["acts"] == ["signed"]
    checker = person(content, row["submitted_by"])
    assert checker["acts"] == ["attached", "assessed", "submitted"]
    assert person(content, row["entered_by"])["kind"] == "system"
    item = row["evidence"][0]
    source = content.head["sources"][item["source"] - 1]
    assert item["passage"]["quote"] == "The share was 4.6 % by revenue."
    assert source["used_by"] == [claim.number]
    assert source["identity"]["citation"].startswith(source["identity"]["title"])
    assert row["origins"]["words"]["en"] == "1 link, 1 origin, 1 primary"


def test_a_contest_has_both_sides_and_its_end(session: Session) -> None:
    claim = a_claim(session)
    version = versioned(session, claim.article)
    item, other = attached(session, claim), attached(session, claim)
    dispute = Dispute(
        reason=ContestReason.PARTY_DENIES,
        side=Side.SUBJECT,
        statement={"zh": "不是 5%。"},
        party={"zh": "某公司"},
        evidence_for=[item.id],
        evidence_against=[other.id],
        about_figure=claim.figures[0].id,
    )
    row = raise_contest(session, claim, dispute, by=CHECKER)
    settle(
        session, row, outcome=ContestOutcome.REJECTED, settlement={"zh": "年报写的是 5%。"}, by=LEAD
    )
    content = told(session, version)
    found = content.claims[0]["contests"][0]
    assert (found["about"], found["party"], found["outcome"]) == (
        "F1",
        {"zh": "某公司"},
        "rejected",
    )
    assert (found["evidence_for"], found["evidence_against"]) == ([1], [2])
    assert person(content, found["settled_by"])["name"]["display"] == "王芳"
    assert content.head["summary"]["open_contests"] == 0


def test_what_was_said_and_what_was_taken_back_are_told_in_parts(session: Session) -> None:
    claim = a_claim(session)
    version = versioned(session, claim.article)
    said = Said(by="陈先生", role="主管", terms=Terms.BACKGROUND, reached="138 0000 0000")
    attached(session, claim, kind=EvidenceKind.PERSONAL_COMMUNICATION, source=None, said=said)
    gone = attached(session, claim)
    withdraw_evidence(session, gone, by=CHECKER, reason="引错了年份")
    spoken, withdrawn = told(session, version).claims[0]["evidence"]
    assert spoken["terms"] == "background"
    assert spoken["said"]["speaker"] == {"name": "陈先生", "role": "主管"}
    assert spoken["said"]["reached"] == "138 0000 0000"
    assert withdrawn["withdrawn"]["reason"] == "引错了年份"
    assert not withdrawn["counts"]


def test_whoever_was_asked_outside_is_told_of_with_their_answer(session: Session) -> None:
    claim = claims_in_text(session)[0]
    opened = invited(session, claim, side=Side.SUBJECT, name="某公司发言人")
    answered(session, opened.invitation, claim, AnswerChoice.DISPUTE, name="赵六", by_name=True)
    content = told(session, claim.anchors[0].article_version)
    reply = next(row for row in content.claims if row["number"] == claim.number)["replies"][0]
    assert (reply["side"], reply["name"], reply["choice"]) == (
        "subject",
        "某公司发言人",
        "dispute",
    )
    assert reply["evidence"] is None
    guests = [one for one in content.head["people"] if one["kind"] == "guest"]
    assert [one["name"]["display"] for one in guests] == ["赵六"]


def test_a_confidential_source_stands_behind_the_others_and_is_cited_beneath_the_veil(
    session: Session,
) -> None:
    claim = a_claim(session)
    version = versioned(session, claim.article)
    origin = a_source(session, title="Aardvark", confidential=True)
    open_one = a_source(session, title="Zebra")
    derive(session, open_one, origin)
    attached(session, claim, source=open_one)
    content = told(session, version, Style.GB_NUMERIC)
    first, second = content.head["sources"]
    assert (first["derived_from"], second["confidential"]) == (2, True)
    assert content.guarded == {2: origin.id}
    assert "Aardvark" in second["identity"]["citation"]
    assert first["identity"]["citation"].startswith("Zebra")


def test_a_large_article_takes_as_many_statements_as_a_small_one(session: Session) -> None:
    counts = []
    for number in (2, 9):
        article = an_article(session)
        version = versioned(session, article)
        for place in range(number):
            claim = a_claim(session, article=article)
            stands(session, claim, version, place)
            attached(session, claim, source=a_source(session, derived_from=a_source(session)))
        with statements(session.connection().engine) as sent:
            content = told(session, version)
        assert len(content.claims) == number
        counts.append(len(sent))
    assert counts[0] == counts[1]
    assert counts[0] < 45


def test_an_emergency_is_told_with_what_was_missing_and_is_past_once_something_changes(
    session: Session,
) -> None:
    claim = a_submitted_claim(session)
    version = versioned(session, claim.article)
    state = article_signing(session, claim.article).state
    publish_in_emergency(
        session, claim.article, by=LEAD, reason="不能再等", seen_sha256=state.sha256
    )
    row = told(session, version).head["sign_offs"][0]
    assert (row["decision"], row["reason"], row["past"]) == ("emergency", "不能再等", False)
    assert row["state_sha256"] == state.sha256
    assert [list(words) for words in row["missing"]] == [["en", "zh"], ["en", "zh"]]
    attached(session, claim)
    assert told(session, version).head["sign_offs"][0]["past"]


def test_what_was_concluded_before_and_what_is_no_claim_is_told(session: Session) -> None:
    claim = a_claim(session)
    version = versioned(session, claim.article)
    attached(session, claim)
    assessed(session, claim, VerificationStatus.REFUTED)
    assessed(session, claim)
    number = QuantityMention(
        **mention_values(version.id, find(version, "zh", None)[0], EXTRACTOR),
        dismissed_as=DismissalReason.PUBLICATION_DATE,
        dismissed_by=CHECKER,
        dismissal_note={"zh": "刊期"},
    )
    session.add(number)
    session.flush()
    content = told(session, version)
    row, aside = content.claims[0], content.head["set_aside"]
    assert {one["status"] for one in row["earlier"]} == {"refuted"}
    assert {one["figure"] for one in row["earlier"]} == {None, 1}
    assert row["assessment"]["reasoning"] == {"zh": "与年报一致。"}
    assert [(one["reason"], one["note"]) for one in aside] == [("publication_date", {"zh": "刊期"})]
    assert content.head["summary"]["dismissed"] == {"publication_date": 1}
    acts = person(content, aside[0]["by"])["acts"]
    assert acts == ["set_aside", "attached", "assessed"]


def test_one_claim_is_told_as_in_an_appendix(session: Session) -> None:
    claim = a_submitted_claim(session)
    version = versioned(session, claim.article)
    stands(session, claim, version, 3)
    content = told(session, version)
    one = one_claim(session, claim, Style.APA, NAMES)
    assert one.claims[0] == content.claims[0]
    assert len(one.head["sources"]) == 1
