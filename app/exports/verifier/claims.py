"""Compares the claims of a document with those that were issued, and says what became of each."""

from collections import Counter
from hashlib import sha256
from typing import Any

from app.exports.verifier.findings import Report, claim_name
from app.exports.verifier.listing import digest_of_list, listing_of, number_of
from app.exports.verifier.strict import Unreadable
from app.exports.verifier.tree import Tree, Uncovered, differing, is_withheld, marks_of

MOST = 16
"""Items of which every two are tried in each other's place; of more, the order by number."""


FEW = 8
"""Fields that are named; where more differ, these are enough to find the rest."""


class Claims:
    """The claims as shown beside those that the proofs list, in the order in which they stood."""

    def __init__(
        self,
        shown: "list[Any]",
        listed: "list[dict[str, Any]]",
        roots: "list[bytes]",
        tree: Tree,
        report: Report,
    ) -> None:
        self.shown, self.listed, self.roots = shown, listed, roots
        self.tree, self.report = tree, report
        self.numbers = [one["number"] for one in listed]
        self.places = list(range(len(listed)))
        counts = fields_of(shown)
        self.fields = {key for key in counts if counts[key] > 1 or len(shown) == 1}
        self.fixed: bytes | None = list_of_roots(roots)

    def listed_in(self, fixed: Any, *, intact: bool) -> None:
        """Compare the list of the claims and their roots with the digest that the act fixed."""
        if intact:
            pairs = [[one["number"], one["root"]] for one in self.listed]
            if digest_of_list(pairs) != fixed:
                words = ("论断的根不是出具时的", "the roots are not those issued")
                self.report.add("BAD_PROOF", "claims", *words)
            return
        found = listing_of(self.listed, self.shown, fixed, self.tree, self.report)
        self.places = found.places
        self.fixed = None if found.roots is None else list_of_roots(found.roots)

    def compare(self, *, intact: bool = False) -> None:
        """Name each claim that is gone, new, moved or changed."""
        there = [number_of(one) for one in self.shown]
        known, shown = set(self.numbers), set(there)
        missing = [number for number in self.numbers if number not in shown]
        for claim in self.shown:
            if is_withheld(claim) and missing:
                words = ("出具后才被隐去", "withheld after the issue")
                self.report.add("ALTERED_COMMITMENT", claim_name(missing.pop(0)), *words)
        for number in missing:
            self.report.add("REMOVED_CLAIM", claim_name(number))
        for number, claim in zip(there, self.shown):
            if number not in known and not is_withheld(claim):
                self.report.add("ADDED_CLAIM", claim_name(number))
            # Whoever comes a second time under a number is new.
            known.discard(number)
        self.order(there)
        by_number = dict(zip(there, self.shown))
        for index, number in enumerate(self.numbers):
            if number in by_number:
                self.one(index, by_number[number], intact=intact)

    def order(self, there: "list[Any]") -> None:
        """Name the claims that stand in another order."""
        known, shown = set(self.numbers), set(there)
        common = [number for number in there if number in known]
        kept = [number for number in self.numbers if number in shown]
        if sorted(common, key=str) == sorted(kept, key=str) and common != kept:
            moved = [claim_name(one) for one, two in zip(common, kept) if one != two]
            self.report.add("REORDERED_CLAIMS", ", ".join(moved))

    def one(self, index: int, claim: "dict[str, Any]", *, intact: bool) -> None:
        """Compare a claim with its root; ``index`` is where the list of proofs has it."""
        name, path = claim_name(self.numbers[index]), f"claims/{self.places[index]}"
        marks = self.listed[index].get("marks")
        try:
            right = self.tree.hash(claim, path) == self.roots[index]
        except Unreadable as problem:
            self.tree.leaves()
            if intact:
                self.report.add("BAD_PROOF", f"salts {path}", "盐不合用", "no salt that fits")
                return
            field = problem.path[len(path) + 1 :] if isinstance(problem, Uncovered) else ""
            if field and field.split("/")[0] not in self.fields:
                self.report.add("ALTERED_CLAIM", f"{name} {field}")
                return
            self.report.add(
                "ALTERED_COMMITMENT",
                f"{name} {field}".rstrip(),
                "隐去之处换成了别的",
                "something else stands where a part was withheld",
            )
            return
        leaves = self.tree.leaves()
        if right or intact:
            if not right:
                self.report.add("BAD_PROOF", name, "根与内容不相符", "the root does not fit")
            if marks != marks_of(leaves):
                self.report.add("BAD_PROOF", name, "标记与内容不相符", "the marks do not fit")
            return
        moved = self.reordered(index, claim)
        if moved:
            self.report.add("REORDERED_EVIDENCE", f"{name} {moved}")
        else:
            self.changed(name, len(path) + 1, differing(leaves, str(marks)))

    def changed(self, name: str, skip: int, places: "list[tuple[str, bool]]") -> None:
        """Name the fields in which a claim differs."""
        withheld = [path[skip:] for path, hidden in places if hidden][:FEW]
        open_ones = [path[skip:] for path, hidden in places if not hidden][:FEW]
        if withheld:
            self.report.add("ALTERED_COMMITMENT", f"{name} {', '.join(withheld)}")
        if open_ones or not withheld:
            self.report.add("ALTERED_CLAIM", f"{name} {', '.join(open_ones)}".rstrip())

    def reordered(self, index: int, claim: "dict[str, Any]") -> str:
        """The evidence items whose places were changed, if that alone makes the claim another."""
        items = claim.get("evidence")
        if not isinstance(items, list):
            return ""
        for order in orders(items):
            tried = {**claim, "evidence": order}
            try:
                right = self.tree.hash(tried, f"claims/{self.places[index]}") == self.roots[index]
            except Unreadable:
                right = False
            self.tree.leaves()
            if right:
                moved = [one for one, two in zip(items, order) if one != two]
                return ", ".join(f"E{one.get('number')}" for one in moved)
        return ""


def fields_of(shown: "list[Any]") -> "Counter[str]":
    """How many claims have each field."""
    return Counter(key for claim in shown if isinstance(claim, dict) for key in claim)


def list_of_roots(roots: "list[bytes]") -> bytes:
    """The hash of the list of claims by their roots."""
    return sha256(b"\2" + b"".join(roots)).digest()


def orders(items: "list[Any]") -> "list[list[Any]]":
    """The orders in which evidence may have stood: by number, or two changed, numbers or not."""
    found = []
    if all(isinstance(one, dict) and isinstance(one.get("number"), int) for one in items):
        found.append(sorted(items, key=lambda one: int(one["number"])))
    for one in range(len(items) if len(items) <= MOST else 0):
        for two in range(one + 1, len(items)):
            for numbered in (False, True):
                order = list(items)
                order[one], order[two] = items[two], items[one]
                if numbered and isinstance(order[one], dict) and isinstance(order[two], dict):
                    first, second = items[one].get("number"), items[two].get("number")
                    order[one] = {**order[one], "number": first}
                    order[two] = {**order[two], "number": second}
                found.append(order)
    return found
