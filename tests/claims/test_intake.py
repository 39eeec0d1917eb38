"""Taking an article in: version 1, every number in it, and a claim for each clause that states."""

import pytest
from sqlalchemy.orm import Session

from claims.errors import Refused
from claims.intake import add_article
from claims.mentions import coverage
from claims.models import Article
from claims.text import read_text

SAID = "十月降雨量同比增长12.5%，达到340毫米。天气转凉。"


def taken(session: Session, published: str | None = "2024-11-02") -> Article:
    return add_article(
        session,
        read_text(SAID),
        title="降雨",
        language="zh-Hans",
        published=published,
        file_name=None,
        by="editor:test",
    )


def test_an_article_has_its_numbers_listed_and_claims_proposed(session: Session) -> None:
    article = taken(session)
    version = article.versions[0]
    for mention in version.mentions:
        assert version.text[mention.start : mention.stop] == mention.text
    assert [claim.statement["zh"] for claim in article.claims] == [SAID.partition("天")[0]]
    assert {"12.5%", "340毫米"} <= {figure.stated_text for figure in article.claims[0].figures}
    counted = coverage(session, version)
    assert counted.accounted == counted.total > 1


@pytest.mark.parametrize("published", ["2025-13-45", "2025-02-30", "2025-13", "yesterday", "٢٠٢٥"])
def test_a_day_that_is_in_no_calendar_is_refused(session: Session, published: str) -> None:
    with pytest.raises(Refused) as refusal:
        taken(session, published)
    assert refusal.value.field == "published"
