"""A desk with one of everything, ready to be attacked."""

import re

from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from app.accounts import totp
from app.accounts.factor_keys import FactorKeys
from app.accounts.models import Account
from app.accounts.tokens import issue
from app.accounts.vocabulary import Scope
from sources.contact_keys import ContactKeys
from sources.contacts import Reached, add_contact
from sources.registry import add_source
from tests.app.forms.stands import EVERYBODY, PAGES, Stands
from tests.benchmarks.hostile.assault import Assault
from tests.benchmarks.hostile.books import TITLE
from tests.benchmarks.hostile.kinds import Scene
from tests.benchmarks.hostile.site import Site, Traps

SPARED = frozenset({"accounts.sign_out", "accounts.signed_in", "own_account.end_session",
                    "own_account.end_other_sessions", "administration.disable"})  # fmt: skip
"""What would only end the attack: nobody else would be signed in."""

KEEPER, BY = "editor:li.wei", f"editor:{EVERYBODY}"
CANARIES = ("Zibellina-4711-Kestrel", "Quaggafin-2093-Ombre", "Vireowise-8815-Tamarind")
"""The name of a confidential source, and how it is reached."""
NAMED = re.compile(r"<[^>]+>")
NOTHING = "00000000-0000-0000-0000-000000000000"


def scene(stands: Stands, assault: Assault, site: Site, traps: Traps) -> Scene:
    """Everything on the desk that can be attacked, as its pages show it now."""
    bearer, assault.tally.canaries = secrets_of(stands)
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
        bearer=bearer,
    )


def secrets_of(stands: Stands) -> tuple[str, dict[str, str]]:
    """Give the attacker a token, and plant what no answer to them may hold."""
    database = stands.desk.database
    settings = database.settings
    told = Reached(name=CANARIES[1], phone=CANARIES[2])
    with database.writing(KEEPER) as session:
        source = add_source(session, by=KEEPER, title=CANARIES[0], confidential=True)
        add_contact(session, ContactKeys(settings.contact_key_file), source, told, by=KEEPER)
        rows = {row.name: row for row in session.scalars(select(Account))}
        issued = issue(session, rows[EVERYBODY].id, "attack", set(Scope), 30, BY)
        keeper = rows[KEEPER.partition(":")[2]]
        kept = issue(session, keeper.id, "kept", set(Scope), 30, KEEPER)
        telephone = totp.begin(
            session, FactorKeys(settings.factor_key_file), keeper, "T", by=KEEPER
        )
        planted = {
            TITLE: CANARIES[0],
            "name of a contact": CANARIES[1],
            "telephone of a contact": CANARIES[2],
            "token of somebody": kept.text,
            "seed of a telephone": totp.seed(FactorKeys(settings.factor_key_file), telephone),
            "secret key": settings.secret_key,
            "ledger key": settings.ledger_key().hex(),
        }
        for name, row in rows.items():
            planted[f"password hash of {name}"] = row.password_hash
            planted[f"session token of {name}"] = row.session_token
    return issued.text, {name: text for name, text in planted.items() if text}


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
