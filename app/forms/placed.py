"""The fields that say where in a copy a passage stands, and what is asked of the copy meanwhile."""

import re
import uuid
from collections.abc import Sequence
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectChoice, SelectField
from wtforms.validators import Optional

from app.filters import moment_typed
from sources.models import Snapshot
from sources.quotes import Span

ACT = "act"
SPAN = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")


class PlacedFields:
    """Which copy is read, and where the passage and its figure stand there.

    ``known_to_differ`` is the typed figure of which the person was told that the passage states
    another one; ``read_in`` the copy in which place and figure were read.
    """

    snapshot = SelectField(
        _("Snapshot to read"),
        [Optional()],
        choices=[],
        validate_choice=False,
        description=_("Its text stands beside the form: select the words there."),
    )
    place = HiddenField()
    figure_place = HiddenField()
    known_to_differ = HiddenField()
    read_in = HiddenField()
    part = HiddenField()

    def offer_copies(self, copies: Sequence[Snapshot]) -> None:
        """Fill the list with the copies of the chosen source, the newest first."""
        self.snapshot.choices = [
            SelectChoice("", "—"),
            *(SelectChoice(str(copy.id), copy_line(copy)) for copy in copies),
        ]

    @property
    def snapshot_id(self) -> uuid.UUID | None:
        """The chosen copy."""
        return key_or_none(self.snapshot.data)


def act_asked() -> tuple[str, str]:
    """What a button asks instead of saving, and about what: ("at", "12-40"); nothing asked: ""."""
    act, _sign, about = request.form.get(ACT, "").partition(":")
    return act, about


def span_or_none(text: Any) -> Span | None:
    """Read a place as a form sends it, ``12-40``; None for anything else."""
    found = SPAN.fullmatch(text) if isinstance(text, str) else None
    return (int(found[1]), int(found[2])) if found else None


def span_text(span: Span | None) -> str:
    """Write a place as a form sends it."""
    return f"{span[0]}-{span[1]}" if span else ""


def key_or_none(text: Any) -> uuid.UUID | None:
    """Read the key of a row; None for a text that is none."""
    try:
        return uuid.UUID(text)
    except (TypeError, ValueError, AttributeError):
        return None


def copy_line(copy: Snapshot) -> str:
    """One line by which a person knows a copy in a list."""
    name = copy.file_name or copy.sha256[:12]
    return f"{name} · {moment_typed(copy.retrieved_at or copy.created_at)}"
