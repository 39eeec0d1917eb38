"""A story with a past: what stood at the desk at one moment, and what became of it since."""

import re

from sqlalchemy import delete

from app.db import Database
from app.ledger import history
from claims.models import Claim, Figure
from claims.status import VerificationStatus
from tests.claims import newsroom

CHANGING = re.compile(r'<form(?![^>]*method="(?:dialog|get)")')
"""A form that would change something; one that narrows a list only reads."""


def sealed(database: Database) -> int:
    """Seal what is pending and tell how many entries there are."""
    database.seal()
    with database.reading() as session:
        return history.position(session)


class Story:
    """A claim that was supported, then refuted and given another wording."""

    def __init__(self, database: Database) -> None:
        """Write the story down."""
        self.database = database
        with database.writing("editor:li.wei") as session:
            article = newsroom.an_article(session)
            session.add(newsroom.a_version(article, 1, "2024 年的份额为 5%。"))
            claim = newsroom.a_claim(session, article=article, figures=2)
            newsroom.attached(session, claim)
            newsroom.assessed(session, claim)
            session.add(newsroom.a_figure(claim, 3, material=False))
            self.key, self.claim_id, self.number = article.key, claim.id, claim.number
        self.then = self.position()
        with database.writing("editor:zhang.min") as session:
            session.execute(
                delete(Figure).where(Figure.number == 3, Figure.claim_id == self.claim_id)
            )
            found = session.get_one(Claim, self.claim_id)
            newsroom.assessed(session, found, VerificationStatus.REFUTED)
            found.statement = {"zh": "份额为 6%。", "en": "The share was 6 %."}
        self.now = self.position()
        self.article = f"/articles/{self.key}"
        self.claim = f"/claims/{self.claim_id}"

    def position(self) -> int:
        """How many entries are sealed."""
        return sealed(self.database)

    @property
    def pages(self) -> list[str]:
        """The pages about the article, its claim and the queue."""
        return [
            self.article,
            f"{self.article}?claim={self.number}",
            f"{self.article}/appendix",
            self.claim,
            f"{self.claim}/history",
            "/queue",
            f"/queue?article={self.key}",
        ]


def dated(path: str, at: object) -> str:
    """The same address as of a place."""
    return f"{path}{'&' if '?' in path else '?'}at={at}"
