"""Commands on articles: add one, list them."""

from pathlib import Path
from typing import Any

import click
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.cli.desk import actor, either, emit, json_option, opened
from app.db import Database
from claims.differences import read_again
from claims.errors import Missing
from claims.intake import add_article
from claims.mentions import coverage
from claims.models import Article, ArticleVersion, Claim, Proposal, ReadingDifference
from claims.queries.articles import version_of
from claims.queries.triage import listed_proposals
from claims.reading import reading_words
from claims.readings import latest_reading, progress, read_on
from claims.text import ENCODINGS, read_bytes
from claims.triage import accept_all
from claims.triage_vocabulary import ProposalState, Strength
from claims.vocabulary import Stage


@click.group()
def article() -> None:
    """Add and list articles."""


@article.command("add")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--title", help="Default: the first line of the text.")
@click.option("--language", default="zh-Hans", show_default=True, help="BCP 47, as in zh-Hans.")
@click.option("--published", help="The day of publication, as in 2025-02-24.")
@click.option("--encoding", type=click.Choice(ENCODINGS), help="Only where it is not UTF-8.")
@click.option("--accept", is_flag=True, help="Make claims of all strong proposals at once.")
@json_option
def add(
    file: Path,
    title: str | None,
    language: str,
    published: str | None,
    encoding: str | None,
    accept: bool,
    as_json: bool,
) -> None:
    """Store FILE as version 1 of a new article, list every number in it and propose claims."""
    text = read_bytes(file.read_bytes(), encoding)
    database = opened()
    with database.writing(actor()) as session:
        made = add_article(
            session,
            text,
            title=title,
            language=language,
            published=published,
            file_name=file.name,
            by=actor(),
        )
        key = made.key
    answer = _read_to_the_end(database, key, accept=accept)
    if as_json:
        emit(answer)
    else:
        click.echo(_summary(answer))


def _read_to_the_end(database: Database, key: str, *, accept: bool = False) -> dict[str, Any]:
    """Read what is not read yet, a portion in each transaction, and say what came of it."""
    finished = False
    while not finished:
        with database.writing(actor()) as session:
            finished = read_on(session, version_of(session, key), by=actor()).finished
    if accept:
        with database.writing(actor()) as session:
            accept_all(session, version_of(session, key), by=actor())
    with database.reading() as session:
        return _state(session, version_of(session, key))


def _state(session: Session, version: ArticleVersion) -> dict[str, Any]:
    rows = listed_proposals(session, version)
    left = [row for row in rows if row.state is ProposalState.PENDING]
    claims = select(func.count()).where(
        Claim.article_id == version.article_id, Claim.stage != Stage.DROPPED
    )
    return {
        "key": version.article.key,
        "title": either(version.article.title),
        "sha256": version.sha256,
        "numbers": coverage(session, version).total,
        "accounted": coverage(session, version).accounted,
        "proposals": len(rows),
        "strong": sum(row.strength is Strength.STRONG for row in rows),
        "left": len(left),
        "claims": session.scalar(claims) or 0,
    }


def _summary(answer: dict[str, Any]) -> str:
    weak = answer["proposals"] - answer["strong"]
    return (
        f"{answer['key']}: {answer['numbers']} numbers ({answer['accounted']} accounted for), "
        f"{answer['proposals']} proposals ({weak} weak, {answer['left']} left), "
        f"{answer['claims']} claims"
    )


@article.command("proposals")
@click.argument("key")
@json_option
def proposals(key: str, as_json: bool) -> None:
    """List the proposals of the article KEY with their figures, strong ones first."""
    with opened().reading() as session:
        try:
            rows = listed_proposals(session, version_of(session, key))
        except Missing as problem:
            raise click.ClickException(f"there is no article {key}") from problem
        found = [_proposal(row) for row in rows]
    if as_json:
        emit(found)
        return
    for entry in found:
        figures = ", ".join(figure["stated"] for figure in entry["figures"])
        click.echo(f"{entry['number']}\t{entry['state']}\t{entry['strength']}\t{figures}")
        click.echo(f"\t{entry['statement']}")


def _proposal(row: Proposal) -> dict[str, Any]:
    return {
        "number": row.number,
        "state": row.state,
        "strength": row.strength,
        "rule": row.rule,
        "kind": row.kind,
        "statement": row.statement,
        "start": row.start,
        "stop": row.stop,
        "reason": row.reason,
        "claim": row.claim.number if row.claim else None,
        "figures": [
            {
                "stated": figure.stated_text,
                "reads": reading_words(figure),
                "role": figure.role,
                "pair": figure.pair,
                "strength": figure.strength,
                "comparator": figure.comparator,
                "low": figure.low,
                "high": figure.high,
                "unit": figure.unit,
                "change": figure.change_kind,
                "period": figure.period,
                "period_from": figure.period_source,
                "subject": either(figure.subject),
                "measure": either(figure.measure),
                "observation": figure.observation_status,
            }
            for figure in row.figures
        ],
    }


@article.command("read")
@click.argument("key")
@json_option
def read(key: str, as_json: bool) -> None:
    """Read the article KEY to its end, or read it again; differences wait for a person."""
    database = opened()
    try:
        with database.reading() as session:
            version = version_of(session, key)
            finished = progress(latest_reading(session, version.id), version).finished
    except Missing as problem:
        raise click.ClickException(f"there is no article {key}") from problem
    answer: dict[str, Any] = {}
    if finished:
        with database.writing(actor()) as session:
            again = read_again(session, version_of(session, key), by=actor())
            counted = select(func.count()).where(ReadingDifference.reading_id == again.id)
            answer["differences"] = session.scalar(counted) or 0
    answer |= _read_to_the_end(database, key)
    if as_json:
        emit(answer)
        return
    click.echo(_summary(answer))
    if "differences" in answer:
        click.echo(f"{answer['differences']} differences; see /articles/{key}/differences")


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
