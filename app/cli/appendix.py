"""Commands on verification appendices: issued, listed, shown, and their files written out."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from app.appendix_issue import handing_out, issues
from app.appendix_issue.issuing import issue
from app.appendix_issue.making import make_now
from app.appendix_issue.told import told_issue
from app.appendix_issue.wish import LANGUAGES, STYLES, Wish
from app.cli.appendix_check import verifier, verify
from app.cli.appendix_rows import rows
from app.cli.desk import actor, emit, json_option, opened
from app.cli.review_feed import review_feed
from app.db import Database
from app.exports import FORMATS
from claims.errors import DeskError
from claims.models import Appendix
from claims.queries.articles import article_id
from claims.vocabulary import Profile
from sources.citation_styles import Style
from sources.store import Store

FORMS = click.Choice(list(FORMATS))


@click.group()
def appendix() -> None:
    """What leaves the newsroom: an article's verification, issued under a number."""


appendix.add_command(verify)
appendix.add_command(verifier)
appendix.add_command(rows)


@contextmanager
def _told() -> Iterator[None]:
    """End with the sentence of what the desk refuses."""
    try:
        yield
    except DeskError as problem:
        raise click.ClickException(problem.message["en"]) from problem


@appendix.command("issue")
@click.argument("article")
@click.option(
    "--profile",
    type=click.Choice([one.value for one in Profile]),
    default="editor",
    show_default=True,
)
@click.option("--language", type=click.Choice(LANGUAGES), default="zh", show_default=True)
@click.option(
    "--style", type=click.Choice([one.value for one in Style]), help="How sources are cited."
)
@click.option("--version", type=click.IntRange(1), help="Of the article. Default: the newest.")
@click.option("--at", "as_of", default="", help="A moment (UTC) or a ledger number. Default: now.")
@click.option("--format", "forms", type=FORMS, multiple=True, help="A file to make; repeatable.")
@click.option(
    "-o", "--output", type=click.Path(file_okay=False, path_type=Path), help="Folder for the files."
)
@json_option
def issue_one(article: str, forms: tuple[str, ...], output: Path | None, **options: Any) -> None:
    """Issue the appendix of ARTICLE (its key) and make its files.

    Where nothing has changed since the newest such issue, it is that one, with its very files.
    """
    as_json = options.pop("as_json")
    database = opened()
    store = Store(database.settings.store)
    with _told():
        found = issue(database, store, _wish(article, options), by=actor())
        row = _row(database, article, found.number)
        for form in forms:
            make_now(database, store, row, form, by=actor())
        written = [
            _written(database, store, (article, found.number, form), output)
            for form in (forms if output is not None else ())
        ]
    answer = {**_plain(database, article, found.number), "new": found.is_new, "written": written}
    if as_json:
        emit(answer)
        return
    click.echo(f"No. {found.number}" + ("" if found.is_new else ": nothing has changed since"))
    for one in written:
        click.echo(f"{one['file']} (SHA-256 {one['sha256']})")


def _wish(article: str, options: dict[str, Any]) -> Wish:
    style = options["style"] or STYLES[options["language"]]
    return Wish(
        article,
        Profile(options["profile"]),
        options["language"],
        Style(style),
        options["version"],
        options["as_of"],
    )


appendix.add_command(review_feed)


@appendix.command("list")
@click.argument("article")
@json_option
def list_issues(article: str, as_json: bool) -> None:
    """List what was issued of ARTICLE, the newest first."""
    database = opened()
    with _told(), database.reading() as session:
        rows = [
            told_issue(row, whole=True)
            for row in issues.listed(session, article_id(session, article))
        ]
    if as_json:
        emit(rows)
        return
    for row in rows:
        made = ", ".join(file["format"] for file in row["files"])
        click.echo(
            f"{row['number']}\t{row['profile']}\t{row['language']}\t{row['created_at']:%Y-%m-%d}"
            f"\t{row['created_by']}\t{made}"
        )


@appendix.command("show")
@click.argument("article")
@click.argument("number", type=int)
@json_option
def show(article: str, number: int, as_json: bool) -> None:
    """Show one issue of ARTICLE: its hashes and its files."""
    database = opened()
    with _told():
        answer = _plain(database, article, number)
    if as_json:
        emit(answer)
        return
    files = answer.pop("files")
    for name, value in answer.items():
        click.echo(f"{name}: {value if value is not None else '—'}")
    for file in files:
        click.echo(f"{file['format']}: SHA-256 {file['file_sha256']}")


@appendix.command("file")
@click.argument("article")
@click.argument("number", type=int)
@click.option("--format", "form", type=FORMS, required=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True)
@json_option
def write_file(article: str, number: int, form: str, output: Path, as_json: bool) -> None:
    """Write a file of an issue of ARTICLE, made now if it was not made before."""
    database = opened()
    store = Store(database.settings.store)
    with _told():
        row = _row(database, article, number)
        make_now(database, store, row, form, by=actor())
        answer = _written(database, store, (article, number, form), output)
    if as_json:
        emit(answer)
    else:
        click.echo(f"{answer['file']} (SHA-256 {answer['sha256']})")


def _row(database: Database, article: str, number: int) -> Appendix:
    with database.reading() as session:
        return issues.issued(session, article, number)


def _plain(database: Database, article: str, number: int) -> dict[str, Any]:
    with database.reading() as session:
        return {
            "article": article,
            **told_issue(issues.issued(session, article, number), whole=True),
        }


def _written(
    database: Database, store: Store, asked: tuple[str, int, str], output: Path | None
) -> dict[str, str]:
    """Write a file, and the proof beside it where there is one."""
    found = handing_out.handed_out(database, store, asked, by=actor())
    place = output or Path()
    if place.is_dir() or not place.suffix:
        place.mkdir(parents=True, exist_ok=True)
        place /= found.name
    _copied(found, place)
    answer = {"format": asked[2], "file": place.as_posix(), "sha256": found.sha256}
    if handing_out.has_proof(database, asked):
        proof = handing_out.handed_out(database, store, asked, by=actor(), proof=True)
        beside = place.with_name(place.name + handing_out.PROOF_ENDING)
        _copied(proof, beside)
        answer["proof"] = beside.as_posix()
    return answer


def _copied(found: handing_out.HandedOut, place: Path) -> None:
    with place.open("wb") as out:
        for part in found.parts:
            out.write(part)
