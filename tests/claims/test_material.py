"""The hash a signature stands under follows the content, and nothing but the content."""

from decimal import Decimal

from sqlalchemy.orm import Session

from claims.material import canonical_json, material_fields, material_sha256
from claims.models import ClaimAnchor
from tests.claims.newsroom import CHECKER, a_claim, a_source, a_version, assessed, attached


def test_the_same_content_has_the_same_hash_in_another_row(session: Session) -> None:
    source = a_source(session)
    one, other = a_claim(session), a_claim(session)
    for claim in (one, other):
        attached(session, claim, source=source)
        assessed(session, claim)
    assert one.id != other.id
    assert material_sha256(one) == material_sha256(other)


def test_a_decimal_is_written_as_it_was_printed(session: Session) -> None:
    claim = a_claim(session)
    claim.figures[0].low = claim.figures[0].high = Decimal("5.0")
    assert material_fields(claim)["figures"][0]["low"] == "5.0"


def test_canonical_json_has_one_spelling() -> None:
    assert canonical_json({"b": 1, "a": "份额"}) == '{"a":"份额","b":1}'


def test_every_material_field_changes_the_hash(session: Session) -> None:
    claim = a_claim(session)
    item = attached(session, claim)
    seen = {material_sha256(claim)}
    claim.statement = {"zh": "另一句话。"}
    seen.add(material_sha256(claim))
    claim.figures[0].low = claim.figures[0].high = Decimal(6)
    seen.add(material_sha256(claim))
    item.quote = "The share was 6 %."
    seen.add(material_sha256(claim))
    claim.proposed_wording = "份额为 6%"
    seen.add(material_sha256(claim))
    assert len(seen) == 5


def test_a_note_and_an_assignee_do_not_change_the_hash(session: Session) -> None:
    claim = a_claim(session)
    item = attached(session, claim)
    before = material_sha256(claim)
    item.note = {"zh": "改了一个错字"}
    claim.assignee = "editor:li.wei"
    assert material_sha256(claim) == before


def test_the_quote_is_that_of_the_newest_version(session: Session) -> None:
    claim = a_claim(session)
    for number, exact in enumerate(("份额为 5%", "份额达到 5%"), start=1):
        version = a_version(claim.article, number, text=exact)
        session.add(
            ClaimAnchor(
                claim=claim,
                article_version=version,
                exact=exact,
                prefix="",
                suffix="",
                start=0,
                stop=len(exact),
                created_by=CHECKER,
            )
        )
        session.flush()
    assert material_fields(claim)["quote"] == "份额达到 5%"
