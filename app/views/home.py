"""The home page: whose turn it is, which deadlines come, how the desk stands and what is new."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import format_timedelta

from app.accounts.current import may
from app.accounts.roles import Permission
from app.attention import asking
from app.desk_history import migrations_since, waiting_since
from app.permissions import requires
from app.unit_of_work import session
from claims.queries.attention import Turn, Waiting, your_turn
from claims.queries.desk import Load, open_articles, tallies, team_load, unsorted
from sources.base import now

blueprint = Blueprint("home", __name__)
LATELY = dt.timedelta(days=1)
ASLEEP = "snoozed"


@blueprint.get("/")
@requires(Permission.READ)
def page() -> ResponseReturnValue:
    """Show what waits for the person asking, and how the desk stands."""
    moment = now()
    turn, since = _turn(moment)
    standing = open_articles(session())
    return render_template(
        "home/page.html",
        turn=turn,
        rows=[(row, since[row.id], _span(moment - since[row.id])) for row in turn.rows],
        asleep=_asleep_asked(),
        standing=standing,
        moment=moment,
        left={row.key: _left(row.deadline, moment) for row in standing.articles},
        unsorted=unsorted(session()),
        loads=_loads(moment),
        tallies=tallies(session(), moment - LATELY),
        migrations=migrations_since(session(), moment - LATELY),
    )


@blueprint.get("/home.json")
@requires(Permission.READ)
def as_json() -> ResponseReturnValue:
    """Answer the same page for a machine."""
    moment = now()
    turn, since = _turn(moment)
    standing = open_articles(session())
    return jsonify(
        your_turn=[_plain(row, since[row.id]) for row in turn.rows],
        more=turn.more,
        open_articles=standing.number,
        statuses={status.value: count for status, count in standing.counts.items()},
        deadlines=[
            {
                "article": row.key,
                "deadline": row.deadline.isoformat() if row.deadline else None,
                "claims": row.claims,
                "signed_off": row.closed,
                "numbers": row.coverage.total,
                "numbers_accounted_for": row.coverage.accounted,
            }
            for row in standing.articles
        ],
        team=[asdict(load) for load in _loads(moment)],
        undecided_proposals={row.key: row.proposals for row in unsorted(session())},
        since_yesterday={"migrations": migrations_since(session(), moment - LATELY)},
        **_counts(moment),
    )


def _asleep_asked() -> bool:
    return request.args.get(ASLEEP) == "1"


def _turn(moment: dt.datetime) -> tuple[Turn, dict[Any, dt.datetime]]:
    turn = your_turn(session(), asking(), moment, asleep=_asleep_asked())
    return turn, dict(waiting_since(session(), turn.rows))


def _counts(moment: dt.datetime) -> dict[str, Any]:
    counted = asdict(tallies(session(), moment - LATELY))
    counted.pop("articles")
    return {"counts": counted}


def _loads(moment: dt.datetime) -> Sequence[Load]:
    """What the team has in hand, for whoever may hand work over."""
    return team_load(session(), moment) if may(Permission.SETTLE) else []


def _span(span: dt.timedelta) -> str:
    return str(format_timedelta(span, threshold=1.2))


def _left(deadline: dt.datetime | None, moment: dt.datetime) -> str | None:
    """How long there is until a deadline; None where it has passed or there is none."""
    return _span(deadline - moment) if deadline is not None and deadline > moment else None


def _plain(row: Waiting, since: dt.datetime) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "number": row.number,
        "article": row.article_key,
        "statement": row.statement,
        "reason": row.reason.value,
        "since": since.isoformat(),
        "risk": row.risk.value,
        "deadline": row.deadline.isoformat() if row.deadline else None,
        "verification_status": row.status.value,
        "stage": row.stage.value,
        "open_contests": row.contests,
    }
