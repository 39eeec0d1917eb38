"""How often somebody may try to sign in: counted for a name as typed, from a place."""

import hashlib

from sqlalchemy.orm import Session

from app.db import Database
from app.limits import gates
from app.limits.gates import Tried
from app.limits.places import place_of
from app.limits.vocabulary import Gate


def pair_of(name: str, address: str) -> str:
    """Return what stands for a name from an address; names that sign in alike count alike."""
    return hashlib.sha256(f"{name.strip().lower()}\n{place_of(address)}".encode()).hexdigest()


def attempt(
    database: Database,
    name: str,
    address: str,
    gate: Gate = Gate.SIGN_IN,
    *,
    familiar: bool = False,
) -> Tried:
    """Count an attempt before what was typed is looked at.

    ``name`` is whatever is being tried: a user name, or the key of an account whose second factor
    is asked for. ``familiar`` is who gave a first proof, or comes in a browser that is known.
    """
    return gates.attempt(database, gate, pair_of(name, address), familiar=familiar)


def forgive(session: Session, pair: str, gate: Gate = Gate.SIGN_IN) -> None:
    """Forget the attempts of somebody who signed in."""
    gates.forgive(session, gate, pair)
