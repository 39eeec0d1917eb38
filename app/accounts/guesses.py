"""Guesses at one-time links: counted by the place they come from, before a page says anything.

A link that was ever made is no guess, whatever became of it: its holder is never told to wait for
what others try from the same place. Nobody finds one of 256 bits by trying; what is bounded is the
work that trying makes, on every address that holds such a secret.
"""

from collections.abc import Callable, Mapping
from typing import Final

from flask import request
from sqlalchemy.orm import Session
from werkzeug.exceptions import TooManyRequests

from app.accounts import attempts, links
from app.limits.vocabulary import Gate
from app.once.asked import SECRET_PART
from app.unit_of_work import database
from claims import invitations

COUNTED_AS: Final = "a link"
MADE: Final[Mapping[str, Callable[[Session, str], bool]]] = {
    "accounts": links.was_made,
    "answers": invitations.was_made,
    "provider": links.was_made,
}
"""By the blueprint of an address with a secret: what tells whether there ever was such a link."""


def count_guess() -> None:
    """Count a request for a link that never was; raise TooManyRequests past the limit."""
    if request.url_rule is None or SECRET_PART not in request.url_rule.rule:
        return
    token = str((request.view_args or {})["token"])
    with database().reading() as session:
        if MADE[request.blueprint or ""](session, token):
            return
    tried = attempts.attempt(database(), COUNTED_AS, request.remote_addr or "", Gate.LINK)
    if tried.wait is not None:
        raise TooManyRequests(retry_after=tried.wait)
