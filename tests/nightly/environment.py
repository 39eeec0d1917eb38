"""The tools' own environments: each filled from a lock with hashes, apart from the product's."""

import hashlib
import subprocess
import sys
from pathlib import Path

import click

from tests.conventions.tree import ROOT

PLACE = ROOT / ".venv-nightly"
LOCKS = {"bandit": "nightly", "semgrep": "nightly", "sqlmap": "nightly", "wapiti": "wapiti"}
"""Which lock has which tool; what wapiti pins would hold the others back."""


class MissingTool(Exception):
    """A tool is not there and cannot be fetched; the message says what a person can do."""


def lock(name: str) -> Path:
    """The hashed requirements of an environment."""
    return ROOT / "requirements" / f"{name}.txt"


def program(tool: str, folders: tuple[Path, ...] = ()) -> Path:
    """The program of a tool: in one of these folders, else in an environment made for it."""
    for folder in folders:
        if (folder / tool).is_file():
            return folder / tool
    place = PLACE / LOCKS[tool]
    _fill(LOCKS[tool], place)
    return place / "bin" / tool


def _fill(name: str, place: Path) -> None:
    """Make an environment from its lock, unless it was made from just that lock before."""
    wanted, stamp = hashlib.sha256(lock(name).read_bytes()).hexdigest(), place / "installed"
    if stamp.is_file() and stamp.read_text("ascii") == wanted:
        return
    click.echo(f"installing requirements/{name}.txt into {place.relative_to(ROOT)}", err=True)
    _run([sys.executable, "-m", "venv", "--clear", str(place)])
    pip = [str(place / "bin" / "python"), "-m", "pip", "install", "--no-input", "--quiet"]
    _run([*pip, "--require-hashes", "--requirement", str(lock(name))])
    stamp.write_text(wanted, "ascii")


def _run(command: list[str]) -> None:
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode:
        said = "\n".join((made.stdout + made.stderr).strip().splitlines()[-8:])
        raise MissingTool(
            "The tools of the nightly run could not be installed. They come from the package index"
            " (PIP_INDEX_URL for your own, HTTPS_PROXY behind a proxy); where they are installed"
            f" already, name their folder with --tools.\n{said}"
        )
