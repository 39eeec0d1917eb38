"""A file with a secret is written whole, on the disk, and is its owner's alone at every moment."""

import os
import stat
from pathlib import Path

import pytest

from sources.secret_files import drafted, replace
from tests.conventions import tree


def test_a_file_is_its_owners_alone_whatever_the_mask_and_what_stood_there(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("old")
    file.chmod(0o644)
    before = os.umask(0)
    try:
        draft = drafted(file, "half")
        assert stat.S_IMODE(draft.stat().st_mode) == 0o600
        replace(file, "a longer text")
        replace(file, "份额")
    finally:
        os.umask(before)
    assert file.read_text(encoding="utf-8") == "份额"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [file], "what a killed writer left is gone"


def test_a_writer_that_fails_leaves_the_old_file_and_no_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "key"
    replace(file, "old")

    def failing(_handle: int) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(OSError, match="no space"):
        replace(file, "new")
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_no_other_module_writes_key_files_in_a_way_of_its_own() -> None:
    """Files named by their content are the store's; everything else that is secret goes here."""
    own = {"sources/secret_files.py", "sources/store.py"}
    found = {
        file.as_posix()
        for file in tree.python_files()
        if file.parts[0] in tree.PACKAGES
        and ("O_EXCL" in (text := (tree.ROOT / file).read_text("utf-8")) or "mkstemp" in text)
    }
    assert found <= own, sorted(found - own)
