"""A body longer than any form takes keeps both ends, where the typed words stand."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from app.accounts.roles import Role
from app.bodies import BODY_LIMIT
from app.db import Database
from app.once.asked import new_key
from app.serving.shortening import KEPT, LONGEST, Shortening
from tests.app.serving.served import served
from tests.app.views.visit import Visit

FEW = 50
NOTE = "a long note that nobody wants to type again"


@given(st.binary(max_size=10 * FEW), st.lists(st.integers(0, 3 * FEW), max_size=20))
@settings(max_examples=100)
def test_both_ends_are_kept_and_little_more(sent: bytes, cuts: list[int]) -> None:
    receiver, left = Shortening(len(sent), overflow=20, kept=FEW), sent + b"the next request"
    while not receiver.completed:
        size = cuts.pop() if cuts else FEW
        taken = receiver.received(left[:size])
        left = left[taken:]
    assert left == b"the next request"
    with receiver.getfile() as file:
        kept = file.read()
    assert len(kept) <= 8 * FEW
    assert kept.startswith(sent[:FEW])
    assert kept.endswith(sent[-FEW:] if sent else b"")


def test_words_before_and_after_a_long_file_are_shown_again(sqlite_database: Database) -> None:
    """T-DOS: what is longer than the limit is taken in without being kept, and refused by name."""
    visit = Visit(sqlite_database, Role.CHECKER)
    typed = {"title": NOTE, "way": "file", "receipt": new_key()}
    typed |= {"encoding": "", "language": "", "published": "2025-02-03"}
    parts = [
        f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode()
        for name, value in typed.items()
    ]
    film = b'Content-Disposition: form-data; name="file"; filename="film.txt"\r\n\r\n'
    film += b"x" * (BODY_LIMIT + KEPT)
    late = f'Content-Disposition: form-data; name="text"\r\n\r\n{NOTE} later'.encode()
    body = b"--b\r\n" + b"\r\n--b\r\n".join([*parts, film, late]) + b"\r\n--b--\r\n"
    cookie = visit.client.get_cookie("desk_session")
    assert cookie is not None
    head = (
        f"POST /articles/new HTTP/1.1\r\nHost: localhost\r\n"
        f"Cookie: desk_language=en; desk_session={cookie.value}\r\n"
        f"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {len(body)}\r\n"
        "Connection: close\r\n\r\n"
    )
    with served(sqlite_database, visit.app) as server:
        answer = server.ask(head.encode() + body).decode()
        longer = head.replace(f"Content-Length: {len(body)}", f"Content-Length: {LONGEST + 1}")
        refused = server.ask(longer.encode()).decode()
    assert answer.startswith("HTTP/1.1 413"), re.findall("class=.summary(?s:.*)</main>", answer)[0][
        :1500
    ]
    assert "The file is larger than 20 MB" in answer
    assert re.search(f'name="title"[^>]*value="{NOTE}"', answer)
    assert f"{NOTE} later</textarea>" in answer
    assert refused.startswith("HTTP/1.1 413")
    assert "What was sent is too large" in refused
