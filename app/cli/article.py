"""Commands on articles: add one, list them."""

from pathlib import Path

import click
from sqlalchemy import func, select

from app.cli.desk import actor, either, emit, json_option, opened
from claims.intake import add_article
from claims.mentions import coverage
from claims.models import Article, Claim
from claims.text import ENCODINGS, read_bytes


@click.group()
def article() -> None:
    """Add and list articles."""


@article.command("add")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--title", help="Default: the first line of the text.")
@click.option("--language", default="zh-Hans", show_default=True, help="BCP 47, as in zh-Hans.")
@click.option("--published", help="The day of publication, as in 2025-02-24.")
@click.option("--encoding", type=click.Choice(ENCODINGS), help="Only where it is not UTF-8.")
@json_option
def add(
    file: Path,
    title: str | None,
    language: str,
    published: str | None,
    encoding: str | None,
    as_json: bool,
) -> None:
    """Store FILE as version 1 of a new article and list every number in it."""
    text = read_bytes(file.read_bytes(), encoding)
    with opened().writing(actor()) as session:
        made = add_article(
            session,
            text,
            title=title,
            language=language,
            published=published,
            file_name=file.name,
            by=actor(),
        )
        counted = coverage(session, made.versions[-1])
        claims = session.scalar(select(func.count()).where(Claim.article_id == made.id)) or 0
        answer = {
            "key": made.key,
            "title": either(made.title),
            "sha256": made.versions[-1].sha256,
            "numbers": counted.total,
            "claims": claims,
        }
    if as_json:
        emit(answer)
    else:
        click.echo(f"{answer['key']}: {answer['numbers']} numbers, {claims} claims proposed")


@article.command("list")
@json_option
def list_articles(as_json: bool) -> None:
    """List the articles with their versions and claims."""
    with opened().reading() as session:
        claims = select(func.count()).where(Claim.article_id == Article.id).scalar_subquery()
        rows = session.execute(select(Article, claims).order_by(Article.id)).tuples().all()
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
