"""What a run says while it goes on: a line when something begins, and one every half a minute."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

EVERY = 30
BEGAN = time.monotonic()


def say(what: str) -> None:
    """Tell the person at the terminal, after how many minutes and seconds."""
    minutes, seconds = divmod(round(time.monotonic() - BEGAN), 60)
    click.echo(f"{minutes:3}:{seconds:02} {what}", err=True)


@contextmanager
def telling(how_far: Callable[[], str], every: float = EVERY) -> Iterator[None]:
    """Say again and again how far something is, for as long as it goes on."""
    over = threading.Event()

    def tell() -> None:
        while not over.wait(every):
            say(how_far())

    thread = threading.Thread(target=tell, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
