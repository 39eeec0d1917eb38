"""Redacting and writing an appendix of thousands of claims, in every profile.

Run by hand: ``python -m tests.benchmarks.appendix_tree``. CPU seconds, and the most memory of the
process, which holds two of them; so many claims as the command is told, 5,000 by default.
"""

import resource
import sys
import time
from typing import Any

import click

from claims.appendix import document
from claims.appendix.commitments import is_leaf
from claims.appendix.plain import PlainContent, Shelf
from claims.appendix.profiles import policy_of
from claims.appendix.redaction import redacted, state_sha256
from claims.vocabulary import Profile
from tests.claims.appendix.invented import Invention
from tests.claims.appendix.test_redaction import SECRET, issue_of

KINDS = 20
"""Different claims; the others repeat them."""


def content(claims: int) -> PlainContent:
    """A content of invented claims."""
    few = Invention(1, longest=20).content(KINDS)
    kinds = list(few.claims)
    many = ({**kinds[at % KINDS], "number": at + 1} for at in range(claims))
    return PlainContent(few.head, Shelf(many))


def leaves(value: Any) -> int:
    """How many leaves a value has."""
    if is_leaf(value):
        return 1
    return sum(map(leaves, value.values() if isinstance(value, dict) else value))


def main() -> None:
    """Print a table."""
    made = content(int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
    click.echo(f"{len(made.claims)} claims, {sum(map(leaves, made.claims))} leaves")
    began = time.process_time()
    state_sha256(made, SECRET)
    click.echo(f"state      {time.process_time() - began:5.2f} s")
    for profile in Profile:
        began = time.process_time()
        shown = redacted(made, policy_of(profile), SECRET)
        told = time.process_time()
        size = sum(map(len, document.drawn(issue_of(shown), shown).pieces()))
        written, most = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        click.echo(
            f"{profile:10} {told - began:5.2f} s to redact, {written - told:5.2f} s to write"
            f" {size / 1e6:.0f} MB, {most / 1024:.0f} MB of memory"
        )


if __name__ == "__main__":
    main()
