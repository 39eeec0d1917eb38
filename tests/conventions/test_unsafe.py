"""T-INJ: nothing in the product is made of what somebody typed but pages, and those escape it.

Each rule is proven by a deliberate violation, all of them by the planted application as well.
"""

from collections.abc import Callable
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from tests.conventions import tree, unsafe

PLANTED = Path("tests/nightly/planted")
ALLOWED: dict[str, dict[str, str]] = {
    "statements": {
        "app/ledger/*": "made of the models' names; values are bound",
        "app/db.py": "settings of SQLite that stand there",
        "app/health.py": "one of two questions that stand there",
        "app/search_index.py": "statements that stand there, one list for each engine",
        "claims/queries/search.py": "one of two questions that stand there",
        "app/accounts/totp.py": "one of two modes of a lock that stand there",
        "sources/contacts.py": "one of two modes of a lock that stand there",
    },
    "markup": {
        "app/exports/page/body.py": "every word is escaped in markup.py",
        "app/reference_style.py": "escaped where it is made, in sources.citing.marks",
        "app/views/help.py": "files of this program",
    },
    "commands": {
        "manage.py": "makes the environment",
        "app/exports/pdf/press.py": "typst in a child of our own",
        "sources/documents/confined.py": "strangers' files are read in a child of our own",
        "sources/documents/exchange.py": "speaks with that child",
    },
    "network": {
        "sources/bodies.py": "part of the Fetcher",
        "sources/connections.py": "part of the Fetcher",
        "sources/exchanges.py": "part of the Fetcher",
        "sources/fetching.py": "the Fetcher",
        "app/serving/connection.py": "the connections of those who ask; none goes out",
        "app/oidc/line.py": "goes to the provider the settings name, and to no other",
        "app/jobs/presence.py": "asks this machine for its name",
        "app/jobs/running.py": "the names of what a fetch raises",
    },
    "chance": {"app/jobs/backoff.py": "how long to wait is no secret"},
    "hashes": {"app/accounts/leaked_passwords.py": "the public list names passwords by it"},
}
"""The files a rule does not hold for, and why; each is one that breaks the rule."""
VIOLATIONS = {
    "statements": (
        'from sqlalchemy import text as sql\nsql(f"SELECT {x}")',
        "from sqlalchemy import text\ntext('SELECT 1')\nx.text(f'{y}')",
    ),
    "markup": ("Markup('<b>' + x)", "Markup('<b>{}</b>').format(x)"),
    "commands": ("run(x, shell=True)", "run(x, shell=False)"),
    "running": ("from yaml import load", "import json"),
    "network": ("import urllib.request", "from urllib.parse import urlsplit"),
    "chance": ("from random import choice", "import secrets"),
    "comparisons": ("if given.token != known: pass", "select().where(Account.token == token)"),
    "hashes": ("hashlib.new('md5', x)", "hashlib.sha256(x)"),
    "xml": ("etree.XMLParser(no_network=True)", "etree.XMLParser(resolve_entities=False)"),
}


def product(*suffixes: str) -> list[Path]:
    return [
        file
        for file in tree.tracked()
        if (file.parts[0] in tree.PACKAGES or file.name == "manage.py") and file.suffix in suffixes
    ]


def complaints(rule: Callable[[str], list[str]], files: list[Path]) -> dict[str, list[str]]:
    found = {str(file): rule(tree.text_of(file) or "") for file in files}
    return {name: said for name, said in found.items() if said}


def test_no_module_does_what_only_named_ones_may() -> None:
    """All rules of one file after the other, so that each file is read once."""
    used, wrong = set[tuple[str, str]](), list[str]()
    for file in product(".py"):
        for name, rule in unsafe.PYTHON.items():
            said = rule(tree.text_of(file) or "")
            by = [one for one in ALLOWED.get(name, {}) if fnmatchcase(str(file), one)]
            used.update((name, one) for one in by if said)
            wrong += [] if by else [f"{file}: {name}: {one}" for one in said]
    assert wrong == []
    # An exception nobody needs any more would let the next one in.
    assert used == {(name, one) for name, places in ALLOWED.items() for one in places}


def test_no_script_makes_markup_and_no_template_prints_any() -> None:
    assert complaints(unsafe.scripts, product(".js")) == {}
    assert complaints(unsafe.templates, product(".html", ".md", ".xml")) == {}


@pytest.mark.parametrize("name", unsafe.PYTHON)
def test_each_rule_cries_at_a_violation_and_only_there(name: str) -> None:
    violation, decent = VIOLATIONS[name]
    assert unsafe.PYTHON[name](violation)
    assert unsafe.PYTHON[name](decent) == []
    assert unsafe.PYTHON[name](tree.text_of(PLANTED / "careless.py") or "")


def test_the_rules_about_pages_cry_at_the_planted_ones() -> None:
    assert len(unsafe.scripts(tree.text_of(PLANTED / "script.js") or "")) == 4
    assert len(unsafe.templates(tree.text_of(PLANTED / "page.html") or "")) == 2
    assert unsafe.scripts("node.textContent = said; node.innerHTML === other") == []
    assert unsafe.templates("{{ unsafe }} {{ title | safely }}") == []
