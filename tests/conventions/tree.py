"""The files of this repository as the house rules see them: what git tracks or would track."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("app", "claims", "sources")
CODE_SUFFIXES = {".css", ".html", ".js", ".py", ".sh"}


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that belongs to the repository, as a path relative to its root."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
    names = sorted(set(filter(None, listed.stdout.split("\0"))))
    return tuple(Path(name) for name in names if (ROOT / name).is_file())


def text_of(file: Path) -> str | None:
    """The file's text, or nothing where it is a picture, a font or another binary."""
    raw = (ROOT / file).read_bytes()
    return None if b"\0" in raw[:8192] else raw.decode("utf-8")


def python_files() -> list[Path]:
    """Every Python file, tests and migrations included."""
    return [file for file in tracked() if file.suffix == ".py"]


def code_files() -> list[Path]:
    """Everything written by hand to run: Python, scripts, styles and templates."""
    return [file for file in tracked() if file.suffix in CODE_SUFFIXES]


def is_migration(file: Path) -> bool:
    """Whether the file is one revision of the schema: written once, then never edited."""
    return file.parts[:2] == ("migrations", "versions")
