"""The page of the appendix where there is nothing to attest."""

import pytest

from app.db import Database
from claims.models import Article
from tests.app.views.visit import Visit


@pytest.mark.parametrize("page", ["", "/appendix", "/intake", "/numbers"])
def test_an_article_without_a_text_is_not_there_yet(database: Database, page: str) -> None:
    with database.writing("system:test") as session:
        session.add(
            Article(key="empty", title={"en": "Empty"}, language="en", created_by="system:test")
        )
    answer = Visit(database).get(f"/articles/empty{page}", 404)
    assert "This article has no text yet." in answer.text


@pytest.mark.parametrize("page", ["", "/appendix"])
def test_an_unknown_article_is_not_there(database: Database, page: str) -> None:
    assert "There is no such article." in Visit(database).get(f"/articles/nobody{page}", 404).text
