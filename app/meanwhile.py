"""What others did to a row since a form was opened on it, told before the act is asked again."""

from collections.abc import Sequence
from typing import Any, Protocol

from app import timeline
from app.forms.base import DeskForm
from app.forms.sending import is_stale
from app.ledger.history import Entry
from app.ledger.since import since, together
from app.object_names import names
from app.unit_of_work import session
from claims.models import Claim

SHOWN = 12
"""Changes that are told; the row's history has all."""


class Row(Protocol):
    """A row that is acted on: its table, its key, and a version that rises with each save."""

    __tablename__: Any

    @property
    def id(self) -> Any:
        """The key."""

    @property
    def version(self) -> int:
        """The present version."""


def asked_again(form: DeskForm, row: Row) -> None:
    """After a refusal: tell what changed since the form was opened, and ask about the row of today.

    What was typed stays in the form; only the version it answers for is the present one.
    """
    if not is_stale(form, row.version or 0):
        return
    tell(form, together(session(), _saves(form, row)))
    form.version.data = str(row.version or 0)


def tell(form: DeskForm, entries: Sequence[Entry]) -> None:
    """Put the changes of others above a form that was refused for them."""
    shown = entries[:SHOWN]
    known = names(session(), timeline.keys(shown))
    form.meanwhile = [timeline.told(entry, known) for entry in shown]


def version_to_add(form: DeskForm, claim: Claim) -> int | None:
    """The version an addition answers for; None where the claim states what it stated then.

    Two people who add something stand in nobody's way: an addition overwrites nothing. What was
    added to another statement than is there now has to be looked at again.
    """
    if not is_stale(form, claim.version):
        return None
    saves = _saves(form, claim)
    same = saves and not any("statement" in (entry.new or {}) for entry in saves)
    return None if same else form.seen_version


def _saves(form: DeskForm, row: Row) -> list[Entry]:
    session().flush()
    return since(session(), row.__tablename__, str(row.id), form.seen_version)
