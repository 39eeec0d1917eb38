"""A running desk for the state machine: who is there, and how they send things."""

import uuid
from dataclasses import replace
from typing import Any

from app.accounts.roles import Role
from app.accounts.signin import add_account
from app.db import Database
from app.factory import create_app
from app.once.asked import new_key
from claims.models import Claim, Contest, Evidence, Figure
from claims.policy import LEVELS
from sources.vocabulary import Tier
from tests.app.browser import PASSWORD, Person
from tests.claims.newsroom import a_source

STAFF = {
    "li.wei": {Role.CHECKER},
    "zhang.min": {Role.REVIEWER},
    "wang.fang": {Role.CHECKER, Role.REVIEWER, Role.DESK_LEAD},
    "chen.jie": {Role.CHECKER, Role.APPROVER},
}
"""Two people with one role each, two who hold several."""


STATEMENTS = {
    "stage": "UPDATE claim SET stage = :stage WHERE id = :claim",
    "submitter": "UPDATE claim SET submitted_by = :who WHERE id = :claim",
    "author": "UPDATE claim SET created_by = :who WHERE id = :claim",
    "levels": "UPDATE claim SET sign_off_levels = 1 WHERE id = :claim",
    "settled": "UPDATE contest SET settled_by = :who, settled_at = :at, outcome = 'rejected'"
    " WHERE claim_id = :claim",
    "signature": "INSERT INTO sign_off (id, claim_id, decision, level, submission, content_sha256,"
    " created_at, created_by) SELECT :id, id, 'signed', 2, submission, :sha256, :at, :who"
    " FROM claim WHERE id = :claim",
    "assessment": "INSERT INTO assessment (id, claim_id, status, created_at, created_by)"
    " VALUES (:id, :claim, 'supported', :at, :who)",
    "content": "UPDATE claim SET proposed_wording = :id WHERE id = :claim",
}
FIGURE = {
    "reading": "printed",
    "role": "value",
    "period": "2024",
    "change_kind": "level",
    "observation_status": "normal",
    "material": "y",
}
PERSONAL = frozenset({"csrf_token", "receipt", "version", "draft", "typist"})
VOIDING = frozenset({"assessment", "content"})
"""What a shell can do to a signed claim: the database takes it, and the signature is void."""

OF_ADDRESS: dict[str, Any] = {
    "claims": Claim,
    "contests": Contest,
    "evidence": Evidence,
    "figures": Figure,
}
"""Which row an address is about."""


class Newsroom:
    """A running desk whose people are signed in once."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.app = create_app(database.settings, database)
        self.desks = {
            number: Database(replace(database.settings, sign_off_levels=number))
            for number in LEVELS
        }
        with database.writing("system:test") as session:
            for name, roles in STAFF.items():
                add_account(
                    session,
                    name=name,
                    display_name=name,
                    password=PASSWORD,
                    roles=roles,
                    by="system:test",
                )
            self.source = a_source(session, tier=Tier.PRIMARY).key
        self.people = {name: Person(self.app, name) for name in STAFF}
        self.tokens = {
            name: person.open("/articles", "csrf_token").fields["csrf_token"]
            for name, person in self.people.items()
        }

    def ask_for(self, levels: int) -> None:
        """Let the desk's setting be another from here on."""
        self.app.extensions["database"] = self.desks[levels]

    def close(self) -> None:
        for one in self.desks.values():
            one.close()

    def _version(self, path: str) -> str:
        """The present version of the row that an address names, as its form would send it."""
        parts = path.split("/")
        kind = OF_ADDRESS.get(parts[1])
        if kind is None:
            return ""
        with self.database.reading() as session:
            return str(session.get_one(kind, uuid.UUID(parts[2])).version)

    def post(self, name: str, path: str, **typed: Any) -> int:
        sealed = {"csrf_token": self.tokens[name], "receipt": new_key()}
        data = {**sealed, "version": self._version(path), **typed}
        status = self.people[name].client.post(path, data=data).status_code
        assert status < 500, (path, status)
        return status
