"""Tests: one's own act is undone for a day, and refused cleanly when overtaken (U16)."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

import app.undoing
from app.accounts.administration import change_roles
from app.accounts.models import Account
from app.accounts.roles import Role
from app.db import Database
from app.ledger.verify import verify
from app.once.asked import new_key
from app.selection import short
from claims.models import Article, Claim, Contest, Evidence, Proposal, SignOff
from claims.signatures import valid_signatures
from claims.triage_vocabulary import ProposalState
from claims.vocabulary import Stage
from tests.app.browser import Reader
from tests.app.claim_desk import Desk, assess, attach, submitted
from tests.app.test_undoing import Doer, rows_of, undo
from tests.app.views.visit import Visit
from tests.claims.sorting import TEXT, an_article_to_sort


def test_the_flash_the_history_and_the_timeline_offer_the_same_undo(desk: Desk) -> None:
    doer = Doer(desk)
    done = doer.attach()
    address = f"/undo/{done.headers['X-Request-ID']}"

    flashed = doer.me.get(desk.path).text

    assert f'action="{address}"' in flashed.split('class="flashes"')[1].split("</form>")[0]
    assert 'data-key="z"' in flashed
    for path in (f"{desk.path}/history", "/audit"):
        assert doer.me.get(path).text.count(f'action="{address}"') == 1, path
        assert address not in desk.person("zhang.min").get(path).text
    moment = dt.datetime.now(dt.UTC).isoformat()
    assert address not in doer.me.get(f"{desk.path}/history?at={moment[:19]}Z").text
    answer = doer.me.client.post(address, data={"csrf_token": "", "next": "/queue"})
    assert answer.status_code == 403
    form = next(one for one in doer.me.read("/audit").forms if one.action == address)
    assert doer.me.send(form).status_code == 303
    assert "Undone: everything is as it was." in doer.me.get(desk.path).text
    assert doer.me.send(form).status_code == 303, "the same key, the same answer"
    assert doer.me.send(form, receipt=new_key()).status_code == 409


def test_an_undo_is_undone_and_the_act_stands_again(any_desk: Desk) -> None:
    doer = Doer(any_desk)
    doer.attach()
    item = any_desk.first(Evidence)
    before = doer.me.get(f"{any_desk.path}.json").get_json()
    done = doer.assess("supported")
    after = doer.me.get(f"{any_desk.path}.json").get_json()

    undone = undo(doer.me, done)
    assert doer.me.get(f"{any_desk.path}.json").get_json()["stage"] == before["stage"]
    again = undo(doer.me, undone)

    assert again.status_code == 303, again.text[:2000]
    now = doer.me.get(f"{any_desk.path}.json").get_json()
    for name in ("verification_status", "stage", "disposition", "content_sha256"):
        assert now[name] == after[name], name
    assert undo(doer.me, undone).status_code == 409
    assert undo(doer.me, again).status_code == 303
    assert item == any_desk.first(Evidence)
    assert verify(any_desk.database).findings == []


def test_what_somebody_went_on_from_is_refused_with_their_names(any_desk: Desk) -> None:
    doer, other = Doer(any_desk), any_desk.person("wang.fang")
    doer.attach()
    edited = doer.edit_item()
    path = f"/evidence/{doer.item()}/edit"
    assert other.fill(path, "quote", note="von dir").status_code == 303

    answer = undo(doer.me, edited)

    assert answer.status_code == 409
    page = Reader(answer.text)
    assert "this cannot be undone any more" in page.text
    assert "wang.fang" in page.text
    assert "von dir" in page.text
    judged = doer.edit_figure()
    assert assess(any_desk, other, "refuted") == 303
    refused = undo(doer.me, judged)
    assert refused.status_code == 409
    assert "wang.fang" in refused.text


def test_a_signature_comes_back_to_life_only_under_its_content(any_desk: Desk) -> None:
    """T-2P: taking an edit back signs nothing anew."""
    doer, reviewer = Doer(any_desk), any_desk.person("zhang.min")
    third = any_desk.person("wang.fang")
    submitted(any_desk, doer.me)
    signed = reviewer.fill(f"{any_desk.path}/sign-off", "answer", answer="sign")
    assert any_desk.stage() is Stage.SIGNED_OFF
    quote = third.fill(f"/evidence/{doer.item()}/edit", "quote", quote="4 %")
    assert any_desk.stage() is Stage.CHECKING

    assert undo(third, quote).status_code == 303
    assert any_desk.stage() is Stage.SIGNED_OFF

    own = reviewer.fill(f"{any_desk.path}/edit", "kind", statement_zh="别的话")
    assert any_desk.stage() is Stage.CHECKING
    undone = undo(reviewer, own)
    assert undone.status_code == 303
    assert "it has to be submitted or signed anew" in reviewer.get(any_desk.path).text
    assert any_desk.stage() is Stage.CHECKING
    with any_desk.database.reading() as session:
        assert valid_signatures(any_desk.claim(session)) == []
    refused = undo(reviewer, signed)
    assert refused.status_code == 422
    assert "A signature is not undone" in refused.text
    assert any_desk.count(SignOff) == 1


def test_an_undo_sooner_than_the_sealer_knows_what_stood_before(unsealed: Desk) -> None:
    doer, reviewer = Doer(unsealed), unsealed.person("zhang.min")
    submitted(unsealed, doer.me)
    reviewer.fill(f"{unsealed.path}/sign-off", "answer", answer="sign")
    changed = doer.edit_item()
    assert unsealed.stage() is Stage.CHECKING

    assert undo(doer.me, changed).status_code == 303
    assert unsealed.stage() is Stage.SIGNED_OFF


def test_a_submitted_claim_is_submitted_again_only_as_it_was(desk: Desk) -> None:
    doer = Doer(desk)
    submitted(desk, doer.me)
    first = doer.edit_item()
    assert desk.stage() is Stage.CHECKING
    assert undo(doer.me, first).status_code == 303
    assert desk.stage() is Stage.SUBMITTED

    again = doer.edit_item()
    assert doer.attach().status_code == 303
    assert undo(doer.me, again).status_code == 303
    assert desk.stage() is Stage.CHECKING


def test_what_is_never_undone_says_why_and_what_to_do(desk: Desk) -> None:
    doer = Doer(desk)
    attach(desk, doer.me)
    assess(desk, doer.me)
    handed = doer.me.fill(f"{desk.path}/submit", "receipt")
    assert undo(doer.me, handed).status_code == 422
    assert "A submission is not undone" in undo(doer.me, handed).text
    stranger = desk.person("wang.fang")
    taken = doer.comment()
    assert undo(stranger, taken).status_code == 403
    assert undo(stranger, doer.me.get("/help")).status_code == 404


def test_an_act_of_yesterday_is_not_undone_any_more(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    doer = Doer(desk)
    done = doer.attach()
    monkeypatch.setattr(app.undoing, "WITHIN", dt.timedelta(0))

    answer = undo(doer.me, done)

    assert answer.status_code == 404
    assert "put back from its entry, with a reason" in answer.text
    assert f"/undo/{done.headers['X-Request-ID']}" not in doer.me.get("/audit").text


def test_many_claims_taken_at_once_are_given_back_at_once(desk: Desk) -> None:
    me = desk.person("li.wei")
    with desk.database.reading() as session:
        claims = [short(key, 1) for key in session.scalars(select(Claim.id))]
    form = me.open("/queue?view=unassigned", "claims")
    done = me.send(form, claims=claims, act="take")
    # Who works on a claim is nobody's word about it.
    other = desk.person("wang.fang").fill(f"{desk.path}/edit", "kind", kind="rank")
    assert other.status_code == 303

    assert undo(me, done).status_code == 303

    with desk.database.reading() as session:
        assert set(session.scalars(select(Claim.assignee))) == {None}


def test_an_act_on_many_is_refused_wholly_when_one_of_them_was_changed_since(
    any_desk: Desk,
) -> None:
    doer, other = Doer(any_desk), any_desk.person("wang.fang")
    dropped = doer.drop_many()
    again = other.fill(f"{any_desk.path}/reopen", "reason", reason="doch")
    assert again.status_code == 303
    before = rows_of(any_desk)

    refused = undo(doer.me, dropped)

    assert refused.status_code == 409
    assert "wang.fang" in refused.text
    assert Reader(refused.text).text.count("C-") >= 1
    assert rows_of(any_desk) == before


def test_a_deadline_set_since_by_another_stands_and_hinders_nothing_else(any_desk: Desk) -> None:
    doer, other = Doer(any_desk), Doer(any_desk, "wang.fang")
    doer.attach()
    edited, due = doer.state_otherwise(), doer.due_many()
    assert assess(any_desk, other.me, "refuted") == 303
    article = doer.set_deadline()

    # A conclusion about the claim is no obstacle to taking back until when it is due.
    assert undo(doer.me, due).status_code == 303
    assert other.due_many().status_code == 303
    assert undo(doer.me, edited).status_code == 409
    theirs = other.set_deadline()
    overtaken = undo(doer.me, article)
    assert overtaken.status_code == 409
    assert "wang.fang" in overtaken.text
    assert undo(other.me, theirs).status_code == 303
    assert undo(doer.me, article).status_code == 303
    with any_desk.database.reading() as session:
        assert set(session.scalars(select(Article.deadline))) == {None}


def test_who_may_not_do_it_any_more_does_not_undo_it_either(desk: Desk) -> None:
    """T-2P: a role that was taken away undoes nothing."""
    doer = Doer(desk)
    assert doer.state_otherwise().status_code == 303
    done = [doer.state_otherwise(), doer.due_many(), doer.set_deadline()]
    comment = doer.comment()
    with desk.database.writing("system:test") as session:
        account = session.scalars(select(Account).where(Account.name == "li.wei")).one()
        change_roles(session, account, {Role.APPROVER}, by="system:test")

    assert [undo(doer.me, one).status_code for one in done] == [403] * 3
    assert undo(doer.me, comment).status_code == 303


def test_what_is_done_to_accounts_tokens_and_filters_says_where_it_is_changed_back(
    desk: Desk,
) -> None:
    person = desk.person("wang.fang")
    kept = person.fill("/queue?view=all", "query", name="all", query="view=all")
    made = person.fill("/account/tokens", "scopes", name="CMS", scopes=["read"], days="30")
    named = person.fill("/account", "display_name", display_name="Wang", language="en")
    for done, words in (
        (kept, "rename it, remove it or save it anew"),
        (made, "revoke it on the page of tokens"),
        (named, "change it on its own page"),
    ):
        answer = undo(person, done)
        assert answer.status_code == 422
        assert words in answer.text


def test_a_settled_contest_stays_and_its_raising_too(desk: Desk) -> None:
    """T-2P: neither whoever settled it nor whoever raised it takes it back."""
    doer, third = Doer(desk), desk.person("zhang.min")
    doer.attach()
    raised = doer.contest()
    data: dict[str, Any] = {"outcome": "rejected", "settlement": "有来源"}
    settled = third.fill(f"/contests/{desk.first(Contest)}/settle", "settlement", **data)
    assert settled.status_code == 303

    assert "settlement of a contest is not undone" in undo(third, settled).text
    assert undo(doer.me, raised).status_code == 409


def test_an_act_of_sorting_is_reached_by_the_same_undo_the_last_first(
    sqlite_database: Database,
) -> None:
    with sqlite_database.writing("editor:test") as session:
        key = an_article_to_sort(session, TEXT).article.key
    visit = Visit(sqlite_database)
    done = []
    for number in (1, 2):
        with sqlite_database.reading() as session:
            version = session.scalar(select(Proposal.version).where(Proposal.number == number))
        answer = visit.post(
            f"/articles/{key}/intake/{number}/reject", version=version, reason="opinion"
        )
        done.append(f"/undo/{answer.headers['X-Request-ID']}")

    assert "undo the later first" in visit.post(done[0], 409).text
    visit.post(done[1], next=f"/articles/{key}/intake")
    visit.post(done[0])

    with sqlite_database.reading() as session:
        states = session.scalars(select(Proposal.state).where(Proposal.number <= 2))
        assert set(states) == {ProposalState.PENDING}


@pytest.mark.parametrize(
    ("act", "may_still"), [("attach", True), ("comment", True), ("edit_claim", False)]
)
def test_whoever_lost_the_right_to_an_act_cannot_undo_it_either(
    desk: Desk, act: str, *, may_still: bool
) -> None:
    doer = Doer(desk)
    done = getattr(doer, act)() if act != "edit_claim" else _edited(doer)
    assert done.status_code == 303, done.text[:2000]
    demote(desk.database, "li.wei")
    undone = undo(doer.me, done)
    assert undone.status_code == (303 if may_still else 403), undone.text[:2000]


def test_sorting_is_not_undone_by_whoever_may_sort_no_more(sqlite_database: Database) -> None:
    with sqlite_database.writing("editor:li.wei") as session:
        key = an_article_to_sort(session, TEXT).article.key
    visit = Visit(sqlite_database)
    with sqlite_database.reading() as session:
        version = session.scalar(select(Proposal.version).where(Proposal.number == 1))
    address = f"/articles/{key}/intake/1/reject"
    done = visit.post(address, version=version, reason="opinion")
    demote(sqlite_database, visit.name)
    visit.post(f"/undo/{done.headers['X-Request-ID']}", 403)


def _edited(doer: Doer) -> Any:
    return doer.me.fill(f"{doer.claim}/edit", "kind", kind="other")


def demote(database: Database, name: str) -> None:
    """Leave somebody the role of a reporter alone."""
    with database.writing("editor:xu.ke") as session:
        account = session.scalars(select(Account).where(Account.name == name)).one()
        change_roles(session, account, {Role.REPORTER}, by="editor:xu.ke")
