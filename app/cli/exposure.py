"""What others could read or overhear: files with open rights, a database reached in the clear."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import make_url

from app.config import Settings
from sources.keyrings import OTHERS

VERIFIED = frozenset({"verify-ca", "verify-full"})
"""The modes of libpq in which the server has to prove who it is."""
HERE = frozenset({"localhost", "127.0.0.1", "::1", ""})
Finding = tuple[str, bool, str]


def findings(chosen: Settings) -> Iterator[Finding]:
    """Yield whether files belong to the desk alone and whether the database's line is safe."""
    open_to_others = [str(path) for path in kept(chosen) if readable_by_others(path)]
    yield "files", not open_to_others, ", ".join(open_to_others) or "nobody else may read them"
    if not chosen.database_url.startswith("sqlite"):
        safe, seen = line(chosen.database_url)
        yield "database line", safe, seen


def kept(chosen: Settings) -> list[Path]:
    """Return what holds secrets or drafts, as far as it is there: keys, database, store."""
    places = [
        chosen.home / "keys",
        chosen.home / "keys" / "secret",
        chosen.ledger_key_file,
        chosen.signing_key_file,
        chosen.contact_key_file,
        chosen.factor_key_file,
        chosen.store,
    ]
    if chosen.oidc_client_secret_file:
        places.append(Path(chosen.oidc_client_secret_file).expanduser())
    if chosen.database_url.startswith("sqlite"):
        file = Path(make_url(chosen.database_url).database or "")
        places += [file, file.with_name(f"{file.name}-wal")]
    return [place for place in dict.fromkeys(places) if place.exists()]


def readable_by_others(path: Path) -> bool:
    """Tell whether others have any right, or a group may write, and no folder above is closed."""
    if not path.stat().st_mode & OTHERS:
        return False
    return all(folder.stat().st_mode & OTHERS for folder in path.resolve().parents)


def line(url: str) -> tuple[bool, str]:
    """Tell whether a database is on this machine or has to prove who it is, and what was seen."""
    address = make_url(url)
    said = address.query.get("host") or address.host or ""
    host = said if isinstance(said, str) else ",".join(said)
    if host in HERE or host.startswith("/"):
        return True, "on this machine"
    mode = address.query.get("sslmode", "prefer")
    if mode in VERIFIED:
        return True, f"{host}, sslmode={mode}"
    return False, f"{host}: add ?sslmode=verify-full to DESK_DATABASE_URL, not {mode}"
