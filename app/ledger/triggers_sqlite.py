"""The capture and guard triggers of SQLite, written out for each table."""

from app.ledger.audited import IMMUTABLE, KEPT, Audited

NOW = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"
INTO = "INSERT INTO ledger_event(kind, tbl, pk, op, at, actor, req, old, new, salt)"
WHO = "(SELECT actor FROM ledger_ctx), (SELECT req FROM ledger_ctx)"
MOST_FIELDS = 60
"""SQLite's json_object takes at most 127 arguments, two for each field."""
APPEND_ONLY = {"ledger_event": "eid", "ledger_leaf": "seq", "ledger_checkpoint": "size"}

STORY = "CASE WHEN json_valid(r.new) THEN r.new ELSE '{}' END"
"""A redaction's payload, even where somebody wrote by hand what is none."""
NAMED = f"""SELECT f.value FROM ledger_event AS r, json_each({STORY}, '$.events') AS e,
 json_each({STORY}, '$.fields') AS f
 WHERE r.kind = 'redaction' AND r.kind <> 'row' AND e.value = OLD.eid"""
BOUND = ("eid", "kind", "tbl", "pk", "op", "at", "actor", "req", "dbuser", "xid")
ERASING = " AND ".join(
    (
        *(f"OLD.{name} IS NEW.{name}" for name in BOUND),
        "NEW.salt = x'' AND NEW.red IS NOT NULL",
        *(
            f"(OLD.{side} IS NULL) = (NEW.{side} IS NULL) AND NOT EXISTS (SELECT 1 FROM"
            f" json_each(OLD.{side}) AS a LEFT JOIN json_each(NEW.{side}) AS b ON a.key = b.key"
            f" WHERE a.value IS NOT b.value AND a.key NOT IN ({NAMED}))"
            f" AND NOT EXISTS (SELECT 1 FROM json_each(NEW.{side}) AS b"
            f" WHERE b.key NOT IN (SELECT key FROM json_each(OLD.{side})))"
            for side in ("old", "new")
        ),
        f"EXISTS ({NAMED})",
    )
)
"""What a redaction may do to an event: erase values it names, and nothing else."""


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return f'"{name}"'


def literal(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def value(table: Audited, row: str, field: str) -> str:
    """A field of OLD, NEW or a table as JSON can hold it."""
    name = f"{row}.{quoted(field)}"
    return f"hex({name})" if field in table.binary else name


def image(table: Audited, row: str) -> str:
    """The whole row as a JSON object."""
    if len(table.fields) > MOST_FIELDS:
        message = f"{table.table} has more than {MOST_FIELDS} fields for the ledger to hold"
        raise ValueError(message)
    pairs = (f"{literal(field)}, {value(table, row, field)}" for field in table.fields)
    return f"json_object({', '.join(pairs)})"


def key(table: Audited, row: str) -> str:
    """The row's key as text: the value itself, or a JSON array of several."""
    names = [f"{row}.{quoted(name)}" for name in table.key]
    return f"CAST({names[0]} AS TEXT)" if len(names) == 1 else f"json_array({', '.join(names)})"


def same_key(table: Audited) -> str:
    """The condition that an update leaves the key alone."""
    return " AND ".join(f"OLD.{quoted(name)} IS NEW.{quoted(name)}" for name in table.key)


def event(table: Audited, op: str, row: str, old: str, new: str) -> str:
    """The statement that writes one event."""
    return (
        f"{INTO} VALUES ('row', {literal(table.table)}, {key(table, row)}, '{op}', {NOW}, {WHO},"
        f" {old}, {new}, randomblob(32));"
    )


def changed(table: Audited) -> str:
    """The statement that writes the fields an update changed; nothing changed, nothing written."""
    # A VALUES list in FROM has no column names inside a trigger (seen in SQLite 3.53.4).
    rows = " UNION ALL ".join(
        f"SELECT {literal(field)} AS field, {value(table, 'OLD', field)} AS was,"
        f" {value(table, 'NEW', field)} AS became"
        for field in table.fields
    )
    secret = "".join(f" OR OLD.{quoted(name)} IS NOT NEW.{quoted(name)}" for name in table.hidden)
    return (
        f"{INTO} SELECT 'row', {literal(table.table)}, {key(table, 'NEW')}, 'U', {NOW}, {WHO},"
        " json_group_object(field, was), json_group_object(field, became), randomblob(32)"
        f" FROM ({rows}) WHERE was COLLATE BINARY IS NOT became"
        f" HAVING count(*) > 0{secret};"
    )


def capture(table: Audited) -> dict[str, str]:
    """The triggers that record every change of one table, by name."""
    name, on = f"ledger_{table.table}", quoted(table.table)
    old, new = image(table, "OLD"), image(table, "NEW")
    moved = event(table, "D", "OLD", old, "NULL") + event(table, "I", "NEW", "NULL", new)
    bodies = {
        f"{name}_insert": f"AFTER INSERT ON {on} BEGIN {event(table, 'I', 'NEW', 'NULL', new)}",
        f"{name}_update": f"AFTER UPDATE ON {on} WHEN {same_key(table)} BEGIN {changed(table)}",
        f"{name}_rekey": f"AFTER UPDATE ON {on} WHEN NOT ({same_key(table)}) BEGIN {moved}",
        f"{name}_delete": f"AFTER DELETE ON {on} BEGIN {event(table, 'D', 'OLD', old, 'NULL')}",
    }
    return {trigger: f"CREATE TRIGGER {trigger} {body} END" for trigger, body in bodies.items()}


def refusal(trigger: str, moment: str, table: str, sentence: str, when: str = "") -> str:
    """A trigger that refuses."""
    return (
        f"CREATE TRIGGER {trigger} BEFORE {moment} ON {quoted(table)}{when}"
        f" BEGIN SELECT RAISE(ABORT, {literal(sentence)}); END"
    )


def guards(table: Audited) -> dict[str, str]:
    """The triggers that hold a kept or an immutable table.

    ``INSERT OR REPLACE`` from a shell deletes without firing delete triggers, so an insert over
    an existing key is refused as well.
    """
    name = f"ledger_{table.table}"
    found = {}
    if table.mark in {KEPT, IMMUTABLE}:
        sentence = f"{table.table} keeps its rows"
        taken = " AND ".join(f"{quoted(column)} = NEW.{quoted(column)}" for column in table.key)
        found[f"{name}_kept"] = refusal(f"{name}_kept", "DELETE", table.table, sentence)
        found[f"{name}_taken"] = refusal(
            f"{name}_taken",
            "INSERT",
            table.table,
            sentence,
            f" WHEN EXISTS (SELECT 1 FROM {quoted(table.table)} WHERE {taken})",
        )
    if table.mark == IMMUTABLE:
        sentence = f"{table.table} never changes"
        found[f"{name}_fixed"] = refusal(
            f"{name}_fixed", "UPDATE", table.table, sentence, f" WHEN NOT {redacted(table)}"
        )
    return found


def redacted(table: Audited) -> str:
    """The condition that an update sets only fields that a redaction of this row names."""
    same = " AND ".join(
        f"(OLD.{quoted(name)} IS NEW.{quoted(name)} OR EXISTS (SELECT 1 FROM"
        f" json_each({STORY}, '$.fields') WHERE value = {literal(name)}))"
        for name in (*table.fields, *table.hidden)
    )
    return (
        f"EXISTS (SELECT 1 FROM ledger_event AS r WHERE r.kind = 'redaction'"
        f" AND r.tbl = {literal(table.table)} AND r.pk = {key(table, 'OLD')} AND {same})"
    )


def own_guards() -> dict[str, str]:
    """The triggers that keep the ledger's own tables append-only."""
    found = {}
    for table, number in APPEND_ONLY.items():
        sentence = f"{table} is append-only"
        found[f"{table}_kept"] = refusal(f"{table}_kept", "DELETE", table, sentence)
        when = f" WHEN NOT ({ERASING})" if table == "ledger_event" else ""
        found[f"{table}_fixed"] = refusal(f"{table}_fixed", "UPDATE", table, sentence, when)
        taken = f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {number} = NEW.{number})"
        found[f"{table}_taken"] = refusal(f"{table}_taken", "INSERT", table, sentence, taken)
    return found


def live_rows(table: Audited) -> str:
    """The statement that reads every row's key and image in the order of the key's bytes."""
    name = quoted(table.table)
    return f"SELECT {key(table, name)} AS pk, {image(table, name)} FROM {name} ORDER BY pk"
