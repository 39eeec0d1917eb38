"""Tests: two people at one form, without a browser's help; nothing typed is lost (U15)."""

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.forms.merging import Outcome, outcome
from claims.models import Assessment, Contest, Evidence, Figure
from claims.status import VerificationStatus
from tests.app.browser import Form, Person, Reader
from tests.app.claim_desk import Desk, assess, attach, submitted


def the_merge(answer: TestResponse) -> Form:
    assert answer.status_code == 409, answer.text[:2000]
    return Reader(answer.text).form("merge.onto")


def test_what_only_one_of_two_changed_is_merged_and_what_both_did_is_asked(any_desk: Desk) -> None:
    one, two = any_desk.person("li.wei"), any_desk.person("wang.fang")
    path = f"{any_desk.path}/edit"
    mine, theirs = one.open(path, "statement_zh"), two.open(path, "statement_zh")
    two.send(theirs, statement_zh="他们的话", where_to_check="年报", kind="share")

    answer = one.send(mine, statement_zh="我的话", checkability="看年报", kind="share")

    merge = the_merge(answer)
    page = Reader(answer.text)
    assert "Conflict" in page.text
    assert "wang.fang saved it after you had opened it." in page.text
    assert merge.fields["merge.asked"] == ["statement_zh"]
    assert merge.fields["merge.keep.statement_zh"] == []
    assert merge.fields["merge.keep.where_to_check"] == ["theirs"]
    assert merge.fields["merge.keep.checkability"] == ["mine"]
    assert "merge.keep.kind" not in merge.fields
    assert "Merged: only wang.fang changed it." in page.text
    for words in ("我的话", "他们的话", "看年报", "年报"):
        assert words in page.text

    unanswered = one.send(merge)
    assert "Choose for each field that both of you changed." in unanswered.text
    saved = one.send(the_merge(unanswered), **{"merge.keep.statement_zh": "both"})

    assert saved.status_code == 303, saved.text[:2000]
    with any_desk.database.reading() as session:
        claim = any_desk.claim(session)
        assert claim.statement["zh"].split() == ["他们的话", "我的话"]
        assert (claim.checkability, claim.where_to_check) == ("看年报", "年报")


def test_a_conflict_sooner_than_the_sealer_still_tells_who_changed_what(unsealed: Desk) -> None:
    one, two = unsealed.person("li.wei"), unsealed.person("wang.fang")
    path = f"{unsealed.path}/edit"
    mine, theirs = one.open(path, "statement_zh"), two.open(path, "statement_zh")
    two.send(theirs, where_to_check="年报")

    page = Reader(one.send(mine, checkability="看年报").text)

    assert "Merged: only wang.fang changed it." in page.text
    assert page.form("merge.onto").fields["merge.keep.checkability"] == ["mine"]


def test_a_further_save_shows_the_conflict_again_with_what_was_merged(desk: Desk) -> None:
    one, two = desk.person("li.wei"), desk.person("wang.fang")
    path = f"{desk.path}/edit"
    mine = one.open(path, "statement_zh")
    two.fill(path, "statement_zh", statement_zh="二")
    merge = the_merge(one.send(mine, statement_zh="一", checkability="甲"))
    two.fill(path, "statement_zh", statement_zh="三", checkability="乙")

    again = the_merge(one.send(merge, **{"merge.keep.statement_zh": "mine"}))

    assert again.fields["merge.asked"] == ["statement_zh"]
    assert again.fields["statement_zh"] == ["一"]
    assert again.fields["checkability"] == ["甲"]
    choices = {"merge.keep.statement_zh": "theirs", "merge.keep.checkability": "mine"}
    assert one.send(again, **choices).status_code == 303
    with desk.database.reading() as session:
        claim = desk.claim(session)
        assert (claim.statement["zh"], claim.checkability) == ("三", "甲")


def test_a_version_that_never_stood_on_a_form_is_asked_about_field_by_field(desk: Desk) -> None:
    """form-06: a version nobody was shown is 409 with both texts."""
    one = desk.person("li.wei")
    mine = one.open(f"{desk.path}/edit", "statement_zh")

    for never in ("0", "", "-1", "9" * 12, "\u0661"):
        answer = one.send(mine, version=never, statement_zh="一")
        assert answer.status_code == 409, never
        assert the_merge(answer).fields["statement_zh"] == ["一"]
    del mine.fields["version"]
    assert one.send(mine, statement_zh="一").status_code == 409
    deadline = one.open("/account", "display_name")
    assert one.send(deadline, version="", display_name="Li").status_code == 409


def test_two_conclusions_meet_figure_by_figure(any_desk: Desk) -> None:
    one, two = any_desk.person("li.wei"), any_desk.person("wang.fang")
    attach(any_desk, one)
    mine = one.open(f"{any_desk.path}/assessment", "reasoning")
    figure = f"figure_{any_desk.figure_id.hex}"
    assert assess(any_desk, two, "refuted", reasoning="口径不明", disposition="cut") == 303
    typed = {figure: "supported", "reasoning": "按营收 4.6", "disposition": "stet"}

    merge = the_merge(one.send(mine, **typed))

    assert merge.fields[f"merge.keep.{figure}"] == []
    assert merge.fields[figure] == ["supported"]
    kept = {"merge.keep." + name: "mine" for name in (figure, "disposition")}
    answer = one.send(merge, **kept, **{"merge.keep.reasoning": "both"})
    assert answer.status_code == 303, answer.text[:2000]
    with any_desk.database.reading() as session:
        claim = any_desk.claim(session)
        whole = session.scalars(
            select(Assessment).where(Assessment.figure_id.is_(None)).order_by(Assessment.id)
        ).all()[-1]
        assert claim.verification_status is VerificationStatus.SUPPORTED
        assert "口径不明" in str(whole.reasoning)
        assert "按营收 4.6" in str(whole.reasoning)


def test_figures_evidence_and_dates_meet_as_well(desk: Desk) -> None:
    one, two = desk.person("li.wei"), desk.person("wang.fang")
    attach(desk, one)
    item = desk.first(Evidence)
    raised = {"reason": "party_denies", "side": "subject", "statement": "没有确认"}
    assert one.fill(f"{desk.path}/contests/new", "statement", **raised).status_code == 303
    contest = desk.first(Contest)
    aimed = {"addresses": [str(desk.figure_id)]}
    doors: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
        (f"/figures/{desk.figure_id}/edit", "stated_text", {"period": "2023"}, {"period": "2022"}),
        (f"/evidence/{item}/edit", "quote", {"quote": "乙", **aimed}, {"quote": "甲"}),
        (f"/contests/{contest}/due", "due_on", {"due_on": "2027-01-02"}, {"due_on": "2027-01-03"}),
        (f"/sources/{desk.source_key}/edit", "publisher", {"publisher": "B"}, {"publisher": "A"}),
    ]
    for path, having, other, typed in doors:
        mine = one.open(path, having)
        assert two.fill(path, having, **other).status_code == 303, path
        merge = the_merge(one.send(mine, **typed))
        name = next(iter(typed))
        assert merge.fields["merge.asked"] == [name], path
        assert one.send(merge, **{f"merge.keep.{name}": "mine"}).status_code == 303, path
    with desk.database.reading() as session:
        assert session.get_one(Figure, desk.figure_id).period == "2022"
        merged = session.get_one(Evidence, item)
        assert merged.quote == "甲"
        assert [figure.id for figure in merged.addresses] == [desk.figure_id]
        assert str(session.get_one(Contest, contest).due_on) == "2027-01-03"


def test_a_status_for_a_figure_that_was_removed_meanwhile_is_shown(desk: Desk) -> None:
    one, two = desk.person("li.wei"), desk.person("wang.fang")
    attach(desk, one)
    assess(desk, one)
    mine = one.open(f"{desk.path}/assessment", "reasoning")
    gone = {"reason": "文中没有"}
    assert two.fill(f"/figures/{desk.figure_id}/remove", "reason", **gone).status_code == 303
    with desk.database.writing("editor:wang.fang") as session:
        desk.claim(session).kind = "rank"

    answer = one.send(mine, **{f"figure_{desk.figure_id.hex}": "refuted", "reasoning": "算错"})

    page = Reader(answer.text)
    assert answer.status_code == 409
    for words in ("It is not there any more and cannot be saved.", "Refuted", "算错"):
        assert words in page.text


TYPED = st.sampled_from(["", "甲", "乙 的 话", "<b>&\"'</b>", "it's 4.6 %", "甲" * 60])
EDITS = st.fixed_dictionaries(
    dict.fromkeys(("statement_en", "checkability", "where_to_check"), TYPED)
)
KEPT = st.sampled_from(["theirs", "mine"])


@pytest.fixture
def three(desk: Desk) -> tuple[Desk, Person, Person]:
    return desk, desk.person("li.wei"), desk.person("wang.fang")


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(base=EDITS, theirs=EDITS, mine=EDITS, kept=KEPT)
def test_every_field_becomes_what_the_rules_say_and_no_word_vanishes(
    three: tuple[Desk, Person, Person],
    base: dict[str, str],
    theirs: dict[str, str],
    mine: dict[str, str],
    kept: str,
) -> None:
    desk, one, two = three
    path = f"{desk.path}/edit"
    assert one.fill(path, "kind", **base).status_code == 303
    opened = one.open(path, "kind")
    assert two.fill(path, "kind", **theirs).status_code == 303

    answer = one.send(opened, **mine)

    expected = dict(mine)
    if answer.status_code != 303:
        merge, page = the_merge(answer), Reader(answer.text)
        for name, typed in mine.items():
            assert merge.fields[name] == [typed]
            found = outcome((base[name],), (theirs[name],), (typed,))
            if found is not Outcome.SAME:
                assert typed in page.text
                assert theirs[name] in page.text
            assert (name in questions(answer.text)) is (found is Outcome.ASKED)
            whose = {Outcome.THEIRS: "theirs", Outcome.ASKED: kept}.get(found, "mine")
            expected[name] = theirs[name] if whose == "theirs" else typed
        chosen = {f"merge.keep.{name}": kept for name in questions(answer.text)}
        assert one.send(merge, **chosen).status_code == 303
    after = one.open(path, "kind").fields
    assert {name: after[name][0] for name in mine} == expected


def questions(page: str) -> list[str]:
    """The fields that a merge asks about."""
    return re.findall(r'name="merge.asked" value="(\w+)"', page)


def test_two_people_adding_do_not_conflict(any_desk: Desk) -> None:
    one, two = any_desk.person("li.wei"), any_desk.person("wang.fang")
    attach(any_desk, one)
    assess(any_desk, one)
    data = {"source": any_desk.source_key, "stance": "supports"}
    mine = one.open(f"{any_desk.path}/evidence/new", "quote")
    assert two.fill(f"{any_desk.path}/evidence/new", "quote", quote="乙", **data).status_code == 303
    assert two.fill(f"{any_desk.path}/edit", "kind", kind="rank").status_code == 303

    assert one.send(mine, quote="甲", **data).status_code == 303
    assert any_desk.count(Evidence) == 3


def test_a_signature_is_asked_again_over_what_another_changed(any_desk: Desk) -> None:
    checker, reviewer = any_desk.person("li.wei"), any_desk.person("zhang.min")
    submitted(any_desk, checker)
    mine = reviewer.open(f"{any_desk.path}/sign-off", "content_sha256")
    item = any_desk.first(Evidence)
    quote = "The share was 4.6 %."
    assert checker.fill(f"/evidence/{item}/edit", "quote", quote=quote).status_code == 303
    assert checker.fill(f"{any_desk.path}/submit", "receipt").status_code == 303

    answer = reviewer.send(mine, answer="sign", reason="一句话")

    assert answer.status_code == 409
    page = Reader(answer.text)
    assert "What changed meanwhile" in page.text
    assert quote in page.text
    again = page.form("content_sha256")
    assert again.fields["answer"] == []
    assert again.fields["reason"] == ["一句话"]
    again.action = f"{any_desk.path}/sign-off"
    assert reviewer.send(again).status_code == 422
    assert reviewer.send(again, answer="sign").status_code == 303


def test_an_act_is_asked_again_with_what_changed_and_the_words_typed(desk: Desk) -> None:
    one, two = desk.person("li.wei"), desk.person("wang.fang")
    attach(desk, one)
    assess(desk, one)
    item = desk.first(Evidence)
    doors = [
        (f"{desk.path}/drop", "reason", {"reason": "删了"}, f"{desk.path}/edit", {"kind": "a"}),
        (
            f"/evidence/{item}/withdraw",
            "reason",
            {"reason": "错了"},
            f"/evidence/{item}/edit",
            {"quote": "乙"},
        ),
        (
            f"{desk.path}/evidence/new",
            "quote",
            {"quote": "丙", "stance": "supports", "source": desk.source_key},
            f"{desk.path}/edit",
            {"statement_zh": "改过的论断"},
        ),
    ]
    for path, having, typed, other, change in doors:
        mine = one.open(path, having)
        assert two.fill(other, next(iter(change)), **change).status_code == 303

        answer = one.send(mine, **typed)

        assert answer.status_code == 409, path
        assert "Conflict" in answer.text.split("</title>")[0]
        page = Reader(answer.text)
        assert "What changed meanwhile" in page.text
        assert "wang.fang" in page.text
        assert page.form(having).fields[having] == [typed[having]]
