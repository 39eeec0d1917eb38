"""The secrets with which the desk seals what others keep for it."""

from flask import current_app


def secrets_in_force() -> list[str]:
    """Return the former secrets, which still open what they sealed, and the present one last.

    It is the last with which itsdangerous seals.
    """
    config = current_app.config
    return [*(config["SECRET_KEY_FALLBACKS"] or ()), config["SECRET_KEY"]]
