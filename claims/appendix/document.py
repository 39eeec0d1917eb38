"""The appendix as one JSON document: who issued it, what it says, and what lets one check it."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import IO, Any

from claims.appendix.content import FORMAT
from claims.appendix.hiding import Hidden
from claims.appendix.plain import Shelf, canonical_pieces
from claims.appendix.redaction import Shown
from claims.material import canonical_json
from sources.columns import Words


@dataclass(frozen=True, slots=True)
class Replaces:
    """The appendix this one replaces, and the numbers of the claims in which it differs."""

    number: int
    changed: list[int]
    added: list[int]
    removed: list[int]
    elsewhere: list[str]


@dataclass(frozen=True, slots=True)
class WithheldMatter:
    """A matter that the profile withholds, in words, and how many values that are here."""

    matter: str
    words: Words
    count: int


@dataclass(frozen=True, slots=True)
class Issue:
    """What is said of an appendix and not of the state it shows.

    ``ledger_position`` is how many entries the ledger had sealed when the state was read, ``as_of``
    when that was. ``issued_by`` is the account's name, None where the profile names nobody.
    """

    number: int
    profile: str
    language: str
    style: str
    ledger_position: int
    as_of: str
    issued_at: str
    issued_by: str | None
    replaces: Replaces | None
    profiles_version: str
    withholds: list[WithheldMatter]


@dataclass(frozen=True, slots=True)
class Integrity:
    """The signed head, the act it binds, and one entry of the ledger for each claim.

    A claim has ``number``, ``root``, ``marks``, ``proof`` and either the ``header`` of its latest
    entry or, where the profile names nobody, only its ``leaf``. ``marks`` stand beside each and for
    all around the claims.
    """

    keys: list[str]
    checkpoint: str
    act: dict[str, Any]
    claims: list[dict[str, Any]]
    marks: str = ""


def withheld_matters(hidden: Iterable[Hidden]) -> list[WithheldMatter]:
    """What an issue says of what it withholds."""
    return [WithheldMatter(one.matter, one.words, one.count) for one in hidden]


@dataclass(frozen=True, slots=True)
class Document:
    """A document; ``integrity`` is None until the ledger has the act that binds it."""

    issue: Issue
    head: dict[str, Any]
    claims: Shelf
    salts: list[tuple[str, str]]
    integrity: Integrity | None

    @property
    def shown_sha256(self) -> str:
        """The SHA-256 of the canonical JSON of ``{"content", "issue"}`` as shown."""
        return shown_sha256(self.issue, self.head, self.claims)

    def pieces(self) -> Iterator[bytes]:
        """The JSON of the document, piece by piece; the same document gives the same bytes."""
        yield b'{"format":' + _json(FORMAT) + b',\n"issue":' + _json(asdict(self.issue))
        yield b',\n"content":'
        yield from canonical_pieces(self.head, self.claims)
        yield b',\n"salts":{'
        separator = b""
        for path, salt in self.salts:
            yield separator + _json(path) + b":" + _json(salt)
            separator = b","
        yield b"}"
        if self.integrity is not None:
            yield b',\n"integrity":' + _json(asdict(self.integrity))
        yield b"}\n"

    def write(self, out: IO[bytes]) -> None:
        """Write the document."""
        out.writelines(self.pieces())

    def as_dict(self) -> dict[str, Any]:
        """The document as one JSON value; of a large article it takes much memory."""
        found: dict[str, Any] = json.loads(b"".join(self.pieces()))
        return found


def drawn(issue: Issue, shown: Shown, integrity: Integrity | None = None) -> Document:
    """Put a document together."""
    return Document(issue, shown.head, shown.claims, list(shown.salts.pairs()), integrity)


def read(text: bytes) -> Document:
    """Read a document back, to make other files from the very same content."""
    found = json.loads(text)
    issue, content, proven = found["issue"], found["content"], found.get("integrity")
    claims = Shelf(content.pop("claims"))
    return Document(
        Issue(
            **{
                **issue,
                "replaces": Replaces(**issue["replaces"]) if issue["replaces"] else None,
                "withholds": [WithheldMatter(**one) for one in issue["withholds"]],
            }
        ),
        content,
        claims,
        list(found["salts"].items()),
        Integrity(**proven) if proven else None,
    )


def shown_sha256(issue: Issue, head: Mapping[str, Any], claims: Shelf) -> str:
    """The SHA-256, in hex, of the canonical JSON of what is shown: ``{"content", "issue"}``."""
    digest = hashlib.sha256(b'{"content":')
    for piece in canonical_pieces(head, claims):
        digest.update(piece)
    digest.update(b',"issue":' + _json(asdict(issue)) + b"}")
    return digest.hexdigest()


def claims_sha256(roots: Iterable[tuple[int, bytes]]) -> str:
    """The SHA-256, in hex, of the canonical JSON of ``[[number, root], ...]`` in their order."""
    listed = [[number, root.hex()] for number, root in roots]
    return hashlib.sha256(canonical_json(listed).encode()).hexdigest()


def act_values(issue: Issue, shown: Shown, draft: str) -> dict[str, Any]:
    """What the act says of an issue; ``draft`` is a name that no other act has."""
    return {
        "draft": draft,
        "article": shown.head["article"]["key"],
        "number": issue.number,
        "profile": issue.profile,
        "language": issue.language,
        "ledger_position": issue.ledger_position,
        "root": shown.root.hex(),
        "claims_sha256": claims_sha256(shown.roots),
        "shown_sha256": shown_sha256(issue, shown.head, shown.claims),
    }


def integrity(
    shown: Shown,
    keys: list[str],
    checkpoint: str,
    act: dict[str, Any],
    rows: Mapping[str, Mapping[str, str]],
) -> Integrity:
    """The part that proves a document: ``rows`` has header and proof by each claim's id.

    A header names whoever acted last: where the profile names nobody, the leaf stands for it.
    """
    named = shown.policy.names_people
    return Integrity(
        keys,
        checkpoint,
        act,
        [
            {
                "number": number,
                "root": root.hex(),
                "marks": marks,
                **_entry(rows[own], named=named),
            }
            for (number, root), own, marks in zip(shown.roots, shown.ids, shown.marks, strict=True)
        ],
        shown.around,
    )


def _entry(row: Mapping[str, str], *, named: bool) -> dict[str, str]:
    if named:
        return dict(row)
    leaf = hashlib.sha256(b"\0" + row["header"].encode("utf-8", "surrogatepass"))
    return {"leaf": leaf.hexdigest(), "proof": row["proof"]}


def _json(value: Any) -> bytes:
    return canonical_json(value).encode("utf-8", "surrogatepass")
