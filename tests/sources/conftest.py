"""What the tests of the domain are given."""

from tests.sessions import (
    postgres_server,
    session,
    shared_database,
    template_postgresql,
    template_sqlite,
)

__all__ = [
    "postgres_server",
    "session",
    "shared_database",
    "template_postgresql",
    "template_sqlite",
]
