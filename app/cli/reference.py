"""Commands that cite sources, hand them out to other programs and take them in."""

from pathlib import Path

import click

from app.cli.desk import actor, either, emit, json_option, opened
from claims.queries.articles import article_id
from claims.queries.reliance import sources_of
from claims.veiling import cover
from sources.citation_styles import Style
from sources.citing.citations import accessed_days, cite
from sources.exchange.formats import Format, read, text_of
from sources.exchange.incoming import Choice, Preview, preview, take_in
from sources.exchange.outgoing import export
from sources.queries import Filters, all_of
from sources.registry import find


@click.command("cite")
@click.argument("key")
@click.option("--style", type=click.Choice([one.value for one in Style]), help="Default: all.")
@click.option("--html", is_flag=True, help="With italics, escaped.")
def cite_source(key: str, style: str | None, html: bool) -> None:
    """Print the citation of a source."""
    with opened().reading() as session:
        cover(session, None)
        found = find(session, key)
        day = accessed_days(session, [found]).get(found.id)
        for one in (Style(style),) if style else Style:
            made = cite(found, one, day)
            click.echo(made.html if html else made.text)


@click.command("export")
@click.argument("keys", nargs=-1)
@click.option(
    "--format",
    "form",
    type=click.Choice([one.value for one in Format]),
    default=Format.CSL_JSON.value,
    show_default=True,
)
@click.option("--article", help="Only what this article's claims cite or rest on.")
def export_sources(keys: tuple[str, ...], form: str, article: str | None) -> None:
    """Print sources as BibTeX, RIS or CSL-JSON: those named, an article's, or all.

    Confidential sources are left out.
    """
    with opened().reading() as session:
        if article is not None:
            found = sources_of(session, article_id(session, article))
        elif keys:
            found = [find(session, key) for key in keys]
        else:
            found = all_of(session, Filters())
        hidden = sum(one.confidential for one in found)
        click.echo(export(session, found, Format(form)), nl=False)
    if hidden:
        click.echo(f"{hidden} confidential left out", err=True)


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--format", "form", type=click.Choice([one.value for one in Format]))
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--fill", is_flag=True, help="Fill what is empty in sources on record.")
@click.option("--replace", is_flag=True, help="Let the file overwrite sources on record.")
@json_option
def import_sources(
    file: Path, form: str | None, dry_run: bool, fill: bool, replace: bool, as_json: bool
) -> None:
    """Take in a file of BibTeX, RIS or CSL-JSON, all of it or nothing.

    A source on record already, by DOI, address or key, is left as it is unless --fill or --replace
    says otherwise. Exit 3 when entries could not be read; they are named with their lines.
    """
    text = text_of(file.read_bytes())
    _known, reading = read(text, Format(form) if form else None)
    wish = Choice.REPLACE if replace else Choice.FILL if fill else Choice.LEAVE
    database = opened()
    with database.writing(actor()) as session:
        found = preview(session, reading)
        done = {"new": found.new, "known": len(found.incoming) - found.new}
        if not dry_run:
            choices = {n: wish for n, one in enumerate(found.incoming) if one.known is not None}
            taken = take_in(session, found, choices, by=actor())
            done |= {"added": len(taken.added), "changed": len(taken.changed), "left": taken.left}
        unread = [{"line": one.line, "key": one.key, "why": one.why} for one in found.unread]
        told = _told(found)
    if as_json:
        emit({**done, "unread": unread})
    else:
        click.echo(told + "  ".join(f"{name} {count}" for name, count in done.items()))
    for one in found.unread:
        click.echo(f"{file.name}:{one.line}: {one.key} {either(one.why)}".rstrip(), err=True)
    if found.unread:
        raise SystemExit(3)


def _told(found: Preview) -> str:
    """Where entries differ from sources on record, a line for each field."""
    return "".join(
        f"{one.known.key}\t{field.name}\t{field.ours or '-'} -> {field.theirs}\n"
        for one in found.incoming
        if one.known is not None
        for field in one.differences
    )
