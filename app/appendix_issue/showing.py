"""A state as a profile shows it to whoever issues, and how that stands to former issues."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.appendix_issue import documents, issues
from app.appendix_issue.secret import secret
from app.appendix_issue.state import State
from app.appendix_issue.wish import Wish
from app.db import Database
from claims.appendix.differences import Differences, Marks, differences, marks
from claims.appendix.profiles import policy_of
from claims.appendix.redaction import Shown, redacted, state_sha256
from claims.models import Appendix
from sources.need_to_know import withheld_from
from sources.store import Store


@dataclass(frozen=True, slots=True)
class Showing:
    """What of a state is shown, and ``told``: the confidential sources it names, by number."""

    shown: Shown
    told: Mapping[int, uuid.UUID]
    state_sha256: str
    marks: Marks


@dataclass(frozen=True, slots=True)
class Standing:
    """How a showing stands to what was issued before.

    ``same`` is the issue that says the very same, ``former`` the one that would be replaced, and
    ``differences`` how it differs from that; None where that cannot be told, because it was issued
    in an older format, its document is gone, or only a part of the claims was collected: ``same``
    is found when issuing then.
    """

    number: int
    same: Appendix | None
    former: Appendix | None
    differences: Differences | None


def showing(database: Database, state: State, wish: Wish, reader: str) -> Showing:
    """Redact a state for its profile, as far as whoever issues may know."""
    policy, key = policy_of(wish.profile), secret(database)
    with database.reading() as session:
        told = _known(session, state, reader) if policy.if_unknown else {}
    shown = redacted(state.content, policy, key, told)
    named = sorted(map(str, told.values()))
    digest = state_sha256(
        state.content,
        key,
        wish.profile.value,
        wish.language,
        wish.style.value,
        policy.version,
        *named,
    )
    return Showing(shown, told, digest, marks(shown.head, shown.claims))


def standing(
    session: Session, store: Store, state: State, wish: Wish, showing: Showing
) -> Standing:
    """Look up what was issued before, and compare with it."""
    former = issues.former(session, state.article, wish)
    number = issues.last_number(session, state.article) + 1
    if state.content.left_out:
        return Standing(number, None, former, None)
    alike = issues.newest_alike(session, state.article, state.version, wish)
    same = alike if alike is not None and alike.state_sha256 == showing.state_sha256 else None
    known = documents.marks_of(store, former) if former is not None else None
    return Standing(
        number,
        same,
        former,
        None if known is None else differences(known, showing.marks),
    )


def _known(session: Session, state: State, reader: str) -> dict[int, uuid.UUID]:
    """The confidential sources of a content that somebody may know, by their number in it."""
    withheld = _keys(session, reader)
    return {number: key for number, key in state.content.guarded.items() if key not in withheld}


def _keys(session: Session, reader: str) -> Collection[uuid.UUID]:
    return set(session.scalars(withheld_from(reader)))
