"""What the tests of background work share: known kinds, and a way to look at a job."""

import pytest

from tests.app.jobs import deeds


@pytest.fixture(autouse=True)
def _kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the kinds of the tests be known."""
    deeds.register(monkeypatch)
