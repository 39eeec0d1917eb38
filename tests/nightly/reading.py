"""The tools that read the code: bandit with its own rules, semgrep with ours."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.conventions.tree import ROOT
from tests.nightly import tools
from tests.nightly.findings import DESK, TWIN, Finding, Hole
from tests.nightly.tools import ToolFailed

CODE = ("app", "claims", "sources", "manage.py", ".ci")
RULES = "tests/rules"
PLANTED = "tests/nightly/planted"
SECONDS = 900
BANDIT = ("B608", "B301", "B506", "B602", "B324", "B310", "B314", "B311", "B105", "B704")
SEMGREP = (
    "request-into-statement",
    "request-into-markup",
    "request-into-path",
    "request-into-redirect",
    "request-into-command",
    "request-into-fetch",
    "template-unescaped",
    "script-writes-markup",
    "weak-hash",
    "weak-chance",
    "secret-compared-in-parts",
    "unchecked-deserialisation",
    "shell",
    "xml-with-entities",
    "route-without-permission",
    "csrf-exempt",
)
"""Every rule of ours; a test compares them with the files."""
HOLES = (
    *(Hole("bandit", TWIN, (rule,), f"{PLANTED}/*") for rule in BANDIT),
    *(Hole("semgrep", TWIN, (rule,), f"{PLANTED}/*") for rule in SEMGREP),
)


def bandit(program: Path) -> Iterator[Finding]:
    """Read the product and the planted file."""
    command = [str(program), "--recursive", "--format", "json", "--quiet", "--exit-zero"]
    told = _json([*command, *CODE, PLANTED])
    for one in told["results"]:
        place = one["filename"].removeprefix("./")
        yield Finding("bandit", _where(place), one["test_id"], place, f"line {one['line_number']}")
    if told["errors"]:
        raise ToolFailed(f"bandit could not read {told['errors'][0]}")


def semgrep(program: Path) -> Iterator[Finding]:
    """Read the product and the planted files by our own rules; nothing is asked of a network."""
    command = [str(program), "scan", "--config", RULES, "--json", "--quiet", "--metrics=off"]
    command += ["--disable-version-check", "--no-git-ignore", "--jobs", "2"]
    told = _json([*command, *CODE, PLANTED], folder=program.parent)
    for one in told["results"]:
        rule, place = one["check_id"].rpartition(".")[2], one["path"]
        yield Finding("semgrep", _where(place), rule, place, f"line {one['start']['line']}")
    if told["errors"]:
        raise ToolFailed(f"semgrep could not read {str(told['errors'][0])[:300]}")


def _json(command: list[str], folder: Path | None = None) -> dict[str, list[dict[str, Any]]]:
    done = tools.run(command, SECONDS, ROOT, folder)
    try:
        told: dict[str, list[dict[str, Any]]] = json.loads(done.out)
    except ValueError as problem:
        raise ToolFailed(f"{command[0]}: {(done.err or done.out)[-500:]}") from problem
    return told


def _where(place: str) -> str:
    return TWIN if place.startswith(PLANTED) else DESK
