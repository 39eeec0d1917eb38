"""The page of sorting: it works as forms and links, in a fixed number of statements."""

import re
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from app.accounts.roles import Role
from app.db import Database
from claims.models import Article, Claim, Proposal, QuantityMention
from claims.triage_vocabulary import ProposalState
from tests.app.views.visit import Visit
from tests.claims.sorting import TEXT, an_article_to_sort

if TYPE_CHECKING:
    from flask import Flask


def article(database: Database, text: str = TEXT, **facts: Any) -> str:
    with database.writing("editor:test") as session:
        return an_article_to_sort(session, text, **facts).article.key


def numbers(database: Database, words: str) -> tuple[int, int]:
    """Return number and version of the proposal with these words."""
    with database.reading() as session:
        row = session.scalars(select(Proposal).where(Proposal.statement.contains(words))).first()
        assert row is not None
        return row.number, row.version


def claims(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Claim)) or 0


def test_a_proposal_is_shown_in_its_paragraph_with_what_was_read(database: Database) -> None:
    path = f"/articles/{article(database)}/intake"
    for language, words in (
        ("en", ("&gt; 50 %", "carried over", "1 kept")),
        ("zh", ("&gt; 50 %",)),
    ):
        visit = Visit(database, language=language)
        number, _ = numbers(database, "跃升")
        page = visit.get(f"{path}?at={number}").text
        assert words[0] in page
        assert re.search(r'<mark class="num inside">50%以上</mark>', page)
        assert ("8 proposals" if language == "en" else "条候选") in page


def test_a_heading_is_called_one_and_shown_without_its_marker(database: Database) -> None:
    key = article(database, "# 2024年份额升至50%\n#话题 2024年增长5%。\n2024年销量增长8%。")
    visit = Visit(database)
    heading, _ = numbers(database, "50%")
    page = visit.get(f"/articles/{key}/intake?at={heading}").text
    assert '<span class="para" lang="en">Heading</span>' in page
    assert "# " not in re.search(r"<blockquote.*?</blockquote>", page, re.DOTALL)[0]  # type: ignore[index]
    last, _ = numbers(database, "8%")
    assert "¶2" in visit.get(f"/articles/{key}/intake?at={last}").text
    assert 'data-n="2"' in visit.get(f"/articles/{key}").text
    assert "…# " not in visit.get(f"/articles/{key}/numbers").text


def test_a_month_of_an_unstated_year_is_said_in_words_and_saved_as_it_is(
    database: Database,
) -> None:
    key = article(
        database, "Sales rose 12% in September.\n", published=None, language="en", title="Sales"
    )
    visit = Visit(database)
    number, version = numbers(database, "12%")
    page = visit.get(f"/articles/{key}/intake?at={number}").text
    assert "September (year not stated)" in page
    assert "XXXX" not in page
    typed: dict[str, Any] = {"statement": "Sales rose 12% in September", "period_1": "XXXX-09"}
    visit.post(f"/articles/{key}/intake/{number}/edit", version=version, **typed)
    assert "September (year not stated)" in visit.get(f"/articles/{key}/intake?at={number}").text


def test_every_reason_why_a_number_was_read_has_a_name(database: Database) -> None:
    key = article(database, "Region\tSales\nNorth\t1,200\t3.4%\n", language="en", title="Table")
    page = Visit(database).get(f"/articles/{key}/intake").text
    assert "a plain number" in page
    assert "Keep the strong one left" in page


def test_keeping_goes_on_to_the_next_one_left(database: Database) -> None:
    key = article(database)
    visit = Visit(database)
    number, version = numbers(database, "跃升")
    following, _ = numbers(database, "340")
    answer = visit.post(f"/articles/{key}/intake/{number}/accept", version=version)
    assert f"at={following}" in answer.location
    assert claims(database) == 1
    page = visit.get(answer.location).text
    assert "1 kept" in page
    assert "Undo keeping a proposal" in page
    assert "C-01" in page
    visit.post(f"/articles/{key}/intake/undo")
    assert "0 kept" in visit.get(f"/articles/{key}/intake").text


def test_dropping_wants_a_reason_and_says_so(database: Database) -> None:
    key = article(database)
    visit = Visit(database)
    number, version = numbers(database, "340")
    path = f"/articles/{key}/intake/{number}/reject"
    refused = visit.post(path, 422, version=version)
    assert "Give a reason." in refused.text
    visit.post(path, version=version, reason="opinion", dismiss="y")
    with database.reading() as session:
        row = session.scalars(select(Proposal).where(Proposal.number == number)).one()
        assert row.state is ProposalState.REJECTED
        held = session.get_one(QuantityMention, row.figures[0].mention_id)
        assert held.dismissed_by == visit.actor
    visit.post(f"/articles/{key}/intake/{number}/reopen", version=row.version)
    assert "0 left out" in visit.get(f"/articles/{key}/intake").text


def test_two_people_meet_with_409_and_nothing_is_lost(database: Database) -> None:
    key = article(database)
    first, second = Visit(database), Visit(database, Role.REVIEWER)
    number, version = numbers(database, "340")
    first.post(f"/articles/{key}/intake/{number}/accept", version=version)
    answer = second.post(
        f"/articles/{key}/intake/{number}/reject", 409, version=version, reason="opinion"
    )
    assert "by The checker meanwhile" in answer.text
    assert claims(database) == 1
    other, seen = numbers(database, "160")
    form: dict[str, Any] = {"statement": "一", "kind": "", "version": seen}
    first.post(f"/articles/{key}/intake/{other}/edit", **form)
    mine = {**form, "statement": "二", "subject_1": "我写的"}
    answer = second.post(f"/articles/{key}/intake/{other}/edit", 409, **mine)
    assert "The checker saved it" in answer.text
    assert "我写的" in answer.text
    refused = first.post(f"/articles/{key}/intake/undo", 303)
    assert refused.location


def test_editing_keeps_what_was_typed_when_it_is_refused(database: Database) -> None:
    key = article(database)
    visit = Visit(database)
    number, version = numbers(database, "340")
    path = f"/articles/{key}/intake/{number}/edit"
    assert "销量达到340万辆" in visit.get(path).text
    answer = visit.post(path, 422, statement="x", period_1="二〇", version=version)
    assert "Write the period" in answer.text
    assert "二〇" in answer.text
    visit.post(path, statement="销量", period_1="2024-10", version=version, material_1="y")
    assert "October 2024" in visit.get(f"/articles/{key}/intake?at={number}").text


def test_merge_split_and_all_at_once(database: Database) -> None:
    key = article(database)
    visit = Visit(database)
    number, version = numbers(database, "340")
    into, _ = numbers(database, "跃升")
    answer = visit.post(f"/articles/{key}/intake/{number}/merge", version=version)
    assert f"at={into}" in answer.location
    _, version = numbers(database, "340万辆")
    with database.reading() as session:
        merged = session.scalars(select(Proposal).where(Proposal.number == into)).one()
    visit.post(f"/articles/{key}/intake/{into}/split", version=merged.version, at=3)
    visit.post(f"/articles/{key}/intake/accept-all")
    assert claims(database) == 6
    assert "All proposals are sorted." not in visit.get(f"/articles/{key}/intake").text
    visit.post(f"/articles/{key}/intake/undo")
    visit.post(f"/articles/{key}/intake/undo")
    assert "0 kept" in visit.get(f"/articles/{key}/intake").text


def test_a_fragment_is_the_work_alone(database: Database) -> None:
    key = article(database)
    visit = Visit(database)
    answer = visit.get(f"/articles/{key}/intake", headers={"X-Fragment": "triage"})
    assert answer.text.lstrip().startswith('<div id="triage"')
    assert "X-Fragment" in answer.headers["Vary"]


def test_an_auditor_reads_and_decides_nothing(database: Database) -> None:
    key = article(database)
    visit = Visit(database, Role.AUDITOR)
    page = visit.get(f"/articles/{key}/intake").text
    assert 'data-key="y"' not in page
    number, _ = numbers(database, "340")
    visit.post(f"/articles/{key}/intake/{number}/accept", 403)
    visit.get("/articles/no-such/intake", 404)
    visit.get(f"/articles/{key}/intake/999/edit", 403)


def test_the_number_of_statements_does_not_grow_with_the_text(database: Database) -> None:
    short, long = article(database), article(database, "\n".join([TEXT] * 30))
    visit = Visit(database)
    counts = []
    for key in (short, long):
        visit.get(f"/articles/{key}/intake")
        with visit.statements() as sent:
            visit.get(f"/articles/{key}/intake")
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 24


def test_keeping_and_undoing_an_article_full_of_numbers_stays_quick(database: Database) -> None:
    key = article(database, "\n".join([TEXT] * 30))
    visit = Visit(database)
    sent = {}
    for step in ("accept-all", "undo"):
        with visit.statements() as said:
            visit.post(f"/articles/{key}/intake/{step}")
        sent[step] = len(said)
    kept = claims(database)
    assert kept > 100
    # One versioned update for each row that an optimistic lock guards, and no more than that.
    assert sent["accept-all"] < 2 * kept + 60
    assert sent["undo"] < kept + 60
    assert "0 kept" in visit.get(f"/articles/{key}/intake").text


def test_a_long_text_is_read_on_by_a_button(database: Database) -> None:
    long = "\n".join([TEXT] * 600)
    key = article(database, long)
    visit = Visit(database)
    page = visit.get(f"/articles/{key}/intake").text
    assert "Go on reading" in page
    read_to = int(re.findall(r'name="read_to" value="(\d+)"', page)[0])
    assert 20_000 < read_to <= 40_000
    for _ in range(2):
        # The second one is the same request sent again: nothing is read twice.
        visit.post(f"/articles/{key}/intake/read", read_to=read_to)
    with database.reading() as session:
        places = session.execute(select(QuantityMention.start, QuantityMention.stop)).all()
    assert len(places) == len(set(places))
    fragment = visit.get(f"/articles/{key}/intake", headers={"X-Fragment": "reading"}).text
    assert fragment.lstrip().startswith('<div id="reading"')


def test_the_intake_form_leads_to_sorting(database: Database) -> None:
    visit = Visit(database)
    answer = visit.post("/articles/new", text=TEXT, language="zh-Hans", published="2025-03-25")
    assert answer.location.endswith("/intake")
    with database.reading() as session:
        assert session.scalars(select(Article.id)).one()
    assert claims(database) == 0


def test_every_route_of_sorting_names_its_permission(sqlite_database: Database) -> None:
    app: Flask = Visit(sqlite_database).app
    found = app.extensions["permissions"]
    routes = [name for name in found if name.startswith(("triage.", "numbers.", "differences."))]
    assert len(routes) >= 17


def test_a_proposal_shows_where_the_same_was_checked_before(sqlite_database: Database) -> None:
    first, second = article(sqlite_database), article(sqlite_database, title="再排序")
    visit = Visit(sqlite_database)
    number, version = numbers(sqlite_database, "跃升")
    assert "Has this been checked?" not in visit.get(f"/articles/{first}/intake?at={number}").text
    visit.post(f"/articles/{first}/intake/{number}/accept", version=version)
    page = visit.get(f"/articles/{second}/intake?at={number}").text
    assert "Has this been checked?" in page
    assert "the figure may be the same" in page
    with sqlite_database.reading() as session:
        claim = session.scalars(select(Claim.id)).one()
    assert f"/claims/{claim}" in page
    assert "Has this been checked?" not in visit.get(f"/claims/{claim}").text
