"""Cursors: the place of a neighbouring page as a word only this desk can write."""

import uuid
from urllib.parse import urlencode

from flask import request
from itsdangerous import BadSignature, URLSafeSerializer

from app.seals import secrets_in_force
from app.typed_numbers import whole
from claims.errors import Refused

LONGEST = 400
LARGEST_PAGE = 10_000


def page_asked() -> int:
    """The page of a numbered list that is asked for."""
    return min(max(request.args.get("page", 1, type=whole), 1), LARGEST_PAGE)


def refused() -> Refused:
    """The refusal of a cursor this desk did not write for this list (field ``cursor``)."""
    return Refused(
        "cursor_forged",
        {
            "zh": "翻页标记无效：它不是本系统为这份列表写的。请从第一页重新开始。",
            "en": "The page marker (cursor) is not one this desk wrote for this list. "
            "Start again from the first page.",
        },
        "cursor",
    )


def write(name: str, direction: str, at: uuid.UUID | int | str) -> str:
    """Return the cursor of the page beside a row of the list called ``name``."""
    return _serializer(name).dumps([direction, str(at)])


def read(name: str) -> tuple[str, str] | None:
    """Return the direction and row of this request's cursor, or None on a first page.

    Raises Refused for a cursor that is forged, or was written for another list.
    """
    text = request.args.get("cursor")
    if not text:
        return None
    if len(text) > LONGEST or not text.isascii():
        raise refused()
    try:
        direction, at = _serializer(name).loads(text)
    except (BadSignature, ValueError) as problem:
        raise refused() from problem
    return direction, at


def read_uuid(name: str) -> uuid.UUID | None:
    """Return the row after which this request's page begins, by its key; None on a first page."""
    place = read(name)
    try:
        return uuid.UUID(place[1]) if place is not None else None
    except ValueError as problem:
        raise refused() from problem


def link(name: str, place: tuple[str, uuid.UUID | int | str] | None) -> str | None:
    """Return this very page's address with another cursor; None where there is no such page."""
    if place is None:
        return None
    pairs = [(key, value) for key, value in request.args.items(multi=True) if key != "cursor"]
    path = request.script_root + request.path
    return f"{path}?{urlencode([*pairs, ('cursor', write(name, *place))])}"


def _serializer(name: str) -> URLSafeSerializer:
    return URLSafeSerializer(secrets_in_force(), salt=f"cursor:{name}")
