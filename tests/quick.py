"""What costs thousands of tests their time and proves nothing in them, made cheap once."""

import gc
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Engine, TextClause
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache
from werkzeug.routing.rules import Rule

from app.accounts import signin

if TYPE_CHECKING:
    from types import CodeType

LEAST = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Argon2id still, with the least work it knows."""
PRODUCT = {"HASHER": signin.HASHER, "_nobody": signin._nobody}  # noqa: SLF001 - put back as it was


class Compiled(BytecodeCache):
    """Templates as compiled by any application of this process, found by name and source."""

    def __init__(self) -> None:
        """Begin with none."""
        self.known: dict[str, CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Hand out what was compiled from the same source."""
        bucket.code = self.known.get(bucket.key + bucket.checksum)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was just compiled."""
        if bucket.code is not None:
            self.known[bucket.key + bucket.checksum] = bucket.code


class Statements(LRUCache[Any, Any]):
    """Statements as compiled for any database of this process.

    A text is not kept: it may say `SELECT *`, whose columns are others in another revision.
    """

    def __setitem__(self, key: Any, value: Any) -> None:
        """Keep what was just compiled."""
        if not isinstance(value.statement, TextClause):
            super().__setitem__(key, value)


def pytest_collection_finish() -> None:
    """Let the collector pass over what stays until the end: modules, mappers, the tests."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Let the passwords of test accounts cost nearly nothing to hash and to check."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(signin, "HASHER", LEAST)
        patch.setattr(signin, "_nobody", LEAST.hash("nobody's password"))
        yield


@pytest.fixture
def product_passwords(monkeypatch: pytest.MonkeyPatch) -> PasswordHasher:
    """Hash as the product does, for the tests of just that; return what hashes."""
    for name, value in PRODUCT.items():
        monkeypatch.setattr(signin, name, value)
    return signin.HASHER


@pytest.fixture(scope="session", autouse=True)
def compiled_templates() -> Iterator[None]:
    """Compile each template once per process, not once per application."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flask, "jinja_options", {"bytecode_cache": Compiled()})
        yield


@pytest.fixture(scope="session", autouse=True)
def compiled_addresses() -> Iterator[None]:
    """Compile the code that builds each address once per process, not once per application.

    It depends on the rule alone, and makes up most of what an application costs to build.
    """
    made: dict[Any, Any] = {}
    compiled: Callable[..., Any] = Rule._compile_builder  # noqa: SLF001 - there is no public name

    def remembered(rule: Rule, append_unknown: bool = True) -> Any:  # noqa: FBT001, FBT002 - its signature
        key = (rule.rule, repr(rule.defaults), repr(rule._trace), append_unknown)  # noqa: SLF001
        if key not in made:
            made[key] = compiled(rule, append_unknown)
        return made[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", remembered)
        yield


@pytest.fixture(scope="session", autouse=True)
def compiled_statements() -> Iterator[None]:
    """Compile each statement once per process and kind of database, not once per database.

    A mapper keeps what was compiled for a dialect, and with it its engine, for as long as it has
    room: dialects that differ by nothing are one here, so that databases of the past are let go.
    """
    cache = Statements(4000)
    shared = property(lambda _engine: cache, lambda _engine, _own: None)

    def likeness(dialect: DefaultDialect) -> tuple[Any, ...]:
        return type(dialect), dialect.dbapi, dialect.paramstyle

    def same(one: DefaultDialect, other: object) -> bool:
        return isinstance(other, DefaultDialect) and likeness(one) == likeness(other)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DefaultDialect, "__hash__", lambda dialect: hash(likeness(dialect)))
        patch.setattr(DefaultDialect, "__eq__", same)
        patch.setattr(Engine, "_compiled_cache", shared, raising=False)
        yield
