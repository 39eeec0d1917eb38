"""Where each listed claim stood when it was issued, though the list may have been tampered with."""

from hashlib import sha256
from typing import Any, NamedTuple

from app.exports.verifier.findings import Report, claim_name
from app.exports.verifier.strict import Unreadable, written
from app.exports.verifier.tree import Tree

LONGEST_LIST = 6000
"""Of more claims none is left out by trial: each trial reads the whole list."""
LOOK = 12
"""So many claims in a row may have been cut out and the next still be found."""


class Listing(NamedTuple):
    """The place at which each listed claim stood, and the roots in order, if those are known."""

    places: "list[int]"
    roots: "list[bytes] | None"


def listing_of(
    listed: "list[dict[str, Any]]",
    shown: "list[Any]",
    fixed: Any,
    tree: Tree,
    report: Report,
) -> Listing:
    """Compare the list of the claims with the digest that the act fixed; say what became of it."""
    pairs = [[one["number"], one["root"]] for one in listed]
    straight = list(range(len(pairs)))
    if digest_of_list(pairs) == fixed:
        return Listing(straight, roots_of(pairs))
    for at, pair in enumerate(pairs if len(pairs) <= LONGEST_LIST else ()):
        rest = pairs[:at] + pairs[at + 1 :]
        if digest_of_list(rest) == fixed:
            report.add("ADDED_CLAIM", claim_name(pair[0]))
            return Listing([one - (one >= at) for one in straight], roots_of(rest))
    ordered = sorted(pairs, key=lambda pair: (str(type(pair[0])), pair[0]))
    if digest_of_list(ordered) == fixed:
        report.add("REORDERED_CLAIMS", "", "连同证明", "together with their proofs")
        return Listing([ordered.index(pair) for pair in pairs], roots_of(ordered))
    places = aligned(pairs, shown, tree)
    gaps = cut_out(pairs, places, tree)
    for gap in gaps:
        report.add("REMOVED_CLAIM", gap, "连同证明", "together with its proof")
    if not gaps:
        report.add(
            "BAD_PROOF",
            "claims",
            "论断清单不是出具时的：有论断连同证明被删、被换或被改",
            "the list of the claims is not the one issued: some were removed, replaced or changed"
            " together with their proofs",
        )
    return Listing(places, None)


def number_of(claim: Any) -> Any:
    """The number that a claim as shown gives itself; None where it is none."""
    number = claim.get("number") if isinstance(claim, dict) else None
    return None if isinstance(number, (dict, list)) else number


def digest_of_list(pairs: "list[list[Any]]") -> str:
    """The SHA-256 of the list of the claims' numbers and roots."""
    return sha256(written(pairs)).hexdigest()


def roots_of(pairs: "list[list[Any]]") -> "list[bytes]":
    """The roots of a list."""
    return [bytes.fromhex(pair[1]) for pair in pairs]


def aligned(pairs: "list[list[Any]]", shown: "list[Any]", tree: Tree) -> "list[int]":
    """Where each claim must have stood for its salts to lead to its root."""
    claims = {number_of(one): one for one in shown if isinstance(one, dict)}
    places, at = [], 0
    for number, root in pairs:
        claim = claims.get(number)
        for place in range(at, at + LOOK if claim is not None else at):
            if leads(tree, claim, place, root):
                at = place
                break
        places.append(at)
        at += 1
    return places


def leads(tree: Tree, claim: Any, place: int, root: str) -> bool:
    """Whether a claim at a place has this root."""
    try:
        return tree.hash(claim, f"claims/{place}").hex() == root
    except Unreadable:
        return False
    finally:
        tree.leaves()


def cut_out(pairs: "list[list[Any]]", places: "list[int]", tree: Tree) -> "list[str]":
    """Between which claims others are missing."""
    found, before, last = [], -1, ""
    for pair, place in zip(pairs, places):
        if place > before + 1:
            found.append(f"{last}…{claim_name(pair[0])}")
        before, last = place, claim_name(pair[0])
    salted = [path.split("/")[1] for path in tree.salts if path.startswith("claims/")]
    if any(int(place) > before for place in salted if place.isdigit()):
        found.append(f"{last}…")
    return found
