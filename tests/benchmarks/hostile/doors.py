"""Every route that writes, asked in good form by who may ask it, with hostile content.

What is refused at the door says nothing of the room behind it: each form is opened first, keeps
what its page says of it, and only what a person types is anything but what a person types.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.app.access.asks import Ask
from tests.benchmarks.hostile import files, texts
from tests.benchmarks.hostile.browsers import with_key
from tests.benchmarks.hostile.forms import WRONG, Pairs, Sent, on_page, posted
from tests.benchmarks.hostile.lines import Answer

KIND, OPENED = "route", "opened"
VISITOR, WAITING = "visitor", "waiting"
OUTSIDE = frozenset({"accounts", "answers", "farewells"})
"""Blueprints that are asked by somebody without a session."""
HALFWAY = frozenset({"second_step.given", "second_step.second_challenge"})
FROM_PAGE = frozenset({"version", "content_sha256", "state_sha256", "typist", "draft", "token"})
"""What a form says of the row it is about; it changes with every form that was taken before."""
SIGNED = frozenset({"accounts.sign_out", "accounts.language"})
TAKEN = (200, 400)
READ = frozenset({409, 422})
"""Answers of a view that read what it was asked for, and says in its own words why not."""
Named = list[tuple[int, str]]


@dataclass(frozen=True)
class Door:
    """A writing request in good form, and who sends it."""

    ask: Ask
    who: str


def doors(asks: list[Ask]) -> tuple[Door, ...]:
    """The doors of a desk."""
    return tuple(Door(ask, _who(ask)) for ask in asks if ask.writes)


def _who(ask: Ask) -> str:
    group = ask.endpoint.partition(".")[0]
    if ask.endpoint in HALFWAY:
        return WAITING
    if ask.endpoint in SIGNED:
        return ask.who
    public = ask.rule.startswith("/sign-in") or group in OUTSIDE
    return VISITOR if public else ask.who


def hostile() -> SearchStrategy[str]:
    """What may stand in a field of a form that is otherwise in order."""
    return st.one_of(
        texts.harmless(),
        texts.numbers(),
        st.sampled_from(texts.BAIT),
        st.sampled_from(WRONG),
        texts.pieces(),
    )


def spoilt(typed: Mapping[str, Any], changed: Named) -> dict[str, Any]:
    """What is typed with some of it replaced; numbers choose the fields."""
    names = sorted(name for name in typed if name not in FROM_PAGE)
    chosen = {names[at % len(names)]: text for at, text in changed if names}
    return {
        **typed,
        **{
            name: (text.encode("utf-8", "replace"), text[:100])
            if isinstance(typed[name], tuple)
            else text
            for name, text in chosen.items()
        },
    }


def through(turn: Iterator[Door], tokens: Mapping[str, Pairs]) -> SearchStrategy[Sent]:
    """One door after the other, each with content of its own."""
    changed = st.lists(st.tuples(st.integers(0, 40), hostile()), max_size=3)
    uploads = st.tuples(files.contents(), files.names()) | st.none()
    return st.builds(lambda said, file: opened(next(turn), tokens, said, file), changed, uploads)


def opened(
    door: Door, tokens: Mapping[str, Pairs], changed: Named, file: tuple[bytes, str] | None
) -> Sent:
    """Open the page of a form, then send it with what is now in it and what is typed."""
    ask, action = door.ask, urlsplit(door.ask.path).path

    def filled(answer: Answer) -> Sent:
        page = on_page(answer.text, ask.page, action) if answer.status == 200 else []
        kept = {name: value for name, value in page if name in FROM_PAGE}
        typed = spoilt({**ask.data, **kept}, changed)
        sent = sending(ask, typed, tokens[door.who], file)
        return Sent(KIND, ask.method, sent.path, sent.body, sent.headers, door.who)

    page, outside = ask.page or ask.path, door.who == VISITOR
    return Sent(OPENED, "GET", page, who=door.who, anew=outside, then=filled)


def sending(
    ask: Ask, typed: Mapping[str, Any], token: Pairs, file: tuple[bytes, str] | None
) -> Sent:
    """A form in order, whatever it says."""
    uploads = [
        (name, *reversed(file or value))
        for name, value in typed.items()
        if isinstance(value, tuple)
    ]
    pairs = [pair for name, value in typed.items() for pair in _pairs(name, value)]
    sent = posted(KIND, ask.path, [*with_key(token), *pairs], uploads)
    # What is no POST is sent by our scripts, which put the token there.
    told = {"X-CSRFToken": dict(token).get("csrf_token", "")} if ask.method != "POST" else {}
    return Sent(KIND, ask.method, ask.path, sent.body, {**sent.headers, **told})


def _pairs(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, tuple):
        return
    several = value if isinstance(value, list) else [value]
    yield from ((name, str(one)) for one in several)


def is_reached(status: int) -> bool:
    """Tell whether an answer is one of a view that read what it was asked for."""
    return TAKEN[0] <= status < TAKEN[1] or status in READ
