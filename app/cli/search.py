"""Commands on the search: find rows, let the index catch up, make it anew."""

import click

from app.cli.desk import emit, json_option, opened
from app.search_index import catch_up, rebuild
from claims.queries.search import search as find


@click.group()
def search() -> None:
    """Find articles, claims, figures and sources, and keep their index."""


@search.command("find")
@click.argument("words")
@json_option
def find_rows(words: str, as_json: bool) -> None:
    """Find what has the WORDS, in any order."""
    database = opened()
    catch_up(database)
    with database.reading() as session:
        hits = [hit for found in find(session, words).values() for hit in found]
    if as_json:
        emit([{"kind": hit.kind, "key": hit.key, "title": hit.title} for hit in hits])
        return
    for hit in hits:
        title = hit.title if isinstance(hit.title, str) else " / ".join(hit.title.values())
        click.echo(f"{hit.kind}\t{hit.key}\t{title}")


@search.command("rebuild")
def rebuild_index() -> None:
    """Make the index anew from the rows; searching goes on meanwhile with what there is."""
    click.echo(f"{rebuild(opened())} rows read into the index")
