"""The command that writes an article's verification appendix."""

from pathlib import Path

import click
from flask import Flask
from flask_babel import force_locale

from app.appendices import draft, issue
from app.cli.desk import actor, emit, json_option, opened, settings
from app.evidence_store import store
from app.exports import FORMATS
from app.factory import create_app
from claims.errors import DeskError


def _application() -> Flask:
    return create_app(settings(), opened())


@click.command()
@click.argument("article")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="html")
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
@json_option
def appendix(article: str, form: str, language: str, output: Path, as_json: bool) -> None:
    """Issue the verification appendix of ARTICLE (its key) and write it to a file."""
    app = _application()
    database = app.extensions["database"]
    # The templates ask the request for the language of the page, which is not the file's.
    with app.test_request_context(), force_locale(language):
        try:
            drawn = draft(
                database, article, form=FORMATS[form], language=language, by=actor(), request=None
            )
        except DeskError as problem:
            raise click.ClickException(problem.message["en"]) from problem
        with database.writing(actor()) as session:
            issued = issue(session, store(), drawn, by=actor())
        output.write_bytes(drawn.data)
        answer = {
            "article": article,
            "number": issued.number,
            "format": form,
            "content_sha256": issued.content_sha256,
            "file_sha256": issued.file_sha256,
            "file": output.as_posix(),
        }
    if as_json:
        emit(answer)
    else:
        click.echo(f"No. {answer['number']}: {answer['file']} (SHA-256 {answer['file_sha256']})")
