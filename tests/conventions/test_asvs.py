"""docs/asvs.csv answers every requirement of levels 1 and 2 of the OWASP ASVS 5.0.0.

The list of identifiers and levels beside this file is that of the standard as OWASP published it in
May 2025 (github.com/OWASP/ASVS, tag v5.0.0); a requirement's words are not copied, only told.
"""

import re
from collections import Counter

from tests.conventions.listed_tests import missing, rows
from tests.conventions.tree import ROOT

STANDARD = {row["id"]: int(row["level"]) for row in rows(ROOT / "tests/conventions/asvs_ids.csv")}
ANSWERED = rows(ROOT / "docs/asvs.csv")
EXCLUDED = rows(ROOT / "docs/asvs_excluded.csv")
STATUSES = {"met", "met_by_deployment", "not_applicable", "not_met"}
LOWEST_SHARE = 0.9
SUBSTANCE = 12
"""Words that a reason has at least."""
ABSENT = {
    "graphql": r"graphql|ariadne|strawberry|graphene",
    "websocket": r"websockets?|flask-sock|simple-websocket|socketio|python-engineio",
    "webrtc": r"aiortc|pylibsrtp",
    "ldap": r"ldap3?|python-ldap",
    "memcache": r"pymemcache|python-memcached|pylibmc|redis",
    "mail": r"flask-mail(man)?|aiosmtplib|smtplib|imaplib",
    "saml": r"python3?-saml|pysaml2",
    "telephone": r"twilio|vonage|messagebird",
    "client certificates": r"SSL_CLIENT|X-Client-Cert|getpeercert",
}
"""What does not apply because it is not there: how a package, module or header of it is called."""


def excluded() -> list[str]:
    return [name for row in EXCLUDED for name in row["ids"].split()]


def test_the_standard_is_whole() -> None:
    assert Counter(STANDARD.values()) == {1: 70, 2: 183, 3: 92}


def test_every_requirement_up_to_level_two_is_answered_or_left_out_with_a_reason() -> None:
    told = [row["id"] for row in ANSWERED] + excluded()
    assert [name for name, times in Counter(told).items() if times > 1] == []
    assert set(told) == {name for name, level in STANDARD.items() if level <= 2}
    assert len(ANSWERED) == 217


def test_each_row_says_what_it_is_about() -> None:
    for row in ANSWERED:
        assert int(row["level"]) == STANDARD[row["id"]], row["id"]
        assert row["id"].startswith(f"{row['chapter'].split()[0]}."), row["id"]
        assert row["status"] in STATUSES, row["id"]
        assert row["description"].endswith("."), row["id"]
        assert len(row["description"].split()) <= 24, row["id"]


def test_every_named_test_is_there_and_runs() -> None:
    named = {name for row in ANSWERED for name in row["tests"].split()}
    assert missing(sorted(named)) == []


def test_nine_in_ten_are_proven_by_a_test_and_the_others_say_why_not() -> None:
    proven = [row for row in ANSWERED if row["tests"]]
    assert len(proven) >= LOWEST_SHARE * len(ANSWERED)
    short = [
        row["id"] for row in ANSWERED if not row["tests"] and len(row["reason"].split()) < SUBSTANCE
    ]
    assert short == []


def test_what_is_not_met_has_a_plan() -> None:
    unmet = [row for row in ANSWERED if row["status"] == "not_met"]
    assert [row["id"] for row in unmet if "Plan: " not in row["reason"]] == []
    claimed = [row for row in ANSWERED if row["status"] == "met" and not row["tests"]]
    assert claimed == []


def test_what_is_left_out_is_really_not_there() -> None:
    lock = (ROOT / "requirements/run.txt").read_text("utf-8")
    packages = re.findall(r"^([\w.-]+)==", lock, re.MULTILINE)
    code = "\n".join(
        file.read_text("utf-8")
        for folder in ("app", "claims", "sources")
        for file in (ROOT / folder).rglob("*.py")
    )
    for what, pattern in ABSENT.items():
        named = re.compile(rf"^(?:{pattern})$", re.IGNORECASE)
        assert [name for name in packages if named.match(name)] == [], what
        imported = re.compile(
            rf"^\s*(?:import|from) (?:{pattern})\b|[\"'](?:{pattern})", re.MULTILINE
        )
        found = imported.search(code)
        assert found is None, (what, found and found[0])
