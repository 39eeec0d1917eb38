"""The watch tells each connection what happened to it, and nothing of another's."""

import socket
from collections.abc import Callable

from app.serving.watch import Watch


class End:
    """One end of a line, which notes by name that there is something to read."""

    accepting = False

    def __init__(self, name: str, told: list[str], act: Callable[[], None]) -> None:
        self.name, self.told, self.act = name, told, act

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return False

    def handle_read_event(self) -> None:
        self.told.append(self.name)
        self.act()


def test_a_number_that_goes_to_another_connection_brings_it_nothing_of_the_former() -> None:
    """What happened at a file is told to nobody who took its number in the same turn."""
    watch, told = Watch(), list[str]()
    (near, far), (other, there) = socket.socketpair(), socket.socketpair()
    with near, far, other, there:

        def taking(file: int) -> Callable[[], None]:
            def taken_over() -> None:
                del watch[file]
                watch[file] = End("the next", told, lambda: None)

            return taken_over

        # Which of the two is asked first is the system's to say.
        watch[near.fileno()] = End("one", told, taking(other.fileno()))
        watch[other.fileno()] = End("two", told, taking(near.fileno()))
        far.sendall(b"a")
        there.sendall(b"a")
        watch.turn(1)
    assert told in (["one"], ["two"])
