"""What proves who somebody is, as no device and no person makes it."""

import base64
import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.app.accounts.authenticator import Authenticator
from tests.benchmarks.hostile import requests, texts
from tests.benchmarks.hostile.browsers import PASSKEY, SECOND, SIGN_IN, with_key
from tests.benchmarks.hostile.doors import VISITOR, WAITING, hostile
from tests.benchmarks.hostile.forms import WRONG, Pairs, Sent, either, posted
from tests.benchmarks.hostile.lines import Answer

KIND, AGAIN, DRAWN = "proof", "proof, again", "challenge"
OLD = "old"
"""A browser in which somebody proved too long ago who they are."""
FACTORS = "/account/factors"
PARTS = ("clientDataJSON", "authenticatorData", "attestationObject", "signature", "userHandle")
CBOR = (
    b"\x81" * 9000 + b"\x00",
    b"\x9b" + b"\xff" * 8,
    b"\xbf" * 3000,
    b"\xa1" * 9000,
    b"\x5b" + b"\xff" * 8,
    b"\xc2\x5a\x7f\xff\xff\xff",
    b"\xd8\x1c\x81\xd8\x1d\x00",
    b"\xa3cfmtdnonegattStmt\xa0hauthDataC\x00\x00\x00",
    b"\xa3cfmtgpackedgattStmt\xa1calg\x26hauthData@",
    b"\xa3cfmtctpmgattStmt\xa1cver\x00hauthData@",
    b"\xf9\x7e\x00",
    b"\xf6",
    b"",
)
"""Packed values that are too deep, too long, endless, or about themselves."""
CODES = (
    "000000",
    "٤١٢٣٤٥",
    "１２３４５６",
    "-00001",
    "1e5",
    "0" * 60,
    "0" * 61,
    "\x00\x00",
    "  ",
    "²²²²²²",
)
LINKS = ("a", "%00", "%ff" * 9, "x" * 3000, "..%2f", "A" * 43, "%E6%96%B0", "%0d%0aX:")


def answers(device: Authenticator, owner: uuid.UUID, *, made: bool) -> Callable[[str], Any]:
    """Return what answers a challenge truly, as an object of JSON."""

    def answer(challenge: str) -> Any:
        return json.loads(device.made(challenge, owner) if made else device.signed(challenge))

    return answer


def coded(data: bytes) -> str:
    """Bytes as a browser's answer has them."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def wrong(true: Callable[[str], Any]) -> SearchStrategy[Callable[[str], str]]:
    """Ways to answer a challenge: a true answer with parts of it replaced, or none at all."""
    junk = st.one_of(
        st.sampled_from([*requests.VALUES, "\x00", "é", "=", "A" * 30_000, [[[[]]]] * 3]),
        st.sampled_from(CBOR).map(coded),
        st.binary(max_size=90).map(coded),
        texts.pieces(),
        requests.values(),
    )
    outer, inner = st.sampled_from(["id", "rawId", "type", "response", "x"]), st.sampled_from(PARTS)
    changed = st.lists(st.tuples(outer | inner, junk), min_size=1, max_size=3)
    whole = requests.documents().map(lambda data: data.decode("utf-8", "replace"))

    def spoil(parts: list[tuple[str, Any]]) -> Callable[[str], str]:
        def answer(challenge: str) -> str:
            said = true(challenge)
            for name, value in parts:
                inside = name in PARTS and isinstance(said.get("response"), dict)
                (said["response"] if inside else said)[name] = value
            if "rawId" not in dict(parts) and "id" in dict(parts):
                said["rawId"] = said["id"]
            return json.dumps(said)

        return answer

    return st.one_of(
        changed.map(spoil), changed.map(spoil), whole.map(lambda text: lambda _drawn: text)
    )


def by(who: str, kind: str, place: str, token: Pairs, typed: Mapping[str, str]) -> Sent:
    """A form of somebody, with what is typed."""
    sent = posted(kind, place, [*with_key(token), *typed.items()])
    return replace(sent, who=who)


def answered(
    drawn: str, sent: Callable[[str], Sent], make: Callable[[str], str], token: Pairs
) -> Sent:
    """Have a challenge drawn, and send what a device answers to it."""

    def further(answer: Answer) -> Sent | None:
        try:
            challenge = str(json.loads(answer.text)["challenge"])
        except (ValueError, KeyError, TypeError):
            return None
        return sent(make(challenge))

    who = sent("").who
    return replace(posted(DRAWN, drawn, with_key(token)), who=who, then=further)


def telephone(who: str, token: Pairs, name: str, code: str) -> Sent:
    """Begin to set up a telephone, look at the seed, and type a first code."""

    def begun(answer: Answer) -> Sent | None:
        place = answer.location
        if not place.startswith(FACTORS):
            return None
        typed = by(who, KIND, place, token, {"code": code})
        return Sent("opened", "GET", place, who=who, then=lambda _seed: typed)

    return replace(by(who, KIND, f"{FACTORS}/telephone", token, {"name": name}), then=begun)


@dataclass(frozen=True)
class Prover:
    """Somebody with a passkey: their name, their device, and in which browser they are."""

    who: str
    device: Authenticator
    owner: uuid.UUID


def proofs(tokens: Mapping[str, Pairs], prover: Prover) -> SearchStrategy[Sent]:
    """Passwords, codes and passkeys, at every place that takes one."""
    who, mine = prover.who, tokens[prover.who]
    code = st.sampled_from(CODES) | hostile()
    name = texts.pieces().map(lambda text: text[:40]) | st.just("a name") | st.sampled_from(WRONG)
    outside, half = tokens[VISITOR], tokens[WAITING]
    return either(
        passkeys(tokens, prover, name),
        code.map(lambda said: by(WAITING, KIND, SECOND, half, {"proof-code": said})),
        code.map(
            lambda said: by(who, KIND, f"{FACTORS}/recovery-codes/file", mine, {"code": said})
        ),
        st.builds(lambda said, typed: telephone(who, mine, said, typed), name, code),
        st.builds(
            lambda said, typed: by(
                VISITOR, KIND, SIGN_IN, outside, {"name": said, "password": typed}
            ),
            name | st.just("li.wei"),
            hostile(),
        ),
        links(outside),
    )


def passkeys(
    tokens: Mapping[str, Pairs], prover: Prover, name: SearchStrategy[str]
) -> SearchStrategy[Sent]:
    """Passkeys made and used: alone, as the second proof, and as a new factor."""
    used = wrong(answers(prover.device, prover.owner, made=False))
    new = wrong(answers(Authenticator(origin=prover.device.origin), prover.owner, made=True))
    made, mine = f"{FACTORS}/passkey", tokens[prover.who]

    def using(place: str, who: str) -> Callable[[Callable[[str], str]], Sent]:
        def sent(answer: str) -> Sent:
            return by(who, KIND, place, tokens[who], {"proof-answer": answer})

        return lambda make: answered(f"{place}/challenge", sent, make, tokens[who])

    def making(make: Callable[[str], str], said: str) -> Sent:
        def sent(answer: str) -> Sent:
            return by(prover.who, KIND, made, mine, {"name": said, "answer": answer})

        return answered(f"{made}/challenge", sent, make, mine)

    return either(
        used.map(using(PASSKEY, VISITOR)),
        used.map(using(SECOND, WAITING)),
        st.builds(making, new, name),
    )


def links(token: Pairs) -> SearchStrategy[Sent]:
    """One-time links that are none, opened and used."""
    ends = st.sampled_from(LINKS).map(lambda end: f"{SIGN_IN}/link/{end}")
    return either(
        ends.map(lambda place: Sent(KIND, "GET", place, who=VISITOR)),
        st.builds(
            lambda place, said: by(VISITOR, KIND, place, token, {"password": said, "again": said}),
            ends,
            hostile(),
        ),
    )


def proved_again(
    token: Pairs, prover: Prover, places: list[str], aged: Callable[[], None]
) -> SearchStrategy[Sent]:
    """A proof that is asked for again, beside a form that waits; ``aged`` lets time pass."""
    used = wrong(answers(prover.device, prover.owner, made=False))
    place = st.sampled_from([*places, "/confirm", "/confirm?next=//evil.example"])
    field = st.sampled_from(["proof-password", "proof-code", "proof-answer"])
    others = st.dictionaries(texts.pieces().map(lambda text: text[:30]), hostile(), max_size=4)

    def beside(where: str, name: str, said: str, more: dict[str, str]) -> Sent:
        aged()
        return by(OLD, AGAIN, where, token, {**more, name: said})

    def signed(where: str, make: Callable[[str], str]) -> Sent:
        aged()

        def sent(answer: str) -> Sent:
            return by(OLD, AGAIN, where, token, {"proof-answer": answer})

        return answered("/confirm/challenge", sent, make, token)

    def opened(where: str) -> Sent:
        aged()
        return Sent(AGAIN, "GET", where, who=OLD)

    return either(
        st.builds(beside, place, field, st.sampled_from(CODES) | hostile(), others),
        st.builds(signed, place, used),
        place.map(opened),
    )
