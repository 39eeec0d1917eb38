"""Loading the interchange files into the database, and writing them back."""

from pathlib import Path

import click
from sqlalchemy import select

from app.cli.desk import actor, emit, json_option, opened
from app.db import Database
from claims.interchange import SEED, dump_article, load_article
from claims.models import Article
from claims.veiling import cover
from sources import interchange as source_files
from sources.models import Source


def load_seed(database: Database, by: str, root: Path | None = None) -> dict[str, int]:
    """Load every collection of sources and every article that is not there yet, in one act.

    ``root`` holds ``sources/seed/*.json`` and ``claims/seed/*/``; left out, the files that come
    with the product are meant. Returns how many sources and articles were added.
    """
    collections = root / "sources" / "seed" if root else source_files.SEED
    articles = root / "claims" / "seed" if root else SEED
    added = {"sources": 0, "articles": 0}
    with database.writing(by) as session:
        for path in sorted(collections.glob("*.json")):
            added["sources"] += source_files.load(session, path, by)
        for folder in sorted(path.parent for path in articles.glob("*/article.json")):
            added["articles"] += load_article(session, folder, by) is not None
    return added


@click.command()
@click.argument("folder", required=False, type=click.Path(exists=True, path_type=Path))
@json_option
def seed(folder: Path | None, as_json: bool) -> None:
    """Load sources and articles from FOLDER (default: the sample that comes with the product).

    What is there already is left as it is. A wrong offset, digest or reference stops everything
    and names the claim.
    """
    try:
        added = load_seed(opened(), actor(), folder)
    except source_files.Broken as problem:
        raise click.ClickException(str(problem)) from problem
    if as_json:
        emit(added)
    else:
        click.echo(f"{added['sources']} sources and {added['articles']} articles added", err=True)


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--article", "key", help="Only this article and the sources beside it.")
@click.option(
    "--confidential",
    is_flag=True,
    help="Say who confidential sources are; left out, nobody learns it from the files.",
)
@json_option
def dump(folder: Path, *, key: str | None, confidential: bool, as_json: bool) -> None:
    """Write sources and articles as interchange files below FOLDER, for git or for `seed`.

    Contacts are never written.
    """
    written: list[str] = []
    with opened().reading() as session:
        if not confidential:
            cover(session, None)
        for name in session.scalars(select(Source.collection).distinct().order_by("collection")):
            text = source_files.dump(session, name)
            written.append(_write(folder / "sources" / "seed" / f"{name}.json", text))
        wanted = select(Article).order_by(Article.key)
        for article in session.scalars(wanted.where(Article.key == key) if key else wanted):
            for name, text in sorted(dump_article(session, article).items()):
                written.append(_write(folder / "claims" / "seed" / article.key / name, text))
    if key and not any(f"/{key}/" in path for path in written):
        raise click.ClickException(f"there is no article {key}")
    if as_json:
        emit(written)
    else:
        click.echo("\n".join(written))


def _write(path: Path, text: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path.as_posix()
