"""The environments of the contenders: each its own, in a cache folder and never in ours."""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

_CONTENDERS = Path(__file__).parent / "contenders"


def python_of(requirements: str | None) -> Path:
    """The Python that runs a contender; `requirements` names its list of pinned packages."""
    if requirements is None:
        return Path(sys.executable)
    pins = _CONTENDERS / requirements
    name = f"{pins.stem}-{hashlib.sha256(pins.read_bytes()).hexdigest()[:12]}"
    folder = _cache() / name
    python = folder / "bin" / "python"
    if not (folder / "complete").exists():
        sys.stderr.write(f"installing {pins.name} into the cache folder\n")
        venv.create(folder, with_pip=True, clear=True)
        pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "-qq"]
        subprocess.run([*pip, "--no-deps", "--requirement", str(pins)], check=True)
        (folder / "complete").touch()
    return python


def version_of(requirements: str | None, package: str) -> str:
    """The pinned version of `package`."""
    if requirements is None:
        return ""
    pins = dict(
        line.split("==") for line in (_CONTENDERS / requirements).read_text("utf-8").splitlines()
    )
    return pins[package]


def _cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "claim-desk" / "benchmarks"
