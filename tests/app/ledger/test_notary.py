"""The notary signs soon after news, not oftener than it may, and survives what goes wrong."""

import threading
import time

import pytest

from app.db import Database
from app.ledger import notary
from app.ledger.notary import Notary
from app.ledger.signer import Unsignable
from tests.app.ledger.small import Note, check


class Calls:
    """Counts signatures and lets a test wait for one."""

    def __init__(self, problem: Exception | None = None) -> None:
        self.times: list[float] = []
        self.happened = threading.Event()
        self.problem = problem

    def __call__(self) -> None:
        self.times.append(time.monotonic())
        self.happened.set()
        if self.problem:
            raise self.problem


def test_news_is_signed_at_once_and_then_not_oftener_than_it_may(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(notary, "SHORTEST", 0.2)
    sign = Calls()
    watch = Notary(sign, ())
    watch.start()
    end = time.monotonic() + 0.7
    while time.monotonic() < end:
        watch.tell()
        time.sleep(0.01)
    watch.stop()
    assert 2 <= len(sign.times) <= 5
    assert watch.news is False


def test_it_looks_unasked_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notary, "LONGEST", 0.05)
    monkeypatch.setattr(notary, "SHORTEST", 0.01)
    sign = Calls()
    watch = Notary(sign, ())
    watch.start()
    watch.tell()
    assert sign.happened.wait(10)
    sign.happened.clear()
    assert sign.happened.wait(10)
    watch.stop()


def test_without_a_start_it_only_remembers() -> None:
    sign = Calls()
    watch = Notary(sign, ())
    assert watch.news is False
    watch.tell()
    watch.stop()
    assert (watch.news, sign.times) == (True, [])
    assert watch.attest()
    assert (watch.news, len(sign.times)) == (False, 1)


@pytest.mark.parametrize("problem", [Unsignable("no"), OSError("full"), KeyError("own")])
def test_what_cannot_be_signed_stays_news(
    problem: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    watch = Notary(Calls(problem), (KeyError,))
    assert not watch.attest()
    assert watch.news
    assert [record.getMessage() for record in caplog.records] == [
        f"tree head not signed: {problem}"
    ]


def test_its_thread_has_a_name_and_holds_no_program_up() -> None:
    sign = Calls()
    watch = Notary(sign, ())
    watch.start()
    watch.tell()
    assert sign.happened.wait(10)
    mine = [thread for thread in threading.enumerate() if thread.name == "ledger-notary"]
    assert [thread.daemon for thread in mine] == [True]
    watch.stop()
    assert not mine[0].is_alive()


def test_a_slow_signature_counts_towards_the_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notary, "SHORTEST", 0.3)
    sign = Calls()

    def slowly() -> None:
        sign()
        time.sleep(0.3)

    watch = Notary(slowly, ())
    watch.start()
    watch.tell()
    while len(sign.times) < 2:
        watch.tell()
        time.sleep(0.005)
    watch.stop()
    assert sign.times[1] - sign.times[0] < 0.8


def test_a_database_on_duty_signs_what_is_written(worked: Database) -> None:
    before = len(worked.signer.outside())
    worked.notary.start()
    with worked.writing("editor:ana") as session:
        session.add(Note(id="x", title="x"))
    worked.close()
    assert len(worked.signer.outside()) == before + 1
    assert check(worked).findings == []


@pytest.mark.parametrize("left", ["", "null", '{"size": 3', "{}"])
def test_a_damaged_file_of_the_signer_is_told_and_ends_nothing(
    worked: Database, left: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert worked.checkpoint() is not None
    state = worked.signer.state_file
    whole = state.read_text(encoding="ascii")
    state.write_text(left, encoding="ascii")
    with worked.writing("editor:ana") as session:
        session.add(Note(id="x", title="x"))
    assert not worked.notary.attest()
    assert "tree head not signed" in caplog.text
    state.write_text(whole, encoding="ascii")
    assert worked.notary.news
    assert worked.notary.attest()
