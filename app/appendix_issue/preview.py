"""What an appendix would say before it is issued: its content, what is hidden, what is missing."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from app.appendix_issue.showing import Showing, Standing, showing, standing
from app.appendix_issue.state import State, present, state_of
from app.appendix_issue.wish import Wish
from app.db import Database
from claims.appendix.document import Document, Issue, Replaces, withheld_matters
from claims.appendix.gaps import Gaps, gaps
from claims.appendix.hiding import Hidden
from sources.store import Store

MOST = 200
"""How many claims a preview collects and holds: thousands would help nobody, and take long."""


@dataclass(frozen=True, slots=True)
class Preview:
    """An appendix that is not issued; ``claims`` gives the identifier of a claim by its number."""

    wish: Wish
    state: State
    showing: Showing
    standing: Standing
    gaps: Gaps
    claims: Mapping[int, str]

    @property
    def hidden(self) -> list[Hidden]:
        """What the profile withholds, matter by matter."""
        return self.showing.shown.hidden

    @property
    def root(self) -> str:
        """The root of the tree of commitments, which the content has in every profile.

        Of a part it is the root of that part: enough to know by whether something else was seen.
        """
        return self.showing.shown.root.hex()

    @property
    def left_out(self) -> int:
        """How many claims the preview does not hold, and the files do."""
        return self.state.content.left_out

    @property
    def claims_shown(self) -> int:
        """How many claims the preview holds."""
        return len(self.showing.shown.claims)

    def document(self) -> Document:
        """The document as far as it is known before the issue; of a long article, its beginning."""
        shown, former = self.showing.shown, self.standing.former
        differing = self.standing.differences
        replaces = former and differing and Replaces(former.number, **asdict(differing))
        issue = Issue(
            number=0,
            profile=self.wish.profile.value,
            language=self.wish.language,
            style=self.wish.style.value,
            ledger_position=self.state.position,
            as_of=self.state.at,
            issued_at="",
            issued_by=None,
            replaces=replaces or None,
            profiles_version=shown.policy.version,
            withholds=withheld_matters(self.hidden),
        )
        return Document(issue, shown.head, shown.claims, [], None)


def preview(
    database: Database, store: Store, wish: Wish, *, reader: str, zone: dt.tzinfo = dt.UTC
) -> Preview:
    """Return what an appendix would say to whoever may know what its reader may.

    Raise Missing and Refused as :func:`app.appendix_issue.state.state_of` does.
    """
    if wish.as_of:
        state = state_of(database, wish, zone, most=MOST)
    else:
        state = present(database, wish, most=MOST)
    found = showing(database, state, wish, reader)
    with database.reading() as session:
        known = standing(session, store, state, wish, found)
    numbers = (number for number, _root in found.shown.roots)
    ids = dict(zip(numbers, found.shown.ids, strict=True))
    if state.missing is not None:
        ids |= {number: str(key) for number, key in state.missing.ids.items()}
    return Preview(wish, state, found, known, _missing(state), ids)


def _missing(state: State) -> Gaps:
    if state.missing is not None:
        return state.missing.gaps
    return gaps(state.content.head["summary"], state.content.claims)
