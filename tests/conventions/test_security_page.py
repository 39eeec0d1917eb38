"""docs/security.md says what the program does: its numbers are the program's."""

import ast
import re
from pathlib import Path

import pytest

from app.accounts import links, passwords, saved_filters, sessions, tokens
from app.accounts.vocabulary import LinkPurpose
from app.bodies import BODY_LIMIT, PLAIN_LIMIT
from app.config import DRAFT_DAYS
from app.db import WAIT_SECONDS
from app.factory import CONFIG
from app.leftovers import REMEMBERED
from app.limits.vocabulary import GATES, WINDOW, Gate
from app.serving.connection import HEADER_SECONDS
from app.serving.listening import PATIENCE
from app.serving.places import MOST, MOST_OF_AN_ADDRESS
from app.typed_numbers import MOST_DIGITS
from claims import bulk
from claims.text import LIMIT as TEXT_LIMIT
from sources import bodies, fetching, packages, store
from sources.documents import limits
from tests.conventions import tree

PAGE = (tree.ROOT / "docs" / "security.md").read_text("utf-8")
HOURS, DAYS, MIB = 3600, 86400, 1024 * 1024
NUMBERS = [
    f"{TEXT_LIMIT // MIB} MiB",
    f"{store.LIMIT // 1_000_000} MB |",
    f"{PLAIN_LIMIT // MIB} MiB, with files {BODY_LIMIT // MIB} MiB; ",
    f"{CONFIG['MAX_FORM_PARTS']} parts",
    f"{fetching.SECONDS:.0f} seconds, {fetching.MOST_REDIRECTS} redirects",
    f"unpacked at most {bodies.MOST_RATIO} times",
    f"{limits.SECONDS} seconds of computing, {limits.MEMORY // MIB} MiB",
    f"{limits.AT_ONCE} at a time",
    f"{packages.MOST_ENTRIES:,} entries, unpacked at most {packages.MOST_RATIO} times",
    f"tokens of an account that work | {tokens.MOST} |",
    f"saved filters of an account | {saved_filters.MOST} |",
    f"claims in one act on many | {bulk.MOST} |",
    f"connections to the server | {MOST}, of one address {MOST_OF_AN_ADDRESS}",
    f"a silent one is kept {PATIENCE} seconds, a request's head {HEADER_SECONDS:.0f} seconds",
    f"{GATES[Gate.SIGN_IN].of_a_pair} attempts in {WINDOW.total_seconds() / 60:.0f} minutes",
    f"{GATES[Gate.SIGN_IN].of_all} for everybody",
    f"at least {passwords.SHORTEST} characters and at most {passwords.LONGEST}",
    f"not older than {sessions.FRESH.total_seconds() / 60:.0f} minutes",
    f"waiting for the database | {WAIT_SECONDS:.0f} seconds",
    f"at most {MOST_DIGITS} plain digits",
    f"{links.TERMS[LinkPurpose.INVITATION].days} days for an invitation",
    f"{links.TERMS[LinkPurpose.RESET].total_seconds() / HOURS:.0f} hours for a reset",
    f"after {max(tokens.DAYS)} days at the latest",
    f"after {sessions.IDLE.total_seconds() / HOURS:.0f} hours without use",
    f"after {sessions.LONGEST.days} days in any case",
    f"drafts {DRAFT_DAYS} days",
    f"addresses {REMEMBERED.days} days after",
]
ASKED_FOR = {
    "V2.1.1": "What comes in",
    "V2.1.2": "What must fit together",
    "V2.1.3": "Limits of the work",
    "V5.1.1": "Files",
    "V6.1.1": "Ways to sign in",
    "V6.1.2": "Ways to sign in",
    "V6.1.3": "Ways to sign in",
    "V7.1.1": "Sessions",
    "V7.1.2": "Sessions",
    "V7.1.3": "Sessions",
    "V8.1.1": "Who may do what",
    "V8.1.2": "Who may do what",
    "V11.1.1": "Keys",
    "V11.1.2": "Cryptography",
    "V13.1.1": "With whom the desk speaks",
    "V14.1.1": "What is sensitive",
    "V14.1.2": "What is sensitive",
    "V15.1.1": "Libraries",
    "V15.1.3": "Limits of the work",
    "V16.1.1": "What is recorded",
}
"""The documents that the ASVS asks for, and the section of the page that is it."""
CRYPTOGRAPHY = {"argon2", "authlib", "cryptography", "hashlib", "hmac", "itsdangerous", "joserfc",
                "pyotp", "secrets", "ssl", "webauthn"}  # fmt: skip
WEAK = re.compile(
    r"\b(?:md5|sha1|MD5|SHA1|TripleDES|ARC4|Blowfish|ECB|PKCS1v15|PBKDF2\w*|scrypt)\b"
)
NAMED = {
    # The name that the public list gives a leaked password; nothing rests on it.
    "app/accounts/leaked_passwords.py": "hashlib.sha1(password.encode(), usedforsecurity=False)"
}
GUESSED = re.compile(r"\brandom\.(?!SystemRandom\b)\w+")


def sections() -> dict[str, str]:
    parts = re.split(r"^## (.+)$", PAGE, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


@pytest.mark.parametrize("number", NUMBERS)
def test_it_says_what_the_code_does(number: str) -> None:
    assert number in re.sub(r"\s+", " ", PAGE)


def test_it_has_a_section_for_each_document_that_is_asked_for() -> None:
    found = sections()
    thin = [name for name in ASKED_FOR.values() if len(found.get(name, "").split()) < 60]
    assert thin == []


def product() -> list[Path]:
    return [file for file in tree.python_files() if file.parts[0] in tree.PACKAGES]


def imports(source: str) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names


def test_every_use_of_cryptography_stands_in_its_inventory() -> None:
    """Each module that imports some lies in a place that a row of the inventory names."""
    places = re.findall(r"`([a-z_/]+(?:\.py)?)`", sections()["Cryptography"])
    using = [
        file.as_posix()
        for file in product()
        if CRYPTOGRAPHY & imports((tree.ROOT / file).read_text("utf-8"))
    ]
    assert using
    unlisted = [name for name in using if not any(name.startswith(place) for place in places)]
    assert unlisted == []
    gone = [place for place in places if not (tree.ROOT / place).exists()]
    assert gone == []


def test_no_weak_primitive_is_used() -> None:
    """What is weak is named in no code of the product; nothing secret comes from a seed."""
    assert WEAK.search("hashlib.md5(x)")
    assert GUESSED.search("random.choice(x)")
    for file in product():
        source = (tree.ROOT / file).read_text("utf-8")
        code = ast.unparse(without_words(ast.parse(source)))
        code = code.replace(NAMED.get(file.as_posix(), "\0"), "", 1)
        assert WEAK.search(code) is None, file
        assert GUESSED.search(code) is None, file


def without_words(module: ast.Module) -> ast.Module:
    """The module without its docstrings, which may tell what is not used."""
    for node in ast.walk(module):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            node.body = [  # type: ignore[attr-defined]
                one
                for one in body
                if not (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant))
            ] or [ast.Pass()]
    return module
