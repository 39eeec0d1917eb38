"""Attacks by somebody who calculates: knows the algorithm, or has one key or both."""

# ruff: noqa: S608 - an attack is written in SQL, and only our own names are formatted in.

import json

from app.ledger.leaf import COLUMNS, Event, canonical, openings, value_digest
from app.ledger.note import Checkpoint, SigningKey
from app.ledger.tree import Root
from tests.app.ledger.outsider import Attack, Deed, Shell, as_deed, direct, quiet, reseal
from tests.app.ledger.small import KEY, SIGNING

STRANGER = SigningKey("small.example/ledger", b"\xee" * 32)


class Forger:
    """What a forger does, on one engine."""

    def __init__(self, engine: str) -> None:
        """Take the engine's words."""
        sqlite = engine == "sqlite"
        self.here, self.mark = ("", "?") if sqlite else ("ledger.", "%s")
        self.event, self.leaf = f"{self.here}ledger_event", f"{self.here}ledger_leaf"
        self.notes = f"{self.here}ledger_checkpoint"
        self.salt = "randomblob(32)" if sqlite else "decode(repeat('01', 32), 'hex')"
        self.number = "" if sqlite else " OVERRIDING SYSTEM VALUE"
        self.free = "" if sqlite else f"ALTER TABLE {self.event} ALTER eid DROP IDENTITY;"

    def sealed(self, statements: str, key: bytes | None = KEY) -> Deed:
        """Run statements and make every leaf fit, with the key every MAC too."""

        def deed(outside: Shell) -> None:
            as_deed(statements)(outside)
            reseal(outside, self.here, self.mark, key)

        return deed

    def attested(self, statements: str, signer: SigningKey) -> Deed:
        """As ``sealed``, and put a newly signed head in the place of the stored ones."""

        def deed(outside: Shell) -> None:
            as_deed(statements)(outside)
            reseal(outside, self.here, self.mark, KEY)
            root = Root()
            for (leaf,) in outside.execute(f"SELECT leaf FROM {self.leaf} ORDER BY seq").fetchall():
                root.append(bytes(leaf))
            note = signer.sign(Checkpoint(signer.name, root.size, root.value()).text)
            outside.execute(f"DELETE FROM {self.notes}")
            outside.execute(
                f"INSERT INTO {self.notes} VALUES ({self.mark}, {self.mark})", (root.size, note)
            )

        return deed

    def erased(self, logged: str) -> Deed:
        """Erase a value as a redaction would, its digest right, after the given statements."""

        def deed(outside: Shell) -> None:
            as_deed(logged)(outside)
            row = outside.execute(
                f"SELECT {COLUMNS} FROM {self.event} WHERE pk = 'm0' ORDER BY eid LIMIT 1"
            ).fetchone()
            event = Event(*row)
            values = openings(event.old, event.new, bytes(event.salt))
            gone = values.pop("n.body")
            salts = {name: item.salt.hex() for name, item in values.items() if len(item) > 1}
            red = {"d": {"n.body": value_digest("n.body", gone).hex()}, "s": salts}
            image = json.loads(event.new or "{}")
            del image["body"]
            outside.execute(
                f"UPDATE {self.event} SET new = {self.mark}, red = {self.mark}, salt = {self.mark}"
                f" WHERE eid = {self.mark}",
                (canonical(image), canonical(red), b"", event.eid),
            )

        return deed

    def middle(self) -> str:
        """An approval in the middle of history, everything behind it moved up."""
        return (
            f"{self.free} UPDATE {self.leaf} SET seq = -seq, eid = -eid WHERE seq > 8;"
            f" UPDATE {self.leaf} SET seq = 1 - seq, eid = 1000 - eid WHERE seq < 0;"
            f" UPDATE {self.event} SET eid = eid + 1000 WHERE eid IN"
            f" (SELECT eid - 1000 FROM {self.leaf} WHERE eid > 1000);"
            f" INSERT INTO {self.event}(eid, kind, tbl, pk, op, at, actor, new, salt) VALUES"
            f" (1000, 'act', 'note', 'n2', 'A', '2026-01-01', 'chief', '{{}}', {self.salt});"
            f" INSERT INTO {self.leaf} SELECT 9, 1000, 'app', leaf, mac FROM {self.leaf}"
            " WHERE seq = 8"
        )

    def swapped(self) -> str:
        """Two events in each other's place."""
        return (
            f"{self.free} UPDATE {self.event} SET eid = -1 WHERE eid = 4;"
            f" UPDATE {self.event} SET eid = 4 WHERE eid = 5;"
            f" UPDATE {self.event} SET eid = 5 WHERE eid = -1"
        )

    def cut(self) -> str:
        """The newest entries removed, with the heads that know of them."""
        return (
            f"DELETE FROM {self.notes} WHERE size > 12; DELETE FROM {self.leaf} WHERE seq > 11;"
            f" DELETE FROM {self.event} WHERE eid NOT IN (SELECT eid FROM {self.leaf})"
        )

    def value(self) -> str:
        """A figure another one, in the row and in its history."""
        return (
            "UPDATE note SET title = 'forged' WHERE id = 'n1';"
            f" UPDATE {self.event} SET new = replace(new, '份额 changed', 'forged')"
        )


def forgeries(engine: str) -> list[Attack]:
    """What both engines must reveal of somebody who calculates."""
    forger = Forger(engine)
    event = forger.event
    renamed = f"UPDATE {event} SET actor = 'editor:bo' WHERE kind <> 'migration'"
    backdated = f"UPDATE {event} SET at = '2020-01-01T00:00:00.000Z'"
    logged = (
        f"INSERT INTO {event}(kind, tbl, pk, op, at, actor, new, salt) SELECT 'redaction',"
        " 'remark', 'm0', 'R', '2026-01-01T00:00:00.000Z', 'chief',"
        """ '{"events":[' || min(eid) || '],"fields":["body"],"reason":"x"}',"""
        f" {forger.salt} FROM {event} WHERE pk = 'm0'"
    )
    unkeyed = [
        quiet("an actor changed and resealed", forger.sealed(renamed, None), "BAD_MAC"),
        quiet("times changed and resealed", forger.sealed(backdated, None), "BAD_MAC"),
        quiet(
            "an approval slipped in and resealed", forger.sealed(forger.middle(), None), "BAD_MAC"
        ),
        quiet("a value erased without a word", forger.erased(""), "REDACTION"),
        direct("a value erased after a redaction made up", forger.erased(logged), "REDACTION"),
        direct("a value erased by hand", forger.erased("")),
        quiet("a stranger's head", forger.attested(forger.value(), STRANGER), "BAD_SIGNATURE"),
    ]
    return [*unkeyed, *with_keys(forger, renamed, backdated)]


def with_keys(forger: Forger, renamed: str, backdated: str) -> list[Attack]:
    """The same with the key of the seals, and with the signing key as well."""
    event = forger.event
    both = f"{forger.value()}; DELETE FROM {forger.notes}"
    keyed = {
        "a value forged everywhere": (forger.value(), "ROOT_MISMATCH"),
        "an actor changed": (renamed, "ROOT_MISMATCH"),
        "times changed": (backdated, "ROOT_MISMATCH"),
        "an approval slipped in": (forger.middle(), "ROOT_MISMATCH"),
        "two events swapped": (forger.swapped(), "ROOT_MISMATCH"),
        "the newest entries removed": (forger.cut(), "ROLLBACK"),
        "a value forged and the stored heads removed": (both, "ROOT_MISMATCH"),
        "a salt changed": (f"UPDATE {event} SET salt = {forger.salt}", "ROOT_MISMATCH"),
        "an approval renamed": (f"UPDATE {event} SET pk='n2' WHERE kind='act'", "ROOT_MISMATCH"),
    }
    return [
        *(quiet(f"{name}, with the key", forger.sealed(s), c) for name, (s, c) in keyed.items()),
        *(
            quiet(f"{name}, with both keys", forger.attested(s, SIGNING), c)
            for name, (s, c) in keyed.items()
        ),
    ]
