"""Commands on articles: take one in, list them."""

from typing import Any

import click
from sqlalchemy import func, select

from app.cli.desk import actor, either, emit, json_option, opened
from app.cli.handing_over import handed_over
from app.cli.proposals import proposals, read, read_to_the_end, summary
from claims.manuscript import Manuscript, take_in
from claims.models import Article, Claim
from claims.text import ENCODINGS
from sources.store import Store


@click.group()
def article() -> None:
    """Add and list articles, and read what they state."""


article.add_command(proposals)
article.add_command(read)


@article.command("add")
@click.argument("source", metavar="FILE|URL|-")
@click.option("--title", help="Default: the document's own title, else the first line.")
@click.option("--language", help="BCP 47, as in zh-Hans. Default: as the text shows.")
@click.option("--published", help="The day of publication, as in 2025-02-24.")
@click.option("--encoding", type=click.Choice(ENCODINGS), help="Only where it is not UTF-8.")
@click.option("--accept", is_flag=True, help="Make claims of all strong proposals at once.")
@json_option
def add(
    source: str,
    title: str | None,
    language: str | None,
    published: str | None,
    encoding: str | None,
    accept: bool,
    as_json: bool,
) -> None:
    """Store a file, a page at an address or standard input as version 1 of a new article.

    Word (.docx), PDF, web pages (.html), .txt and .md are read. Every number in it is listed.
    """
    manuscript = handed_over(source, encoding)
    database = opened()
    with database.writing(actor()) as session:
        made = take_in(
            session,
            Store(database.settings.store),
            manuscript,
            title=title,
            language=language,
            published=published,
            by=actor(),
        )
        answer = _known(made, manuscript)
    answer |= read_to_the_end(database, answer["key"], accept=accept)
    for notice in manuscript.notices:
        for words in notice.values():
            click.echo(words, err=True)
    if as_json:
        emit(answer)
    else:
        click.echo(summary(answer))


def _known(made: Article, manuscript: Manuscript) -> dict[str, Any]:
    """Return what is known of a new article before its claims are."""
    version = made.versions[-1]
    return {
        "key": made.key,
        "language": made.language,
        "published": made.published,
        "byline": made.byline,
        "origin": manuscript.origin,
        "media_type": version.media_type,
        "charset": version.charset,
        "received_sha256": version.received_sha256,
        "notices": list(manuscript.notices),
    }


@article.command("list")
@json_option
def list_articles(as_json: bool) -> None:
    """List the articles with their versions and claims."""
    with opened().reading() as session:
        claims = select(func.count()).where(Claim.article_id == Article.id).scalar_subquery()
        rows = session.execute(select(Article, claims).order_by(Article.id)).all()
        found = [
            {
                "key": row.key,
                "title": row.title,
                "language": row.language,
                "versions": [
                    {"number": version.number, "sha256": version.sha256} for version in row.versions
                ],
                "claims": count,
                "sample": row.sample,
            }
            for row, count in rows
        ]
    if as_json:
        emit(found)
        return
    for entry in found:
        click.echo(f"{entry['key']}\t{entry['claims']} claims\t{either(entry['title'])}")
