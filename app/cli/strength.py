"""How strong the proofs are that an installation takes: leaked passwords, short keys."""

from collections.abc import Iterator
from pathlib import Path

from app.accounts import leaked_passwords
from app.config import Settings
from app.defaults import RSA_BITS

Finding = tuple[str, bool, str]


def findings(chosen: Settings) -> Iterator[Finding]:
    """Yield whether leaked passwords can be looked up, and whether short keys are taken."""
    yield ("leaked passwords", *leaks(chosen.leaked_passwords_file))
    if chosen.rsa_bits < RSA_BITS[0]:
        seen = f"WARNING: {chosen.rsa_bits} bits are taken, which are about 112 of strength"
        yield "rsa keys", True, f"{seen}; unset DESK_RSA_BITS for {RSA_BITS[0]} and more"


def leaks(file: Path | None, *, whole: bool = False) -> tuple[bool, str]:
    """Tell whether new passwords can be looked up in a list of leaked ones, and what was seen."""
    if file is None:
        return True, f"no list is set ({leaked_passwords.NAME})"
    try:
        found = leaked_passwords.surveyed(file, whole=whole)
    except leaked_passwords.Broken as problem:
        return False, str(problem)
    if found.all_seen:
        return True, f"{found.digests:,} digests, in order"
    return True, f"about {found.digests:,} digests; `check leaked` reads them all"
