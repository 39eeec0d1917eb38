"""The command writes every format in both languages, each a file that a stranger can check."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from app import schema
from app.cli.appendix import appendix
from app.config import Settings
from app.db import Database
from app.ledger import verify_offline as offline
from tests.claims import newsroom


def test_each_format_is_written_in_each_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_HOME", str(tmp_path))
    monkeypatch.delenv("DESK_DATABASE_URL", raising=False)
    database = Database(Settings.load())
    schema.upgrade(database, actor="system:test")
    with database.writing("editor:li.wei") as session:
        article = newsroom.an_article(session)
        session.add(newsroom.a_version(article, 1, "份额为 5%。"))
        newsroom.a_submitted_claim(session, article=article)
    for number, form in enumerate(("html", "md", "csv", "json"), start=1):
        for language, title in (("zh", "论断"), ("en", "laim")):
            file = tmp_path / f"{language}.{form}"
            command = [article.key, "--format", form, "--language", language, "-o", str(file)]
            told = CliRunner().invoke(appendix, [*command, "--json"])
            assert told.exit_code == 0, told.output
            assert json.loads(told.stdout)["number"] == 2 * number - (language == "zh")
            assert form == "json" or title in file.read_text(encoding="utf-8")
            if form in {"html", "json"}:
                assert offline.main([str(file)]) == 0
    assert (
        "no such article"
        in CliRunner().invoke(appendix, ["none", "-o", str(tmp_path / "x")]).stderr
    )
    database.close()
