"""A running desk with three people and one claim, for the tests of a claim's work."""

import io
import uuid
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.accounts.signin import add_account
from app.db import Database
from app.factory import create_app
from claims.models import Claim
from claims.vocabulary import Stage
from sources.registry import find
from sources.snapshots import take_in
from sources.store import Store
from sources.vocabulary import Tier
from tests.app.browser import PASSWORD, Person
from tests.claims.newsroom import a_claim, a_source

NEW_SOURCE = {
    "origin": "new",
    "url": "https://example.org/report",
    "title": "Annual report 2024",
    "publisher": "Example plc",
    "kind": "company_filing",
    "tier": "primary",
    "stance": "supports",
    "quote": "The share was 5.0 % by revenue.",
    "locator_kind": "page",
    "locator": "37",
}


class Desk:
    """A running application with three people and one claim."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.app = create_app(database.settings, database)
        with database.writing("system:test") as session:
            for name, roles in (
                ("li.wei", {Role.CHECKER}),
                ("zhang.min", {Role.REVIEWER}),
                ("wang.fang", {Role.DESK_LEAD}),
            ):
                add_account(
                    session,
                    name=name,
                    display_name=name,
                    password=PASSWORD,
                    roles=roles,
                    by="system:test",
                )
            claim = a_claim(session)
            self.claim_id, self.figure_id = claim.id, claim.figures[0].id
            self.other_id = a_claim(session, article=claim.article).figures[0].id
            self.source_key = a_source(session, tier=Tier.PRIMARY).key

    @property
    def path(self) -> str:
        return f"/claims/{self.claim_id}"

    def person(self, name: str, language: str = "en") -> Person:
        return Person(self.app, name, language)

    def count(self, model: Any) -> int:
        with self.database.reading() as session:
            return session.scalar(select(func.count()).select_from(model)) or 0

    def claim(self, session: Session) -> Claim:
        return session.get_one(Claim, self.claim_id)

    def first(self, model: Any) -> uuid.UUID:
        with self.database.reading() as session:
            found: uuid.UUID = session.scalars(select(model.id).order_by(model.id)).all()[0]
            return found

    def stage(self) -> Stage:
        with self.database.reading() as session:
            return self.claim(session).stage

    def files(self) -> list[str]:
        folder = self.database.settings.store
        return [file.name for file in folder.iterdir()] if folder.exists() else []


def keep_copy(desk: Desk, content: str | bytes, name: str = "report.txt") -> uuid.UUID:
    """Keep a file as a copy of the desk's source."""
    data = content.encode() if isinstance(content, str) else content
    with desk.database.writing("editor:li.wei") as session:
        source = find(session, desk.source_key)
        store = Store(desk.database.settings.store)
        return take_in(session, store, source, io.BytesIO(data), name, "editor:li.wei").id


def attach(desk: Desk, person: Person, **typed: Any) -> int:
    data = {"source": desk.source_key, "stance": "supports", "quote": "5 %", **typed}
    return person.fill(f"{desk.path}/evidence/new", "quote", **data).status_code


def assess(desk: Desk, person: Person, status: str = "supported", **typed: Any) -> int:
    data = {f"figure_{desk.figure_id.hex}": status, "reasoning": "As the report says."}
    data |= {"disposition": "stet", **typed}
    return person.fill(f"{desk.path}/assessment", "reasoning", **data).status_code


def submitted(desk: Desk, checker: Person) -> None:
    assert attach(desk, checker) == 303
    assert assess(desk, checker) == 303
    assert checker.fill(f"{desk.path}/submit", "receipt").status_code == 303
