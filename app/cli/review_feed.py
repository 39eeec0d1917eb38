"""The command that writes the feed of reviews for a newsroom that publishes a static file."""

import hashlib
from pathlib import Path

import click

from app.appendix_issue.catalogues import speaking
from app.cli.desk import emit, json_option, opened, settings
from app.review_feed import feed
from sources.store import Store


@click.command("feed")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
@json_option
def review_feed(output: Path, as_json: bool) -> None:
    """Write the reviews of every article's newest public appendix as one feed (ClaimReview).

    A file that is there already is replaced when the new one is whole.
    """
    installation, digest = settings(), hashlib.sha256()
    draft = output.with_name(f".{output.name}.part")
    with opened().reading() as session, speaking(installation):
        found = feed(session, Store(installation.store), installation)
        try:
            with draft.open("wb") as out:
                for piece in found.text():
                    out.write(piece.encode())
                    digest.update(piece.encode())
            draft.replace(output)
        except OSError as problem:
            raise click.FileError(output.as_posix(), problem.strerror) from problem
        finally:
            draft.unlink(missing_ok=True)
    told = {
        "articles": len(found.articles),
        "file": output.as_posix(),
        "sha256": digest.hexdigest(),
    }
    if as_json:
        emit(told)
    else:
        click.echo(f"{told['articles']} articles: {told['file']} (SHA-256 {told['sha256']})")
