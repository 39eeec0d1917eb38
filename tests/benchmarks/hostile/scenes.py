"""A desk with one of everything, ready to be attacked."""

import re

from flask import Flask
from werkzeug.routing import Rule

from tests.app.forms.stands import PAGES, Stands
from tests.benchmarks.hostile.assault import Assault
from tests.benchmarks.hostile.kinds import Scene
from tests.benchmarks.hostile.site import Site, Traps

SPARED = frozenset({"accounts.sign_out", "accounts.signed_in", "own_account.end_session",
                    "own_account.end_other_sessions", "administration.disable"})  # fmt: skip
"""What would only end the attack: nobody else would be signed in."""

NAMED = re.compile(r"<[^>]+>")
NOTHING = "00000000-0000-0000-0000-000000000000"


def scene(stands: Stands, assault: Assault, site: Site, traps: Traps) -> Scene:
    """Everything on the desk that can be attacked, as its pages show it now."""
    forms: dict[str, list[tuple[str, str]]] = {}
    for rule in rules(stands.app, "POST"):
        action = place(stands, rule, rule.rule)
        page = place(stands, rule, PAGES.get(rule.endpoint, rule.rule))
        found = assault.shown(page, action) if rule.endpoint not in SPARED else []
        if found:
            forms[action] = found
    desk = stands.desk
    return Scene(
        site=site,
        trap=traps.port,
        evidence=f"{desk.path}/evidence/new",
        snapshots=f"/sources/{desk.source_key}/snapshots",
        forms=forms,
        pages=tuple(sorted({place(stands, rule, rule.rule) for rule in rules(stands.app, "GET")})),
        token=assault.token,
    )


def place(stands: Stands, rule: Rule, pattern: str) -> str:
    """The address of a rule; where the desk has nothing it could be about, one of nothing."""
    try:
        return stands.path(rule, pattern)
    except KeyError:
        return NAMED.sub(NOTHING, pattern)


def rules(app: Flask, method: str) -> list[Rule]:
    """The addresses of the desk that can be filled in."""
    found = (rule for rule in app.url_map.iter_rules() if method in (rule.methods or ()))
    return [rule for rule in found if rule.endpoint != "static" and "<path:" not in rule.rule]
