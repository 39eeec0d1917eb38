"""A page's twin: the same view with the same values, told to a program as JSON.

A view that answers both has two addresses, its own and the same with ``.json``, and returns
:func:`shown`. What a twin tells is given once; the template gets the very values it was made of.
"""

import datetime as dt
import json
import uuid
from collections.abc import Callable, Collection
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Flask, Response, current_app, render_template, request, url_for
from flask_babel.speaklater import LazyString
from sqlalchemy import inspect

from app.past.reading import stated_past
from sources.base import Base
from sources.columns import plain

Shown = str | Response
"""A page, or its twin."""
ENDING = ".json"
START = {"/": "/home.json"}
"""The page whose address has no name of its own, and its twin."""
PRIVATE = frozenset(
    {"password_hash", "session_token", "token_sha256", "key_sha256", "device_sha256"}
)
"""Columns that no page shows and no twin tells."""


def shown(template: str, twin: Callable[[], dict[str, Any]], /, **values: Any) -> Shown:
    """Return the page for a person, or its twin where the address asks for that."""
    if not is_asked():
        return render_template(template, **values)
    return told({**twin(), **stated_past()})


def told(found: dict[str, Any]) -> Response:
    """Return values as the answer to a program."""
    text = json.dumps(found, ensure_ascii=False, default=value)
    return Response(text + "\n", mimetype="application/json")


def is_asked() -> bool:
    """Tell whether the address of this request is that of a twin."""
    return request.url_rule is not None and request.url_rule.rule.endswith(ENDING)


def value(found: object) -> Any:
    """Return a value as JSON has it: decimals and keys as text, moments in ISO 8601."""
    if isinstance(found, Decimal):
        return plain(found)
    if isinstance(found, uuid.UUID | LazyString):
        return str(found)
    if isinstance(found, dt.datetime | dt.date):
        return found.isoformat()
    if isinstance(found, set | frozenset):
        return sorted(found)
    raise TypeError(type(found).__name__)


def columns(row: Base, without: Collection[str] = ()) -> dict[str, Any]:
    """Return a row's own columns by name, but for what no page shows."""
    names = [attribute.key for attribute in inspect(row).mapper.column_attrs]
    left_out = PRIVATE.union(without)
    return {name: getattr(row, name) for name in names if name not in left_out}


def twin_of(rule: str) -> str:
    """Return the address, or its pattern, at which a page's twin would be."""
    return START.get(rule, rule + ENDING)


def address() -> str | None:
    """Return the address of this page's twin; None where it has none."""
    rule = request.url_rule
    if rule is None or rule.rule.endswith(ENDING):
        return None
    known: dict[str, str] = current_app.extensions["twins"]
    endpoint = known.get(twin_of(rule.rule))
    if endpoint is None:
        return None
    plain, _mark, query = url_for(endpoint, **(request.view_args or {})).partition("?")
    # What is asked is handed on as it came, for a name in it may mean something to url_for, which
    # by itself adds the moment of a page of the past.
    known_already = dict(parse_qsl(query))
    asked = [one for one in request.args.items(multi=True) if one[0] not in known_already]
    found = urlencode([*asked, *known_already.items()])
    return f"{plain}?{found}" if found else plain


def init_twins(app: Flask) -> None:
    """Let pages name their twins; call it when all routes are there."""
    rules = app.url_map.iter_rules()
    app.extensions["twins"] = {r.rule: r.endpoint for r in rules if r.rule.endswith(ENDING)}
    app.jinja_env.globals["twin_address"] = address
