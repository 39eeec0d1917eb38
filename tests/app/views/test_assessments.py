"""A verdict from the card's keypad: what it says of which figure, and what it never overwrites."""

import re
import uuid

import pytest
from sqlalchemy import select

from app.db import Database
from claims.models import Assessment, Claim
from tests.app.browser import Form, Person, Reader
from tests.app.claim_desk import Desk, assess, attach, submitted
from tests.claims.newsroom import a_claim, a_version

AGREES = {"figure": "5.0%", "period": "2024", "same_scope": "y"}
REVIEW = {"X-Fragment": "review"}


class Desks(Desk):
    """The desk with a text to read, so that there are cards."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        with database.writing("system:test") as session:
            claim = self.claim(session)
            session.add(a_version(claim.article, 1, "The share was 5%."))
            self.key, self.number = claim.article.key, claim.number
            self.pair_id = a_claim(session, figures=2, article=claim.article).id

    def card(self, person: Person, number: int | None = None) -> Form:
        """Open the article at a claim and return its keypad."""
        return person.open(f"/articles/{self.key}?claim={number or self.number}", "status")

    def said(self, claim_id: uuid.UUID) -> list[str]:
        """The statuses of the claim and of its figures."""
        with self.database.reading() as session:
            claim = session.get_one(Claim, claim_id)
            return [claim.verification_status, *(row.verification_status for row in claim.figures)]

    def newest(self) -> Assessment:
        with self.database.reading() as session:
            query = select(Assessment).where(Assessment.figure_id.is_(None))
            return session.scalars(query.order_by(Assessment.id.desc())).all()[0]

    def pair(self) -> tuple[int, list[str]]:
        """The number of the claim with two figures, and how the keypad names them."""
        with self.database.reading() as session:
            claim = session.get_one(Claim, self.pair_id)
            return claim.number, [figure.id.hex for figure in claim.figures]


@pytest.fixture
def read(sqlite_database: Database) -> Desks:
    return Desks(sqlite_database)


@pytest.fixture
def li(read: Desks) -> Person:
    return read.person("li.wei")


def test_supported_needs_no_words_where_the_rule_finds_it_well_supported(
    database: Database,
) -> None:
    """U1: the third key of three; the reason on record is the rule's, in both languages."""
    read = Desks(database)
    li = read.person("li.wei")
    assert attach(read, li, **AGREES) == 303
    page = li.read(f"/articles/{read.key}?claim={read.number}")
    assert "Independent origins for it: 1" in page.text
    answer = li.send(page.form("status"), status="supported")
    assert answer.status_code == 303
    assert f"/articles/{read.key}?claim=" in answer.headers["Location"]
    assert read.said(read.claim_id) == ["supported", "supported"]
    row = read.newest()
    assert row.reasoning is not None
    assert row.reasoning["zh"].startswith("有 1 个独立来源证实")
    assert row.disposition == "stet"
    assert row.created_by == "editor:li.wei"


@pytest.mark.parametrize("status", ["supported", "refuted", "not_checkable"])
def test_any_other_silence_is_refused_and_keeps_what_was_chosen(
    read: Desks, li: Person, status: str
) -> None:
    """U14: without script the full form takes over, with the choice in it."""
    keypad = read.card(li)
    answer = li.send(keypad, status=status)
    assert answer.status_code == 422
    assert "Say what the conclusion rests on." in answer.text
    assert "<title>Error:" in re.sub(r"\s+", " ", answer.text)
    chosen = Reader(answer.text).form("reasoning").fields[f"figure_{read.figure_id.hex}"]
    assert chosen == [status]
    assert read.said(read.claim_id)[0] == "unchecked"


def test_a_refused_keypad_comes_back_in_its_card(read: Desks, li: Person) -> None:
    keypad = read.card(li)
    data = {**keypad.fields, "status": "refuted"}
    answer = li.client.post(keypad.action, data=data, headers=REVIEW)
    assert answer.status_code == 422
    assert answer.text.lstrip().startswith("<section")
    card = Reader(answer.text).form("status")
    assert card.fields["status"] == ["refuted"]
    assert 'aria-invalid="true"' in answer.text


def test_without_evidence_only_what_needs_none_can_be_chosen(read: Desks, li: Person) -> None:
    page = li.get(f"/articles/{read.key}?claim={read.number}").text
    tiles = re.findall(r'<input[^>]*name="status"[^>]*>', page)
    assert len(tiles) == 7
    usable = [tile for tile in tiles if "disabled" not in tile]
    assert [re.findall(r'value="(\w+)"', tile)[0] for tile in usable] == [
        "not_enough_evidence",
        "not_checkable",
    ]
    assert [re.findall(r'data-key="(\d)"', tile)[0] for tile in usable] == ["5", "7"]
    attach(read, li)
    page = li.get(f"/articles/{read.key}?claim={read.number}").text
    assert "disabled" not in "".join(re.findall(r'<input[^>]*name="status"[^>]*>', page))


def test_figures_that_stand_alike_are_judged_together(read: Desks, li: Person) -> None:
    number, _ = read.pair()
    keypad = read.card(li, number)
    assert keypad.fields["part"] == ["all"]
    assert li.send(keypad, status="outdated", reasoning="Of 2019.").status_code == 303
    assert read.said(read.pair_id) == ["outdated"] * 3


def test_a_figure_that_stands_otherwise_is_never_overwritten_unasked(
    read: Desks, li: Person
) -> None:
    number, figures = read.pair()
    keypad = read.card(li, number)
    li.send(keypad, part=figures[0], status="refuted", reasoning="Another number.")
    assert read.said(read.pair_id) == ["refuted", "refuted", "unchecked"]
    keypad = read.card(li, number)
    assert keypad.fields["part"] == ["rest"]
    li.send(keypad, status="supported", reasoning="As it says.")
    assert read.said(read.pair_id) == ["refuted", "refuted", "supported"]
    keypad = read.card(li, number)
    assert keypad.fields["part"] == []
    refused = li.send(keypad, status="supported", reasoning="As it says.")
    assert refused.status_code == 422
    assert "say which of them you mean" in refused.text
    assert read.said(read.pair_id) == ["refuted", "refuted", "supported"]
    li.send(read.card(li, number), part="all", status="misleading", reasoning="Both.")
    assert read.said(read.pair_id) == ["misleading"] * 3


def test_what_was_decided_about_the_sentence_stays_with_its_conclusion(
    read: Desks, li: Person
) -> None:
    assert assess(read, li, "supported", disposition="hedge") == 303
    attach(read, li)
    li.send(read.card(li), status="supported", reasoning="Again.")
    assert read.newest().disposition == "hedge"
    li.send(read.card(li), status="refuted", reasoning="No longer.")
    assert read.newest().disposition is None
    refused = li.send(read.card(li), status="refuted", reasoning="x", disposition="correct")
    assert refused.status_code == 422
    li.send(read.card(li), status="refuted", reasoning="x", disposition="cut")
    assert read.newest().disposition == "cut"


def test_a_lowered_result_stays_lowered_while_one_figure_is_judged(read: Desks, li: Person) -> None:
    number, figures = read.pair()
    typed = {f"figure_{figure}": "supported" for figure in figures}
    path = f"/claims/{read.pair_id}/assessment"
    typed |= {"reasoning": "Not yet.", "disposition": "hold", "lowered_to": "misleading"}
    assert li.fill(path, "reasoning", **typed).status_code == 303
    li.send(read.card(li, number), part=figures[0], status="outdated", reasoning="Old.")
    assert read.said(read.pair_id) == ["misleading", "outdated", "supported"]
    li.send(read.card(li, number), part="all", status="outdated", reasoning="Both old.")
    assert read.said(read.pair_id) == ["outdated"] * 3


def test_a_keypad_opened_before_another_verdict_meets_it(read: Desks, li: Person) -> None:
    attach(read, li)
    mine = read.card(li)
    assert assess(read, read.person("zhang.min"), "refuted", reasoning="Their reasons.") == 303
    clash = li.send(mine, status="supported", reasoning="My reasons.")
    assert clash.status_code == 409
    assert "Their reasons." in clash.text
    assert "My reasons." in clash.text
    again = Reader(clash.text).form("status")
    mine_kept = {"merge.keep.status": "mine", "merge.keep.reasoning": "mine"}
    assert li.send(again, **mine_kept).status_code == 303
    assert read.said(read.claim_id)[0] == "supported"


def test_a_verdict_whose_answer_was_lost_is_not_blamed_on_somebody_else(
    read: Desks, li: Person
) -> None:
    """U15: sent again it is answered again; what was left open in another tab meets one's own."""
    attach(read, li)
    mine, tab = read.card(li), read.card(li)
    said = {"status": "refuted", "reasoning": "It was 4%."}
    first = li.send(mine, **said)
    assert first.status_code == 303
    assert li.send(mine, **said).headers["Location"] == first.headers["Location"]
    answer = li.send(tab, **said)
    assert answer.status_code == 409
    assert "<title>Conflict: You saved this yourself meanwhile" in answer.text
    assert "Somebody else" not in answer.text
    assert "You typed what is saved already." in answer.text


def test_what_is_discarded_where_two_verdicts_meet_does_not_come_back(
    read: Desks, li: Person
) -> None:
    """U15, U17: the draft, typed on the older version, goes with it."""
    attach(read, li)
    mine = read.card(li)
    typed = {"reasoning": "My reasons.", "status": "supported"}
    token = {"X-CSRFToken": mine.fields["csrf_token"][0]}
    data = {**mine.fields, **typed}
    address = f"/drafts/{mine.fields['draft'][0]}"
    assert li.client.put(address, data=data, headers=token).status_code == 200
    assert assess(read, read.person("zhang.min"), "refuted", reasoning="Their reasons.") == 303
    clash = li.send(mine, **typed)

    discards = [one for one in Reader(clash.text).forms if one.action == "/drafts/discard"]
    discard = next(one for one in discards if "draft" in one.fields)
    place = li.send(discard).headers["Location"]

    assert place.endswith(f"/articles/{read.key}?claim={read.number}")
    again = read.card(li)
    assert again.fields["reasoning"] == [""]
    assert again.fields["version"] != mine.fields["version"]


def test_the_undo_of_a_verdict_leads_back_to_its_claim(read: Desks, li: Person) -> None:
    """U1, U16: although the flash stands beside the next claim, the fragment of which has it too.

    A verdict without a word has the rule's own reason; both are taken back.
    """
    attach(read, li, **AGREES)
    mine = read.card(li)
    after = li.send(mine, status="supported").headers["Location"]
    assert f"claim={read.number}" not in after
    card = li.client.get(f"{after}&show=unchecked", headers={"X-Fragment": "card"})

    undo = next(one for one in Reader(card.text).forms if one.action.startswith("/undo/"))
    place = li.send(undo).headers["Location"]

    assert place == f"/articles/{read.key}?claim={read.number}&show=unchecked"
    assert read.said(read.claim_id) == ["unchecked"] * 2
    assert li.get(place).status_code == 200


def test_the_next_claim_without_a_status_comes_after_a_verdict(read: Desks, li: Person) -> None:
    number, _ = read.pair()
    said = {"status": "not_checkable", "reasoning": "An opinion."}
    after = li.send(read.card(li, number), **said).headers["Location"]
    assert re.search(rf"claim={read.number}$", after)
    assert "not_checkable" not in after
    page = li.get(after).text
    assert f"C-{number:02d}: Not checkable" in page


def test_whoever_may_not_assess_and_a_claim_handed_over_have_no_keypad(
    read: Desks, li: Person
) -> None:
    path = f"/articles/{read.key}?claim={read.number}"
    assert 'name="status"' in li.get(path).text
    submitted(read, li)
    page = li.get(path).text
    assert 'name="status"' not in page
    assert "a new verdict takes it back to checking" in page
    assert f"{read.path}/sign-off" in read.person("zhang.min").get(path).text
    assert f"{read.path}/sign-off" not in page


def test_a_contest_is_raised_in_one_sentence_from_the_card(read: Desks, li: Person) -> None:
    page = li.read(f"/articles/{read.key}?claim={read.number}")
    form = page.form("statement")
    assert form.fields["side"] == ["checker"]
    answer = li.send(form, statement="The company denies it.")
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(f"/articles/{read.key}?claim={read.number}")
    assert "The company denies it." in li.read(answer.headers["Location"]).text
