"""An issued appendix is a witness: a stranger checks it alone, and what was changed is named."""

import copy
import json
import re
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.db import Database
from app.ledger import verify_offline as offline
from app.ledger.verify import verify
from claims.appendix.former import FORMAT
from claims.models import Appendix, Claim
from tests.app.views.visit import Visit
from tests.claims import newsroom

Document = dict[str, Any]


def an_article(database: Database, claims: int = 3) -> str:
    with database.writing("editor:li.wei") as session:
        article = newsroom.an_article(session)
        session.add(newsroom.a_version(article, 1, "2024 年的份额为 5%。"))
        for _ in range(claims):
            newsroom.a_submitted_claim(session, article=article)
        return article.key


def issued(visit: Visit, form: str, claims: int = 3) -> tuple[str, bytes]:
    """The address of an article's appendices, and the file that was handed out."""
    path = f"/articles/{an_article(visit.database, claims)}/appendix"
    return path, visit.post(path, 200, format=form).data


def keys(document: Document) -> list[offline.Key]:
    return [offline.key_of(text) for text in document["integrity"]["keys"]]


def checked(document: Document, page: str | None = None) -> tuple[int, int]:
    return offline.check_appendix(document, page, keys(document))


def test_a_stranger_checks_the_file_with_one_program(database: Database, tmp_path: Path) -> None:
    visit = Visit(database)
    for form in ("json", "html"):
        path, data = issued(visit, form)
        file = tmp_path / f"appendix.{form}"
        file.write_bytes(data)
        key = str(database.signer.verifiers()[-1])
        command = [sys.executable, "-I", offline.__file__, str(file), "--key", key]
        told = subprocess.run(command, capture_output=True, text=True, check=False)
        assert told.returncode == 0, told.stdout
        assert "HOLDS: an appendix of 3 claims" in told.stdout
        assert "given by you" in told.stdout
        assert visit.get(f"{path}/1").data == data
    assert verify(database).findings == []


def test_what_it_prints_is_the_state_at_its_number_and_can_be_made_again(
    database: Database,
) -> None:
    visit = Visit(database)
    path, data = issued(visit, "json")
    document = json.loads(data)
    at = document["content"]["ledger_position"]
    head, _ = offline.head_of(document["integrity"]["checkpoint"], keys(document))
    assert head > at
    with database.writing("editor:zhang.min") as session:
        for claim in session.scalars(select(Claim)):
            claim.statement = {"en": "Something else."}
    then = visit.get(f"{path}?at={at}").text
    assert document["sha256"] in then
    assert document["format"] == FORMAT == offline.APPENDIX


def test_two_issues_of_one_state_say_the_same_and_differ_in_number(database: Database) -> None:
    visit = Visit(database)
    path, first = issued(visit, "json")
    second = visit.post(path, 200, format="json").data
    one, two = json.loads(first), json.loads(second)
    assert one["content"]["claims"] == two["content"]["claims"]
    with database.reading() as session:
        rows = session.scalars(select(Appendix).order_by(Appendix.number)).all()
        assert [row.number for row in rows] == [1, 2]
        assert [row.file_sha256 for row in rows] == [
            sha256(data).hexdigest() for data in (first, second)
        ]


def reworded(document: Document) -> None:
    document["content"]["claims"][1]["statement"]["en"] = "The share was 50 %."


def reworded_with_a_digest(document: Document) -> None:
    reworded(document)
    claim = document["content"]["claims"][1]
    document["integrity"]["claims"][1]["sha256"] = offline.canonical(claim)
    document["sha256"] = offline.canonical(document["content"])


def removed(document: Document) -> None:
    del document["content"]["claims"][1]
    document["sha256"] = offline.canonical(document["content"])


def removed_everywhere(document: Document) -> None:
    removed(document)
    del document["integrity"]["claims"][1]


def added(document: Document) -> None:
    document["content"]["claims"].append(document["content"]["claims"][0] | {"number": 999})


def retitled(document: Document) -> None:
    document["content"]["title"]["en"] = "Another"
    document["sha256"] = offline.canonical(document["content"])


def forged_signature(document: Document) -> None:
    note: str = document["integrity"]["checkpoint"]
    document["integrity"]["checkpoint"] = note[:-9] + ("AAAAAA==\n")


def another_root(document: Document) -> None:
    lines = document["integrity"]["checkpoint"].split("\n")
    lines[2] = lines[2][::-1].lstrip("=") + "="
    document["integrity"]["checkpoint"] = "\n".join(lines)


def another_act(document: Document) -> None:
    act = document["integrity"]["act"]
    act["values"]["n.content_sha256"]["value"] = f'"{"0" * 64}"'


def swapped_proofs(document: Document) -> None:
    one, two = document["integrity"]["claims"][:2]
    for name in ("proof", "header"):
        one[name], two[name] = two[name], one[name]


def no_proof(document: Document) -> None:
    del document["integrity"]


FORGERIES: list[tuple[Callable[[Document], None], str]] = [
    (reworded, "ALTERED_CLAIM"),
    (reworded_with_a_digest, "ALTERED_LIST"),
    (removed, "REMOVED_CLAIM"),
    (removed_everywhere, "ALTERED_LIST"),
    (added, "ADDED_CLAIM"),
    (retitled, "ALTERED_TEXT"),
    (forged_signature, "FORGED_SIGNATURE"),
    (another_root, "FORGED_SIGNATURE"),
    (another_act, "a value is not the one"),
    (swapped_proofs, "BAD_PROOF"),
    (no_proof, "NO_PROOF"),
]


def test_each_forgery_of_the_content_has_its_name(sqlite_database: Database) -> None:
    _, data = issued(Visit(sqlite_database), "json")
    original = json.loads(data)
    known = keys(original)
    assert checked(original)[0] == 3
    for forge, name in FORGERIES:
        forged = copy.deepcopy(original)
        forge(forged)
        with pytest.raises(offline.Wrong, match=name):
            offline.check_appendix(forged, None, known)


WITHDRAWN = "All of this is withdrawn."
PAGES = [
    (r"The share was 5 %", "The share was 50 %"),
    (r"</body>", f"<p>{WITHDRAWN}</p></body>"),
    (r"<!-- /integrity -->", f"<p>{WITHDRAWN}</p><!-- /integrity -->"),
    (r'<svg width="\d+"', '<svg style="position:fixed" width="100"'),
    (r"<pre>", f"<pre>{WITHDRAWN} "),
    (r"<head>", "<head><!-- integrity --><style>p { display: none }</style><!-- /integrity -->"),
]


def test_a_page_that_shows_something_else_is_found_out(sqlite_database: Database) -> None:
    _, data = issued(Visit(sqlite_database), "html")
    page = data.decode()
    document = json.loads(page.partition(offline.DATA)[2].partition("</script>")[0])
    assert checked(document, page)[0] == 3
    for pattern, instead in PAGES:
        forged = re.sub(pattern, instead, page, count=1)
        assert forged != page
        with pytest.raises(offline.Wrong, match="ALTERED_PAGE"):
            checked(document, forged)


def test_the_head_is_in_markdown_too_and_the_table_tells_levels_and_emergencies(
    sqlite_database: Database,
) -> None:
    visit = Visit(sqlite_database)
    _, markdown = issued(visit, "md")
    head = sqlite_database.checkpoint()
    assert head is not None
    assert head.split("\n")[0] in markdown.decode()
    _, table = issued(visit, "csv")
    header = table.decode("utf-8-sig").splitlines()[0]
    assert "Levels of sign-off" in header
    assert "Sign-off of the article" in header
    assert "The article as a whole is not signed off." in table.decode("utf-8-sig")


def test_a_claim_proof_is_small(sqlite_database: Database) -> None:
    _, data = issued(Visit(sqlite_database), "json", claims=40)
    proofs = [one["proof"] for one in json.loads(data)["integrity"]["claims"]]
    assert len(proofs) == 40
    assert max(map(len, proofs)) < 4096


def test_a_kept_file_that_is_gone_or_changed_is_found(sqlite_database: Database) -> None:
    visit = Visit(sqlite_database)
    path, data = issued(visit, "json")
    file = sqlite_database.settings.store / sha256(data).hexdigest()
    file.chmod(0o600)
    file.write_bytes(data + b" ")
    assert [found.code for found in verify(sqlite_database).findings] == ["FILE_ALTERED"]
    visit.get(f"{path}/1", 500)
    file.unlink()
    assert [found.code for found in verify(sqlite_database).findings] == ["FILE_MISSING"]
    visit.get(f"{path}/1", 404)
    visit.get(f"{path}/2", 404)


def test_a_ledger_that_must_not_be_signed_issues_nothing(sqlite_database: Database) -> None:
    visit = Visit(sqlite_database)
    path, _ = issued(visit, "json")
    sqlite_database.signer.state_file.write_text("somebody else's", encoding="ascii")
    answer = visit.post(path, 409, format="json")
    assert "nothing is issued" in answer.text
    with sqlite_database.reading() as session:
        assert len(session.scalars(select(Appendix)).all()) == 1
