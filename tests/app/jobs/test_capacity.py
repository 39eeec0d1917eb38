"""How many jobs a process begins: each kind has its bound, and fetching leaves a thread free."""

import pytest

from app.jobs.capacity import free_kinds
from app.jobs.handlers import HANDLERS, Handler


@pytest.fixture(autouse=True)
def _two_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in list(HANDLERS):
        monkeypatch.delitem(HANDLERS, kind)
    monkeypatch.setitem(HANDLERS, "read", Handler("m:f", at_once=2))
    monkeypatch.setitem(HANDLERS, "fetch", Handler("m:f", at_once=9, fetches=True))


@pytest.mark.parametrize(
    ("threads", "running", "free"),
    [
        (4, [], ["read", "fetch"]),
        (4, ["read", "read"], ["fetch"]),
        (4, ["fetch", "fetch", "fetch"], ["read"]),
        (4, ["fetch", "fetch", "read"], ["read", "fetch"]),
        (4, ["fetch", "fetch", "read", "read"], []),
        (1, [], ["read", "fetch"]),
        (1, ["fetch"], []),
    ],
)
def test_what_may_begin(threads: int, running: list[str], free: list[str]) -> None:
    assert free_kinds(threads, running) == free
