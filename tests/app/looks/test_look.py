"""Looks at pages that change: what is found, what is written down, and how politely."""

import contextlib
import datetime as dt
from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

from app.db import Database
from app.jobs.models import Job
from app.looks.queueing import queue, queue_due
from claims.freshness import freshness
from claims.material import material_sha256
from claims.models import Claim, Evidence
from claims.vocabulary import Freshness, Watched
from sources.base import now
from sources.documents import confined
from sources.documents.limits import AT_ONCE
from sources.looks.models import HostPace, SourceLook
from sources.models import Snapshot, Source
from sources.vocabulary import PageAnswer
from tests.app.looks.site import ARTICLE, RAIN, Site, Watching, html, page, site
from tests.sources.servers import answer

BUSY = answer(b"", status="429 Too Many Requests", Retry_After="86400")
NO_PAGE = answer(b"no", status="404 Not Found")


@pytest.fixture
def pages() -> Iterator[Site]:
    with site(rain=page(ARTICLE)) as found:
        yield found


@pytest.fixture
def watching(sqlite_database: Database, pages: Site) -> Watching:
    return Watching(sqlite_database, pages)


@pytest.fixture
def any_watching(database: Database, pages: Site) -> Watching:
    return Watching(database, pages)


def fresh(watching: Watching, item: Evidence) -> Freshness:
    with watching.database.reading() as session:
        return freshness(session.get_one(Claim, item.claim_id).findings)


def copies(watching: Watching) -> int:
    with watching.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Snapshot)) or 0


def test_a_page_that_says_the_same_leaves_one_copy_and_no_entry(any_watching: Watching) -> None:
    item = any_watching.evidence("/rain")

    any_watching.look(item)
    any_watching.look(item)

    assert any_watching.last(item).looks == 2
    assert (any_watching.seen(item), any_watching.states(item)) == ([], [])
    assert copies(any_watching) == 1
    assert fresh(any_watching, item) is Freshness.CURRENT


def test_a_changed_figure_is_found_kept_and_told_and_the_signed_content_stays(
    any_watching: Watching,
) -> None:
    item = any_watching.evidence("/rain")
    any_watching.look(item)
    with any_watching.database.reading() as session:
        signed = material_sha256(session.get_one(Claim, item.claim_id))
    any_watching.site.pages["/rain"] = html(ARTICLE.replace("12.5%", "13.1%"))

    any_watching.look(item)
    any_watching.look(item)

    (row,) = any_watching.seen(item)
    assert row.outcome is Watched.FIGURE_CHANGED
    assert (row.old_words, row.new_words) == (RAIN, RAIN.replace("12.5%", "13.1%"))
    assert row.kept_id is not None
    assert copies(any_watching) == 2
    assert fresh(any_watching, item) is Freshness.SOURCE_CHANGED
    with any_watching.database.reading() as session:
        claim = session.get_one(Claim, item.claim_id)
        assert material_sha256(claim) == signed
        assert "13.1%" in claim.findings[-1].message["en"]


def test_a_figure_that_is_put_back_leaves_no_finding(watching: Watching) -> None:
    item = watching.evidence("/rain")
    watching.site.pages["/rain"] = page(ARTICLE.replace("12.5%", "13.1%"))
    watching.look(item)
    watching.site.pages["/rain"] = page(ARTICLE)

    watching.look(item)

    assert [row.outcome for row in watching.seen(item)] == [Watched.FIGURE_CHANGED, Watched.SAME]
    assert fresh(watching, item) is Freshness.CURRENT


def test_words_that_are_gone_are_believed_at_the_third_look(watching: Watching) -> None:
    item = watching.evidence("/rain")
    watching.site.pages["/rain"] = page("气象局说，数据正在复核，各地差别很大。")

    for looks in (1, 2):
        watching.look(item)
        assert watching.last(item).missed == looks
        assert watching.seen(item) == []
    watching.look(item)

    (row,) = watching.seen(item)
    assert row.outcome is Watched.GONE
    assert fresh(watching, item) is Freshness.SOURCE_GONE


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (NO_PAGE, PageAnswer.MISSING),
        (answer(b"", status="410 Gone"), PageAnswer.MISSING),
        (answer(b"", status="500 Oops"), PageAnswer.UNREACHABLE),
        (answer(b"", status="403 Forbidden"), PageAnswer.WALLED),
        (page("404\n\n抱歉，您访问的页面不存在。"), PageAnswer.MISSING),
        (page("Please sign in to continue reading."), PageAnswer.WALLED),
        (answer(b"", status="302 Found", Location="/"), PageAnswer.MISSING),
        (b"no http at all\r\n\r\n", PageAnswer.UNREACHABLE),
    ],
)
def test_a_lost_page_is_called_lost_at_the_third_look(
    watching: Watching, content: bytes, expected: PageAnswer
) -> None:
    item = watching.evidence("/rain")
    watching.site.pages |= {"/rain": content, "/": page("首页，今日要闻。")}

    for _ in range(2):
        watching.look(item)
    assert watching.states(item) == []
    watching.look(item)

    (state,) = watching.states(item)
    assert state.answer is expected
    assert state.reason
    assert fresh(watching, item) is Freshness.SOURCE_GONE


def test_a_page_that_comes_back_is_alive_again(watching: Watching) -> None:
    item = watching.evidence("/rain")
    watching.site.pages["/rain"] = NO_PAGE
    for _ in range(3):
        watching.look(item)
    watching.site.pages["/rain"] = page(ARTICLE)

    watching.look(item)

    assert [row.answer for row in watching.states(item)] == [PageAnswer.MISSING, PageAnswer.ALIVE]
    assert fresh(watching, item) is Freshness.CURRENT


def test_one_failure_says_nothing(watching: Watching) -> None:
    item = watching.evidence("/rain")
    watching.site.pages["/rain"] = answer(b"", status="503 Busy")
    watching.look(item)
    watching.site.pages["/rain"] = page(ARTICLE)

    watching.look(item)

    assert watching.last(item).strikes == 0
    assert watching.states(item) == []


def test_a_site_that_asks_for_patience_is_left_alone_as_long(watching: Watching) -> None:
    item = watching.evidence("/rain")
    watching.site.pages["/rain"] = BUSY

    watching.look(item)

    last = watching.last(item)
    assert last.strikes == 0
    assert last.next_at is not None
    assert last.next_at - now() > dt.timedelta(hours=23)
    with watching.database.writing("system:watch") as session:
        assert queue_due(session, now()) == []


def test_a_redirect_is_noted_with_where_it_leads(watching: Watching) -> None:
    item = watching.evidence("/rain")
    watching.site.pages |= {
        "/rain": answer(b"", status="301 Moved", Location="/2024/rain"),
        "/2024/rain": page(ARTICLE),
    }

    watching.look(item)

    (state,) = watching.states(item)
    assert state.answer is PageAnswer.REDIRECTED
    assert state.final_url == watching.site.url("/2024/rain")
    assert fresh(watching, item) is Freshness.CURRENT


def test_what_robots_txt_forbids_is_not_read(watching: Watching) -> None:
    item = watching.evidence("/rain")
    watching.site.pages["/robots.txt"] = answer(
        b"User-agent: *\nDisallow: /rain", kind="text/plain"
    )

    watching.look(item)

    assert watching.site.asked == ["/robots.txt"]
    (state,) = watching.states(item)
    assert state.answer is PageAnswer.FORBIDDEN
    assert fresh(watching, item) is Freshness.CURRENT


def test_a_redirect_into_what_is_forbidden_is_not_followed(watching: Watching) -> None:
    item = watching.evidence("/rain")
    watching.site.pages |= {
        "/rain": answer(b"", status="302 Found", Location="/inner"),
        "/robots.txt": answer(b"User-agent: ClaimDesk\nDisallow: /inner", kind="text/plain"),
    }

    watching.look(item)

    assert watching.site.asked == ["/robots.txt", "/rain"]
    assert [row.answer for row in watching.states(item)] == [PageAnswer.FORBIDDEN]


def test_while_a_site_cannot_give_its_rules_nothing_is_read(watching: Watching) -> None:
    item = watching.evidence("/rain")
    watching.site.pages["/robots.txt"] = answer(b"", status="500 Oops")

    watching.look(item)

    assert watching.site.asked == ["/robots.txt"]


def test_a_site_that_gives_neither_rules_nor_page_is_out_of_reach(watching: Watching) -> None:
    item = watching.evidence("/rain")
    watching.site.pages["/robots.txt"] = answer(b"", status="500 Oops")

    for _ in range(3):
        watching.look(item)

    (state,) = watching.states(item)
    assert state.answer is PageAnswer.UNREACHABLE
    assert state.reason is not None
    assert "did not answer" in state.reason["en"]


def test_rules_are_asked_for_once_a_day(watching: Watching) -> None:
    item = watching.evidence("/rain")

    watching.look(item)
    watching.look(item)

    assert watching.site.asked == ["/robots.txt", "/rain", "/rain"]


def test_crawl_delay_is_kept_between_two_requests(watching: Watching) -> None:
    item = watching.evidence("/rain")
    watching.site.pages["/robots.txt"] = answer(
        b"User-agent: *\nCrawl-delay: 120\n", kind="text/plain"
    )

    watching.look(item)

    with watching.database.reading() as session:
        (pace,) = session.scalars(select(HostPace)).all()
    assert pace.free_at - now() > dt.timedelta(seconds=100)


def test_a_page_that_did_not_change_is_not_sent_again(watching: Watching) -> None:
    item = watching.evidence("/rain")
    watching.site.pages["/rain"] = page(ARTICLE, ETag='"a1"')
    watching.look(item)
    watching.site.pages["/rain"] = answer(b"", status="304 Not Modified")

    watching.look(item)

    assert b'If-None-Match: "a1"' in watching.site.heads[-1]
    assert watching.last(item).looks == 2
    assert watching.states(item) == []


def test_a_page_in_which_nothing_was_read_is_read_again(watching: Watching) -> None:
    item = watching.evidence("/rain")
    watching.site.pages["/rain"] = page("", ETag='"a1"')
    watching.look(item)

    watching.look(item)

    assert b"If-None-Match" not in watching.site.heads[-1]


def test_a_page_that_nobody_had_time_to_read_is_looked_at_again_and_says_nothing(
    watching: Watching, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = watching.evidence("/rain")
    assert item.source_id is not None
    watching.site.pages["/rain"] = html(ARTICLE.replace("12.5%", "13.1%"))
    monkeypatch.setattr(confined, "WAIT", 0.0)
    with contextlib.ExitStack() as taken:
        for _ in range(AT_ONCE):
            taken.enter_context(confined.TURN)
        with watching.database.writing("system:watch") as session:
            queue(session, item.source_id)
        for _ in range(2):
            # The first turn goes to the site's robots.txt.
            watching.wait_no_longer()
            watching.worker().run_ready()
        with watching.database.reading() as session:
            assert session.get(SourceLook, item.source_id) is None
    monkeypatch.undo()

    watching.look(item)

    assert [row.outcome for row in watching.seen(item)] == [Watched.FIGURE_CHANGED]


def test_other_words_are_never_answered_by_an_unchanged_page(watching: Watching) -> None:
    item = watching.evidence("/rain")
    watching.site.pages["/rain"] = page(ARTICLE, ETag='"a1"')
    watching.look(item)
    with watching.database.writing("editor:li.wei") as session:
        session.get_one(Evidence, item.id).quote = "各地差别很大"

    watching.look(item)

    assert b"If-None-Match" not in watching.site.heads[-1]


def test_another_address_begins_anew(watching: Watching) -> None:
    item = watching.evidence("/rain")
    watching.site.pages["/rain"] = NO_PAGE
    for _ in range(3):
        watching.look(item)
    watching.site.pages["/new"] = page(ARTICLE)
    with watching.database.writing("editor:li.wei") as session:
        session.get_one(Source, item.source_id).url = watching.site.url("/new")

    watching.look(item)

    assert watching.last(item).strikes == 0
    assert watching.last(item).url.endswith("/new")


def test_two_workers_never_ask_one_site_at_the_same_time(any_watching: Watching) -> None:
    items = [any_watching.evidence(f"/rain{number}") for number in range(3)]
    for number in range(3):
        any_watching.site.pages[f"/rain{number}"] = page(ARTICLE)
    any_watching.look(items[0])
    before = len(any_watching.site.asked)
    with any_watching.database.writing("system:watch") as session:
        for item in items:
            assert item.source_id is not None
            queue(session, item.source_id)

    # The site's pause has not passed: whoever takes a job finds it is not its turn.
    any_watching.worker().run_ready()
    any_watching.worker().run_ready()

    assert len(any_watching.site.asked) == before
    with any_watching.database.reading() as session:
        waiting = session.scalars(select(Job).where(Job.run_after.is_not(None))).all()
    assert len(waiting) == 3


def test_a_confidential_source_is_never_looked_at(watching: Watching) -> None:
    item = watching.evidence("/rain")
    with watching.database.writing("editor:li.wei") as session:
        session.get_one(Source, item.source_id).confidential = True

    watching.look(item)

    assert watching.site.asked == []


def test_a_picture_of_a_page_without_text_misses_nothing(watching: Watching) -> None:
    item = watching.evidence("/rain")
    watching.site.pages["/rain"] = answer(b"\x89PNG\r\n\x1a\n" + b"\0" * 40, kind="image/png")

    watching.look(item)

    assert watching.last(item).missed == 0
    assert watching.seen(item) == []
