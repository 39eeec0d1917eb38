"""The evidence store of this installation, opened once and swept when it is."""

from flask import current_app

from sources.store import Store


def store() -> Store:
    """Return the store; what interrupted uploads left behind is removed the first time."""
    found: Store | None = current_app.extensions.get("store")
    if found is None:
        found = Store(current_app.extensions["settings"].store)
        found.sweep()
        current_app.extensions["store"] = found
    return found
