"""A promise of the turn is kept, by who gives it and by who gets it."""

import threading
import time
from collections.abc import Callable

import pytest

from app.ledger.turns import Ticket, Turns, TurnTimeoutError

PATIENCE = 20


class Recorder:
    """Turns that write down what happens."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.turns = Turns(lambda: self.said.append("settled"))

    def takes(self, name: str, *, joins: bool, seconds: float = PATIENCE) -> threading.Thread:
        """Let somebody queue up."""

        def take() -> None:
            try:
                with self.turns.turn(seconds, joins=joins):
                    self.said.append(name)
            except TurnTimeoutError:
                self.said.append(f"{name} gave up")

        before = len(self.turns._waiting)  # noqa: SLF001 - the order must be certain.
        thread = threading.Thread(target=take)
        thread.start()
        until(lambda: len(self.turns._waiting) > before)  # noqa: SLF001
        return thread


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true() and time.monotonic() < end:
        time.sleep(0.001)


def test_nothing_is_settled_between_who_promises_and_who_joins() -> None:
    recorder = Recorder()
    with recorder.turns.turn(1):
        threads = [recorder.takes("first", joins=True), recorder.takes("second", joins=True)]
        assert recorder.turns.promise()
    for thread in threads:
        thread.join()
    assert recorder.said == ["first", "settled", "second", "settled"]


def test_who_does_not_join_is_promised_nothing() -> None:
    recorder = Recorder()
    with recorder.turns.turn(1):
        thread = recorder.takes("alone", joins=False)
        assert not recorder.turns.promise()
    thread.join()
    assert recorder.said == ["settled", "alone", "settled"]


def test_nobody_is_promised_anything_when_nobody_waits() -> None:
    recorder = Recorder()
    with recorder.turns.turn(1):
        assert not recorder.turns.promise()
    assert recorder.said == ["settled"]


def test_who_was_promised_the_turn_does_not_give_up_any_more() -> None:
    recorder = Recorder()
    with recorder.turns.turn(1):
        thread = recorder.takes("late", joins=True, seconds=0.05)
        assert recorder.turns.promise()
        time.sleep(0.2)
    thread.join()
    assert recorder.said == ["late", "settled"]


def test_who_waited_in_vain_leaves_the_turn_to_the_next() -> None:
    recorder = Recorder()
    with recorder.turns.turn(1):
        hasty = recorder.takes("hasty", joins=True, seconds=0.05)
        hasty.join()
        patient = recorder.takes("patient", joins=True)
    patient.join()
    assert recorder.said == ["hasty gave up", "settled", "patient", "settled"]


class Interrupted(Ticket):
    """A ticket whose holder is interrupted the first time he waits."""

    def __init__(self, *, joins: bool) -> None:
        super().__init__(joins=joins)
        self.promised = threading.Event()
        self.times = 0

    def wait(self, timeout: float | None = None) -> bool:
        self.times += 1
        if self.times == 1:
            self.promised.wait(PATIENCE)
            raise KeyboardInterrupt
        return super().wait(timeout)


@pytest.mark.parametrize("promised", [True, False])
def test_who_is_interrupted_while_he_waits_hands_the_turn_on(
    *, promised: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ledger.turns.Ticket", Interrupted)
    recorder, interrupted = Recorder(), []

    def take() -> None:
        try:
            with recorder.turns.turn(PATIENCE, joins=True):
                recorder.said.append("got it")
        except KeyboardInterrupt:
            interrupted.append(True)

    thread = threading.Thread(target=take)
    with recorder.turns.turn(1):
        thread.start()
        until(lambda: bool(recorder.turns._waiting))  # noqa: SLF001 - the order must be certain.
        (ticket,) = recorder.turns._waiting  # noqa: SLF001
        assert isinstance(ticket, Interrupted)
        if promised:
            assert recorder.turns.promise()
        ticket.promised.set()
        if not promised:
            thread.join()
    thread.join()
    assert interrupted == [True]
    assert recorder.said == ["settled"]
    with recorder.turns.turn(1):
        recorder.said.append("next")
    assert recorder.said == ["settled", "next", "settled"]
