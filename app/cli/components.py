"""What an installation is made of: the locked packages as a CycloneDX document."""

import datetime as dt
import re
import uuid
from collections.abc import Iterator
from typing import Any

from app.config import ROOT, release

LOCKS = ("run", "test")
PINNED = re.compile(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)")
DIGEST = re.compile(r"--hash=sha256:([0-9a-f]{64})")
Package = tuple[str, str, list[str]]


def packages(lock: str) -> Iterator[Package]:
    """Yield name, version and the SHA-256 of each file of every package of a lock."""
    text = (ROOT / "requirements" / f"{lock}.txt").read_text("utf-8")
    for entry in re.split(r"\n(?=\S)", text):
        pinned = PINNED.match(entry)
        if pinned is not None:
            yield pinned[1], pinned[2], DIGEST.findall(entry)


def document(lock: str) -> dict[str, Any]:
    """Return the list as CycloneDX 1.6 has it, with the moment at which it was made."""
    moment = dt.datetime.now(dt.UTC).replace(microsecond=0)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": uuid.uuid4().urn,
        "version": 1,
        "metadata": {
            "timestamp": moment.isoformat().replace("+00:00", "Z"),
            "component": {"type": "application", "name": "claim-desk", "version": release()},
        },
        "components": [_component(*package) for package in packages(lock)],
    }


def _component(name: str, version: str, digests: list[str]) -> dict[str, Any]:
    """One package; each of its files (one per platform) has a digest of its own."""
    address = f"pkg:pypi/{name.lower().replace('_', '-')}@{version}"
    return {
        "type": "library",
        "bom-ref": address,
        "name": name,
        "version": version,
        "purl": address,
        "hashes": [{"alg": "SHA-256", "content": digest} for digest in digests],
    }
