"""Commands on claims: list them, show one whole."""

from typing import Any

import click
from sqlalchemy import Select, select
from sqlalchemy.orm import Session, selectinload

from app.cli.desk import either, emit, json_option, opened
from claims.appendix.build import one_claim
from claims.appendix.profiles import policy_of
from claims.appendix.redaction import covered
from claims.models import Article, Claim, Contest, Evidence
from claims.status import VerificationStatus
from claims.vocabulary import Profile
from claims.wording import figure_words
from sources.citation_styles import Style


@click.group()
def claim() -> None:
    """List and show claims."""


def _wanted(article: str | None, status: str | None, contested: bool) -> Select[Claim]:
    rows = select(Claim).join(Claim.article).order_by(Article.key, Claim.number)
    if article:
        rows = rows.where(Article.key == article)
    if status:
        rows = rows.where(Claim.verification_status == VerificationStatus(status))
    if contested:
        rows = rows.where(Claim.contests.any(Contest.outcome.is_(None)))
    return rows.options(
        selectinload(Claim.article),
        selectinload(Claim.figures),
        selectinload(Claim.contests),
        selectinload(Claim.evidence).selectinload(Evidence.source),
    )


def _row(found: Claim) -> dict[str, Any]:
    return {
        "id": found.id,
        "article": found.article.key,
        "number": found.number,
        "key": found.key,
        "statement": found.statement,
        "status": found.verification_status,
        "stage": found.stage,
        "disposition": found.disposition,
        "contested": sum(row.outcome is None for row in found.contests),
        "figures": [
            {
                "number": row.number,
                "role": row.role,
                "stated": row.stated_text,
                "reads": figure_words(row),
                "comparator": row.comparator,
                "low": row.low,
                "high": row.high,
                "unit": row.unit,
                "period": row.period,
                "status": row.verification_status,
            }
            for row in found.figures
        ],
        "sources": sorted({row.source.key for row in found.evidence if row.source is not None}),
        "evidence": len(found.evidence),
    }


@claim.command("list")
@click.option("--article", help="The key of one article.")
@click.option("--status", type=click.Choice([member.value for member in VerificationStatus]))
@click.option("--contested", is_flag=True, help="Only claims with an open contest.")
@json_option
def list_claims(article: str | None, status: str | None, contested: bool, as_json: bool) -> None:
    """List claims, each with its figures, sources and status."""
    with opened().reading() as session:
        found = [_row(row) for row in session.scalars(_wanted(article, status, contested))]
        if as_json:
            emit(found)
            return
    for entry in found:
        mark = "⚑" if entry["contested"] else " "
        number = f"C-{entry['number']:02d}"
        click.echo(f"{entry['article']} {number} {mark} {entry['status']}\t", nl=False)
        click.echo(either(entry["statement"]))


def _one(session: Session, article: str, number: int) -> dict[str, Any]:
    """One claim as an editor's appendix tells it, with the sources and the people it names."""
    found = session.scalar(
        select(Claim).join(Claim.article).where(Article.key == article, Claim.number == number)
    )
    if found is None:
        raise click.ClickException(f"there is no claim {number} in {article}")
    return covered(one_claim(session, found, Style.GB_NUMERIC, {}), policy_of(Profile.EDITOR))


@claim.command("show")
@click.argument("article")
@click.argument("number", type=click.IntRange(min=1))
@json_option
def show(article: str, number: int, as_json: bool) -> None:
    """Show claim NUMBER of ARTICLE with figures, evidence, contests and sign-offs."""
    with opened().reading() as session:
        found = _one(session, article, number)
    if as_json:
        emit(found)
        return
    data = found["claims"][0]
    click.echo(f"C-{number:02d} {either(data['statement'])}")
    click.echo(f"    {data['status']} · {data['stage']}")
    for figure in data["figures"]:
        click.echo(f"  F{figure['number']} {figure['stated_text']} = {either(figure['reads'])}")
    for item in data["evidence"]:
        click.echo(f"  E{item['number']} {item['stance']}: {either(item['passage'].get('says'))}")
    for contest in data["contests"]:
        click.echo(f"  ⚑{contest['number']} {contest['reason']}: {either(contest['statement'])}")
