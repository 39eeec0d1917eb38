#!/usr/bin/env python3
"""The one way in: makes the environment where it is missing, then runs the command asked for.

`python3 manage.py demo` needs nothing but Python 3.11. This file therefore imports only the
standard library, and parses on older Pythons so that they can be told what they lack.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python must get a sentence, not a traceback.
    sys.exit(
        "Claim Desk needs Python 3.11 or newer; this is %d.%d (%s).\n"  # noqa: UP031 - older parsers.
        "Debian 12, Ubuntu 24.04 and python.org have it; then run: python3.11 manage.py ..."
        % (sys.version_info[0], sys.version_info[1], sys.executable)
    )

import contextlib
import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMPS = VENV / "installed"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
DIRECT = re.compile(r"([A-Za-z0-9-]+)(?:\[[^]]*\])?\s*(.*)")
PACKAGE = re.compile(r"(?:Collecting|Requirement already satisfied:) ([\w.-]+)")
NO_NETWORK = re.compile(
    r"name resolution|new connection|Connection refused|timed out|Network is unreachable"
    r"|SSLError|ProxyError|Cannot connect to proxy|No matching distribution",
)


class BootstrapError(Exception):
    """The environment cannot be made; the message says what a person can do about it."""


def say(sentence: str) -> None:
    """Tell the person at the terminal; stdout stays free for a command's data."""
    print(f"manage.py: {sentence}", file=sys.stderr, flush=True)


def lock_file(kind: str) -> Path:
    """The hashed requirements of `run` or of `test`; the second contains the first."""
    return ROOT / "requirements" / f"{kind}.txt"


def digest(kind: str) -> str:
    """SHA-256 of a lock file, which a stamp in the environment must repeat."""
    return hashlib.sha256(lock_file(kind).read_bytes()).hexdigest()


def is_stamped(kind: str) -> bool:
    """Whether `.venv` was filled from the lock file as it is now."""
    try:
        return (STAMPS / kind).read_text(encoding="ascii") == digest(kind) and PYTHON.exists()
    except FileNotFoundError:
        return False


def runs_in_own_venv() -> bool:
    """Whether this very interpreter is the one of `.venv`."""
    return Path(sys.prefix).resolve() == VENV.resolve()


def satisfies(version: str, specifiers: str) -> bool:
    """Whether a version meets `==3.1.*` or `>=3.3.2,<3.4`, the forms pyproject.toml uses."""
    have = [int(part) for part in re.findall(r"\d+", version.partition("+")[0])]
    for specifier in filter(None, (part.strip() for part in specifiers.split(","))):
        operator = specifier[:2] if specifier[1] == "=" else specifier[0]
        want = [int(part) for part in re.findall(r"\d+", specifier)]
        agrees = {
            "==": have[: len(want)] == want,
            ">=": have >= want,
            "<": have < want,
        }[operator]
        if not agrees:
            return False
    return True


def has_everything(kind: str) -> bool:
    """Whether the running interpreter has each package pyproject.toml asks for, new enough."""
    import tomllib  # noqa: PLC0415 - the everyday start does not come here and stays fast.
    from importlib import metadata  # noqa: PLC0415 - as tomllib.

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = list(project["project"]["dependencies"])
    if kind == "test":
        wanted += project["dependency-groups"]["test"]
    for requirement in wanted:
        match = DIRECT.match(requirement)
        assert match is not None, requirement  # noqa: S101 - pyproject.toml is our own file.
        try:
            if not satisfies(metadata.version(match[1]), match[2]):
                return False
        except metadata.PackageNotFoundError:
            return False
    return True


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Hold the lock that keeps two first runs from filling one environment together."""
    try:
        import fcntl  # noqa: PLC0415 - only where the system has it.
    except ImportError:
        yield
        return
    with (ROOT / ".venv.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def make_venv() -> None:
    """Create `.venv`, with virtualenv where the system's Python came without venv."""
    say(f"making the environment .venv with Python {sys.version.split()[0]}")
    complaints = []
    for module in ("venv", "virtualenv"):
        made = subprocess.run(
            [sys.executable, "-m", module, "--clear", str(VENV)],
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode == 0:
            return
        complaints.append(f"python -m {module}: {(made.stdout + made.stderr).strip()}")
    shutil.rmtree(VENV, ignore_errors=True)
    raise BootstrapError(
        "this Python can make no virtual environment.\n"
        "On Debian or Ubuntu: apt-get install python3-venv; elsewhere: pip install virtualenv.\n"
        + "\n".join(complaints),
    )


def ensure_pip() -> None:
    """Give `.venv` a pip where another tool made it without one, or was stopped half-way."""
    for module in (["pip", "--version"], ["ensurepip"]):
        found = subprocess.run([PYTHON, "-m", *module], capture_output=True, check=False)
        if found.returncode == 0:
            return
    say(".venv has no pip and cannot get one, so it is made anew")
    make_venv()


def install(kind: str) -> None:
    """Install a lock file's packages into `.venv`, each checked against its hashes."""
    total = len(re.findall(r"^[A-Za-z0-9]", lock_file(kind).read_text("utf-8"), re.MULTILINE))
    say(f"installing requirements/{kind}.txt, {total} packages, into .venv")
    command = [str(PYTHON), "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    command += ["--require-hashes", "--requirement", str(lock_file(kind))]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as pip:
        output = follow(pip.stdout or [], total)
    if pip.returncode:
        raise BootstrapError(explain(output))
    STAMPS.mkdir(exist_ok=True)
    for held in {kind, "run"}:
        (STAMPS / held).write_text(digest(held), encoding="ascii")


def follow(lines: Iterable[str], total: int) -> str:
    """Show how far pip has come and keep what it said; the answer is its whole output."""
    output, seen = [], 0
    for line in lines:
        output.append(line)
        package = PACKAGE.match(line)
        if package:
            seen += 1
            show_progress(f"  {seen}/{total} {package[1]}", every=seen % 10 == 0)
        elif line.startswith("Installing collected"):
            show_progress("  unpacking", every=True)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    return "".join(output)


def show_progress(text: str, *, every: bool) -> None:
    """Rewrite one line on a terminal; in a log, write only the lines marked `every`."""
    if sys.stderr.isatty():
        print(f"\r{text:<60}", end="", file=sys.stderr, flush=True)
    elif every:
        print(text, file=sys.stderr, flush=True)


def explain(output: str) -> str:
    """What went wrong in pip's own output, with the way out for the known cases."""
    tail = "\n".join(output.strip().splitlines()[-12:])
    if "DO NOT MATCH THE HASHES" in output:
        advice = "A downloaded package is not the one that was locked; nothing of it was kept."
    elif "No space left" in output:
        advice = "The disk is full; about 600 MB are needed."
    elif NO_NETWORK.search(output):
        advice = (
            "The package index was not reached. Behind a proxy set HTTPS_PROXY; with your own"
            " index set PIP_INDEX_URL. Without a network: run `pip download -r requirements/run.txt"
            " -d wheels` elsewhere, bring the folder here and set PIP_NO_INDEX=1"
            " PIP_FIND_LINKS=wheels."
        )
    else:
        advice = "pip failed."
    return f"{advice}\npip's last lines:\n{tail}"


def prepare(kind: str) -> None:
    """Bring `.venv` to the state of the lock file; quick when it is there already."""
    with alone():
        if is_stamped(kind):
            return
        if not PYTHON.exists():
            make_venv()
        ensure_pip()
        install(kind)


def hand_over(command: list[str]) -> None:
    """Become another program; on Windows, which cannot, wait for it and repeat its answer."""
    if os.name == "nt":
        sys.exit(subprocess.call(command))
    os.execv(command[0], command)  # noqa: S606 - the point is to be this program, without a shell.


def enter(kind: str) -> None:
    """Return inside an interpreter that has the locked packages, making it where needed."""
    if runs_in_own_venv():
        if not is_stamped(kind) and ((STAMPS / "run").exists() or not has_everything(kind)):
            prepare(kind)
        return
    in_other_venv = sys.prefix != sys.base_prefix
    if (in_other_venv or not is_stamped(kind)) and has_everything(kind):
        return
    prepare(kind)
    hand_over([str(PYTHON), str(Path(__file__).resolve()), *sys.argv[1:]])


def main() -> None:
    """Prepare the environment, then run the gate or the command."""
    command = sys.argv[1] if len(sys.argv) > 1 else ""
    try:
        enter("test" if command == "test" else "run")
    except BootstrapError as problem:
        sys.exit(f"manage.py: {problem}")
    except KeyboardInterrupt:
        sys.exit("manage.py: stopped; run it again and it goes on from here")
    if command == "test":
        hand_over([sys.executable, str(ROOT / ".ci" / "gate.py"), *sys.argv[2:]])
        return
    # The group imports a command's module only when it is called, so `extract` starts quickly.
    from app.cli import main as commands  # noqa: PLC0415 - only now are its packages there.

    commands()


if __name__ == "__main__":
    main()
