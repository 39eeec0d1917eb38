"""Each route names the permission it needs; one that does not keeps the app from starting."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask
from werkzeug.exceptions import NotFound

from app.accounts.roles import Permission

Marked = TypeVar("Marked", bound=Callable[..., Any])


def requires(
    permission: Permission,
    *,
    open_by: str | None = None,
    fresh: bool = False,
    in_person: bool = False,
) -> Callable[[Marked], Marked]:
    """Declare what a view needs; :func:`app.accounts.current.admit` enforces it.

    ``open_by`` names the setting with which an installation opens the view to anybody. ``fresh``
    says that it changes who can get in: whoever asks proves again who they are, if the last proof
    is some time ago (:mod:`app.views.confirming`). ``in_person`` keeps tokens out: a program that
    reads the desk need not know by which ways its owner gets in.
    """

    def mark(view: Marked) -> Marked:
        view.permission = permission  # type: ignore[attr-defined]
        view.open_by = open_by  # type: ignore[attr-defined]
        view.fresh = fresh  # type: ignore[attr-defined]
        view.in_person = in_person  # type: ignore[attr-defined]
        return view

    return mark


def permission_of(app: Flask, endpoint: str) -> Permission:
    """Return the declared permission of an endpoint; raise NotFound for one without any."""
    if endpoint == "static":
        return Permission.PUBLIC
    found: Permission | None = app.extensions["permissions"].get(endpoint)
    if found is None:
        # Whatever was added after the application was made declared nothing to it.
        raise NotFound
    return found


def needs_fresh_proof(app: Flask, endpoint: str | None) -> bool:
    """Tell whether an endpoint declared that it changes who can get in."""
    return bool(getattr(app.view_functions.get(endpoint or ""), "fresh", False))


def is_in_person(app: Flask, endpoint: str) -> bool:
    """Tell whether an endpoint declared that no token opens it."""
    return bool(getattr(app.view_functions.get(endpoint), "in_person", False))


def collect_permissions(app: Flask) -> None:
    """Read the declarations of all routes; raise RuntimeError naming those without one."""
    found: dict[str, Permission] = {}
    silent: list[str] = []
    for endpoint, view in app.view_functions.items():
        permission, open_by = getattr(view, "permission", None), getattr(view, "open_by", None)
        if permission is not None:
            is_open = open_by is not None and getattr(app.extensions["settings"], open_by)
            found[endpoint] = Permission.PUBLIC if is_open else permission
        elif endpoint != "static":
            silent.append(endpoint)
    if silent:
        message = f"these routes name no permission: {', '.join(sorted(silent))}"
        raise RuntimeError(message)
    app.extensions["permissions"] = found
