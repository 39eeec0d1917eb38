"""Every kind of job has something that carries it out, and a name in both languages."""

from app.jobs.handlers import HANDLERS


def test_every_kind_can_be_carried_out_and_is_called_something() -> None:
    for kind, handler in HANDLERS.items():
        assert callable(handler.function()), kind
        assert set(handler.words) >= {"zh", "en"}, kind
        assert handler.at_once >= 1, kind
        assert 0 < handler.lease_seconds <= 1800, kind
