"""The kinds of attempts upon the desk, each with its share of them all."""

import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.app.claim_desk import NEW_SOURCE
from tests.app.oidc.hostile import Hostile
from tests.benchmarks.hostile import doors, files, proofs, requests, texts, ways
from tests.benchmarks.hostile.addresses import REBINDING, addresses
from tests.benchmarks.hostile.answers import answers
from tests.benchmarks.hostile.doors import Door
from tests.benchmarks.hostile.forms import WRONG, Pairs, Sent, asked, posted, spoilt
from tests.benchmarks.hostile.proofs import Prover
from tests.benchmarks.hostile.site import Site
from tests.benchmarks.hostile.ways import Errand

INTAKE, SOURCES, VERIFIED = "/articles/new", "/sources/new", "/verify-appendix"
FRESH = (
    "/account/factors",
    "/account/tokens",
    "/account/identities",
    "/account/sessions",
    "/admin",
)
"""Where a proof is asked for again."""
FIT = {"kind": "news_report", "tier": "established", "lineage": "unknown"}


@dataclass(frozen=True, slots=True)
class Scene:
    """A desk to be attacked: what its forms send untouched, by their address."""

    site: Site
    trap: int
    evidence: str
    snapshots: str
    forms: Mapping[str, Pairs]
    pages: tuple[str, ...]
    token: Pairs = field(default_factory=list)
    bearer: str = ""
    """A token of the account under whose name everything is sent."""
    doors: tuple[Door, ...] = ()
    """Every writing route in good form; what follows is there where they are."""
    turn: Iterator[Door] = field(default_factory=lambda: iter(()))
    """All of them before any comes again."""
    tokens: Mapping[str, Pairs] = field(default_factory=dict)
    prover: Prover | None = None
    aged: Callable[[], None] = field(default=lambda: None)
    """Lets the last proof of a browser be too old."""
    provider: Hostile | None = None
    errands: tuple[Errand, ...] = ()
    issued: tuple[bytes, ...] = ()
    """Files of appendices as the desk issued them."""

    def form(self, path: str, **typed: str) -> Pairs:
        """A form with something typed into it, as if it had just been opened."""
        shown = dict(self.forms.get(path, ()))
        shown.pop("version", None)
        return list(
            {**shown, **dict(self.token), "receipt": secrets.token_urlsafe(16), **typed}.items()
        )


Made = Callable[[Scene], SearchStrategy[Sent]]


def hostile_address(scene: Scene) -> SearchStrategy[str]:
    """An address nobody may be made to visit, or none at all."""
    return addresses([scene.trap, scene.site.port])


def laid_out(scene: Scene) -> SearchStrategy[str]:
    """An address at which a hostile answer waits; every twentieth name changes its mind."""
    return st.builds(
        lambda content, rebinds: scene.site.offer(content, *[REBINDING] * rebinds),
        answers([scene.trap, scene.site.port]),
        st.integers(0, 19).map(lambda one: one == 0),
    )


def pasted(scene: Scene) -> SearchStrategy[Sent]:
    """A text in the form of a new article, under a title or none."""
    return st.builds(
        lambda text, title: posted(
            "article, pasted", INTAKE, scene.form(INTAKE, text=text, title=title)
        ),
        texts.texts(),
        st.just("") | st.just("") | texts.pieces(),
    )


def as_file(kind: str, contents: SearchStrategy[bytes], title: SearchStrategy[str]) -> Made:
    """A file in the form of a new article."""

    def made(scene: Scene) -> SearchStrategy[Sent]:
        codec = st.sampled_from(["", "", "", "utf-8", "gb18030", "utf-16", "big5", "idna"])
        return st.builds(
            lambda content, name, encoding: posted(
                kind,
                INTAKE,
                scene.form(INTAKE, way="file", encoding=encoding),
                [("file", name, content)],
            ),
            contents,
            title,
            codec,
        )

    return made


def fetched(kind: str, address: Callable[[Scene], SearchStrategy[str]]) -> Made:
    """An address in the form of a new article."""
    return lambda scene: address(scene).map(
        lambda url: posted(kind, INTAKE, scene.form(INTAKE, way="address", address=url))
    )


def registered(kind: str, address: Callable[[Scene], SearchStrategy[str]]) -> Made:
    """An address on the form of a new source; what is taken is captured."""
    return lambda scene: st.builds(
        lambda url, title: posted(kind, SOURCES, scene.form(SOURCES, **FIT, url=url, title=title)),
        address(scene),
        st.just("A report") | texts.pieces(),
    )


def evidence(scene: Scene) -> SearchStrategy[Sent]:
    """A passage, a figure and a source, some of which are not."""
    text = texts.harmless() | texts.pieces()
    typed = st.fixed_dictionaries(
        {"stance": st.just("supports")},
        optional={
            "url": hostile_address(scene),
            "figure": texts.numbers() | st.sampled_from(WRONG),
            "period": st.sampled_from(
                ["2024", "2024-02-30", "../2030", "2015~", "9999999999", "", "٢٠٢٤"]
            )
            | text,
            "quote": text,
            "locator": text,
            "note": text,
            "title": text,
            "issued": st.sampled_from(
                ["2025", "2025-02-30", "2025?", "0000-00-00", "99999", "٢٠٢٥"]
            ),
            "language": st.sampled_from(["zh", "en", "x-y-z", "zz-ZZZZZZZZZ", "\x00"]),
            "same_scope": st.just("y"),
        },
    )
    return typed.map(
        lambda some: posted(
            "evidence",
            scene.evidence,
            scene.form(scene.evidence, **{**NEW_SOURCE, "url": "", **some}),
        )
    )


def figure(scene: Scene) -> SearchStrategy[Sent]:
    """A passage that is in order, and a figure that may be anything."""
    return st.builds(
        lambda said, unit: posted(
            "figure",
            scene.evidence,
            scene.form(
                scene.evidence, **{**NEW_SOURCE, "url": "", "figure": said + unit, "period": "2024"}
            ),
        ),
        texts.numbers() | st.sampled_from(WRONG) | st.sampled_from(texts.BAIT),
        st.sampled_from(["", "", *texts.UNITS]),
    )


def snapshot(scene: Scene) -> SearchStrategy[Sent]:
    """A file under a source."""
    return st.builds(
        lambda content, name: posted(
            "snapshot", scene.snapshots, scene.form(scene.snapshots), [("file", name, content)]
        ),
        files.contents(),
        files.names(),
    )


def any_form(scene: Scene) -> SearchStrategy[Sent]:
    """Any form of the desk, spoilt."""
    return st.sampled_from(sorted(scene.forms)).flatmap(
        lambda path: spoilt("any form", path, scene.form(path))
    )


def query(scene: Scene) -> SearchStrategy[Sent]:
    """Any page of the desk, asked for nonsense."""
    security = ("/audit?kind=security", "/audit.json?kind=security", "/audit/questions/security")
    return st.sampled_from([*scene.pages, *security]).flatmap(asked)


def odd_request(scene: Scene) -> SearchStrategy[Sent]:
    """Any address by any method, with headers and cookies nobody sends."""
    return requests.odd(scene.pages, sorted(scene.forms))


def json_body(scene: Scene) -> SearchStrategy[Sent]:
    """JSON, or hardly that, where forms are taken."""
    return requests.bodies(sorted(scene.forms), dict(scene.token).get("csrf_token", ""))


def with_token(scene: Scene) -> SearchStrategy[Sent]:
    """A page for programs, asked for with a token."""
    return requests.with_tokens(scene.pages, scene.bearer)


def any_door(scene: Scene) -> SearchStrategy[Sent]:
    """Every writing route in turn, with content a person might paste."""
    return doors.through(scene.turn, scene.tokens)


def any_proof(scene: Scene) -> SearchStrategy[Sent]:
    """What proves who somebody is, and does not."""
    assert scene.prover is not None
    return proofs.proofs(scene.tokens, scene.prover)


def any_fresh_proof(scene: Scene) -> SearchStrategy[Sent]:
    """What is asked for again before anything that changes who can get in."""
    assert scene.prover is not None
    places = [door.ask.path for door in scene.doors if door.ask.path.startswith(FRESH)]
    return proofs.proved_again(scene.tokens[proofs.OLD], scene.prover, places, scene.aged)


def any_way(scene: Scene) -> SearchStrategy[Sent]:
    """To the identity provider and back."""
    assert scene.provider is not None
    return ways.ways(scene.provider, list(scene.errands), scene.tokens)


def appendix(scene: Scene) -> SearchStrategy[Sent]:
    """A file of an appendix, with something in it that nobody issued."""
    true = st.sampled_from(scene.issued)
    spoilt_file = st.builds(
        lambda content, at, cut, junk: (
            content[: at % len(content)] + junk + content[at % len(content) + cut :]
        ),
        true,
        st.integers(0, 10**9),
        st.sampled_from([0, 1, 5, 10**9]),
        st.binary(max_size=6) | st.sampled_from([b"9" * 5000, b"[" * 50_000, b"\xff\xfe", b"\0"]),
    )
    return st.builds(
        lambda content, name: posted(
            "appendix", VERIFIED, scene.form(VERIFIED), [("file", name, content)]
        ),
        st.one_of(spoilt_file, spoilt_file, true, requests.documents(), files.contents()),
        st.sampled_from(["a.html", "a.json", "a.csv", "a.proof.json", "a.zip"]) | files.names(),
    )


KINDS: dict[str, tuple[int, Made]] = {
    "article, pasted": (13, pasted),
    "article, text file": (
        6,
        as_file("article, text file", texts.encoded() | files.contents(), files.names()),
    ),
    "article, document": (
        2,
        as_file(
            "article, document", files.documents(), st.sampled_from(["a.html", "a.docx", "a.pdf"])
        ),
    ),
    "article, address": (9, fetched("article, address", hostile_address)),
    "article, answer of a site": (8, fetched("article, answer of a site", laid_out)),
    "source, address": (6, registered("source, address", hostile_address)),
    "source, captured": (5, registered("source, captured", laid_out)),
    "evidence": (7, evidence),
    "figure": (5, figure),
    "snapshot": (5, snapshot),
    "any form": (8, any_form),
    "query": (6, query),
    "request": (8, odd_request),
    "json": (6, json_body),
    "token": (6, with_token),
}
"""Kinds of attempts: how many in a hundred, and what makes them."""
FURTHER: dict[str, tuple[int, Made]] = {
    doors.KIND: (25, any_door),
    proofs.KIND: (10, any_proof),
    proofs.AGAIN: (5, any_fresh_proof),
    ways.KIND: (10, any_way),
    "appendix": (3, appendix),
}
"""What needs a desk with one of everything, and further people: shares beside those above."""
