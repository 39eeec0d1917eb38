"""The command `extract`: one answer per line in order, and a table for people."""

import json
from pathlib import Path

from click.testing import CliRunner

from app.cli.extract import extract
from claims.errors import DeskError
from tests.sources.documents.small_files import docx, p


def test_each_request_has_its_answer_on_its_own_line_and_in_order() -> None:
    requests = [
        {"id": "a", "lang": "zh", "text": "份额超过四成"},
        {"id": "b", "lang": "en", "text": "Sales rose 5% to $3bn."},
        {"id": "c", "lang": "zh", "text": "没有数字"},
    ]

    result = CliRunner().invoke(extract, ["--jsonl"], input="\n".join(map(json.dumps, requests)))

    answers = [json.loads(line) for line in result.output.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", "b", "c"]
    (share,) = answers[0]["quantities"]
    assert (share["start"], share["end"], share["text"]) == (4, 6, "四成")
    assert (share["value"], share["unit"], share["comparator"]) == ("40", "%", "over")
    assert [item["value"] for item in answers[1]["quantities"]] == ["5", "3000000000"]
    assert answers[2]["quantities"] == []


def test_offsets_are_code_points_of_the_text_as_given() -> None:
    request = json.dumps({"id": 1, "lang": "zh", "text": "🚗😀卖了160余款"})

    result = CliRunner().invoke(extract, ["--jsonl"], input=request)

    (found,) = json.loads(result.output)["quantities"]
    assert (found["start"], found["end"], found["num_start"], found["num_end"]) == (4, 9, 4, 7)


def test_a_hint_asks_for_one_kind_alone() -> None:
    request = json.dumps({"id": 1, "lang": "zh", "text": "大于20", "hint": "numberrange"})

    result = CliRunner().invoke(extract, ["--jsonl"], input=request)

    (found,) = json.loads(result.output)["quantities"]
    assert found["value"] == "(20,)"


def test_a_file_is_listed_for_people_and_printed_as_json(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("2024年\n份额为18.3%", encoding="utf-8")

    table = CliRunner().invoke(extract, [str(article)])
    rows = json.loads(CliRunner().invoke(extract, [str(article), "--json"]).output)

    assert "18.3%" in table.output
    assert [row["value"] for row in rows] == ["2024", "18.3"]


def test_the_command_asks_for_a_file_when_it_gets_none() -> None:
    assert CliRunner().invoke(extract, []).exit_code == 2


def test_a_line_that_is_no_request_is_answered_and_the_next_one_read() -> None:
    lines = ["not json", "[1]", json.dumps({"id": 3, "text": "增长5%"})]

    result = CliRunner().invoke(extract, ["--jsonl"], input="\n".join(lines))

    first, second, third = (json.loads(line) for line in result.output.splitlines())
    assert "error" in first
    assert "error" in second
    assert (third["id"], third["quantities"][0]["value"]) == (3, "5")
    assert result.exit_code == 1


def test_a_word_file_and_another_encoding_are_read_as_an_article_is(tmp_path: Path) -> None:
    word, old = tmp_path / "a.docx", tmp_path / "b.txt"
    word.write_bytes(docx(p("份额为18.3%")))
    old.write_bytes("份额为18.3%".encode("gb18030"))

    for command in ([str(word)], [str(old), "--encoding", "gb18030"]):
        assert "18.3%" in CliRunner().invoke(extract, command).output
    refused = CliRunner().invoke(extract, [str(old)])
    assert isinstance(refused.exception, DeskError)
    assert "Name the encoding" in refused.exception.message["en"]


def test_a_language_without_a_table_and_a_missing_file_are_wrong_usage(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("增长5%", encoding="utf-8")

    assert CliRunner().invoke(extract, [str(article), "--lang", "zh-Hans"]).exit_code == 0
    for command in ([str(article), "--lang", "fr"], [str(tmp_path / "none.txt")], [str(tmp_path)]):
        assert CliRunner().invoke(extract, command).exit_code == 2
