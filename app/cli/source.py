"""Commands on sources."""

import click
from sqlalchemy import func, select

from app.cli.desk import emit, json_option, opened
from claims.models import Evidence
from claims.veiling import cover
from sources.models import Source


@click.group()
def source() -> None:
    """List what claims rest on."""


@source.command("list")
@json_option
def list_sources(as_json: bool) -> None:
    """List the sources with how many evidence items rest on each."""
    with opened().reading() as session:
        cover(session, None)
        used = select(func.count()).where(Evidence.source_id == Source.id).scalar_subquery()
        rows = session.execute(select(Source, used).order_by(Source.key)).tuples().all()
        keys = {row.id: row.key for row, _ in rows}
        found = [
            {
                "key": row.key,
                "kind": row.kind,
                "tier": row.tier,
                "title": row.title,
                "publisher": row.publisher,
                "url": row.url,
                "issued": row.issued,
                "language": row.language,
                "lineage": row.lineage,
                "derived_from": keys.get(row.derived_from_id) if row.derived_from_id else None,
                "evidence": count,
            }
            for row, count in rows
        ]
    if as_json:
        emit(found)
        return
    for entry in found:
        click.echo(f"{entry['key']}\t{entry['kind']}\t{entry['publisher'] or ''}")
