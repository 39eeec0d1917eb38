"""A seal goes where its format has a place for it, and the body it binds stays what it was."""

import json
import zipfile
from pathlib import Path

import pytest

from app.exports import seals
from app.exports.verifier.bodies import body_of

SEAL = {"format": "claim-desk/appendix-seal/1", "note": "— <b>--></script>", "keys": []}
HTML = """<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><title>附录</title></head>
<body><p id="c-1">5 %</p>
<!-- seal -->
</body></html>
"""


def package(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("word/document.xml", "[Content_Types].xml"):
            archive.writestr(seals.member(name), f"<{name}>")


WRITTEN = {"html": HTML, "md": "# A\n\n<!-- seal -->\n", "csv": "a,b\r\n", "claimreview": "{}"}


@pytest.mark.parametrize("form", ["html", "md", "csv", "sheet", "claimreview", "docx", "xlsx"])
def test_the_seal_is_found_again_and_the_body_is_the_same(form: str, tmp_path: Path) -> None:
    file = tmp_path / f"appendix.{form}"
    if form in {"docx", "xlsx"}:
        package(file)
    else:
        file.write_text(WRITTEN.get(form, "x"), encoding="utf-8")
    before = seals.body_sha256(form, file)
    seals.sealed(form, file, SEAL)
    after = body_of(form, file)
    assert after.sha256 == before
    aside = seals.proof_path(file)
    assert aside.exists() is (form not in seals.INSIDE)
    if form in {"html", "md"}:
        assert after.seal is not None
        found = json.loads(after.seal)
    elif aside.exists():
        found = json.loads(aside.read_text(encoding="utf-8"))
    else:
        return
    assert found.pop("parts") == after.short()
    assert found == SEAL


def test_the_same_seal_gives_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for name in ("a.docx", "b.docx"):
        package(tmp_path / name)
        seals.sealed("docx", tmp_path / name, SEAL)
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]


def test_a_file_is_sealed_once(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text(HTML, encoding="utf-8")
    seals.sealed("html", file, SEAL)
    with pytest.raises(ValueError, match="has its seal"):
        seals.sealed("html", file, SEAL)
