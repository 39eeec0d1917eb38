"""The attacks that each engine must refuse or reveal."""

# ruff: noqa: S608 - an attack is written in SQL, and only our own names are formatted in.

from tests.app.ledger.attacks_postgresql import POSTGRESQL
from tests.app.ledger.attacks_sqlite import SQLITE
from tests.app.ledger.forgeries import forgeries
from tests.app.ledger.outsider import Attack, Deed, Shell, direct, quiet, reseal

WORDS = {
    "sqlite": {
        "here": "",
        "event": "ledger_event",
        "leaf": "ledger_leaf",
        "first": "(SELECT min(eid) FROM ledger_event WHERE tbl = 'note')",
        "salt": "randomblob(32)",
        "zeros": "zeroblob(32)",
        "nothing": "x''",
        "true": "1",
        "false": "0",
        "mark": "?",
    },
    "postgresql": {
        "here": "ledger.",
        "event": "ledger.ledger_event",
        "leaf": "ledger.ledger_leaf",
        "first": "(SELECT min(eid) FROM ledger.ledger_event WHERE tbl = 'note')",
        "salt": "'\\x00'::bytea",
        "zeros": "decode(repeat('00', 32), 'hex')",
        "nothing": "''::bytea",
        "true": "true",
        "false": "false",
        "mark": "%s",
    },
}
"""What a deed's placeholders stand for on each engine."""
Template = tuple[str, str, str, bool]
"""Name, statements, codes, and whether the triggers are off."""


def plain(name: str, deed: str, codes: str = "") -> Template:
    """An attack under the triggers' eyes."""
    return name, deed, codes, False


def hidden(name: str, deed: str, codes: str) -> Template:
    """An attack with the triggers off."""
    return name, deed, codes, True


COMMON: list[Template] = [
    plain("an event changed", "UPDATE {event} SET actor = 'bo'"),
    plain(
        "an event deleted",
        "DELETE FROM {event} WHERE eid = {first}",
    ),
    plain("a leaf changed", "UPDATE {leaf} SET via = 'app'"),
    plain("the tail of the leaves deleted", "DELETE FROM {leaf} WHERE seq > 5"),
    plain("every event deleted", "DELETE FROM {event}"),
    plain("every leaf deleted", "DELETE FROM {leaf}"),
    plain("a checkpoint changed", "UPDATE {here}ledger_checkpoint SET note = 'y'"),
    plain("the checkpoints deleted", "DELETE FROM {here}ledger_checkpoint"),
    plain("a leaf moved", "UPDATE {leaf} SET seq = seq + 1000"),
    plain("an event renamed", "UPDATE {event} SET tbl = 'stamp', pk = 's1' WHERE eid = {first}"),
    plain(
        "values erased without a redaction",
        "UPDATE {event} SET new = '{{}}', salt = {nothing}, red = '{{}}' WHERE eid = {first}",
    ),
    plain("an immutable row deleted", "DELETE FROM stamp"),
    plain("a rule of the domain broken", "INSERT INTO remark VALUES ('x', 'n1', 'loud!!')"),
    plain("a leaf without a digest", "INSERT INTO {leaf} VALUES (999, 999, 'app', 'x', 'x')"),
    plain(
        "a leaf of another origin", "INSERT INTO {leaf} VALUES (99, 99, 'god', {zeros}, {zeros})"
    ),
    plain(
        "a checkpoint made up",
        "INSERT INTO {here}ledger_checkpoint VALUES (3, 'x')",
        "BAD_SIGNATURE",
    ),
    plain(
        "a checkpoint under another size",
        "INSERT INTO {here}ledger_checkpoint SELECT 5, max(note) FROM {here}ledger_checkpoint",
        "BAD_SIGNATURE",
    ),
    plain(
        "a leaf made up",
        "INSERT INTO {leaf} SELECT max(seq) + 1, max(eid) + 1, 'app', {zeros}, {zeros} FROM {leaf}",
        "EVENT_MISSING",
    ),
    plain("every row changed by hand", "UPDATE note SET done = {true}", "FOREIGN"),
    plain(
        "rows copied by hand",
        "INSERT INTO remark SELECT id || 'c', note_id, body FROM remark",
        "FOREIGN",
    ),
    plain("rows deleted by hand", "DELETE FROM remark", "FOREIGN"),
    plain("a secret changed by hand", "UPDATE person SET password = 'known'", "FOREIGN"),
    plain("a kept row changed by hand", "UPDATE person SET name = 'Chief'", "FOREIGN"),
    plain("an immutable row added by hand", "INSERT INTO stamp VALUES ('s2', 'me')", "FOREIGN"),
    plain("a key changed by hand", "UPDATE pair SET \"left\" = 'z'", "FOREIGN"),
    plain(
        "a row inserted or changed by hand",
        "INSERT INTO note(id, title, done) VALUES ('n0', 'x', {false})"
        " ON CONFLICT (id) DO UPDATE SET title = 'x'",
        "FOREIGN",
    ),
    plain(
        "a redaction made up",
        "INSERT INTO {event}(kind, tbl, pk, op, at, actor, new, salt) VALUES ('redaction', 'note',"
        " 'n0', 'R', '2026-01-01T00:00:00.000Z', 'chief',"
        ' \'{{"events":[1],"fields":["title"],"reason":"x"}}\', {salt})',
        "FOREIGN UNSEALED",
    ),
    plain("the events dropped", "DROP TABLE {event}", "GONE"),
    plain("the leaves dropped", "DROP TABLE {leaf}", "GONE DATABASE"),
    plain("the leaves renamed", "ALTER TABLE {leaf} RENAME TO ledger_other", "GONE DATABASE"),
    plain("the checkpoints dropped", "DROP TABLE {here}ledger_checkpoint", "SCHEMA DATABASE"),
    plain("a watched table dropped", "DROP TABLE pair", "SCHEMA"),
    plain(
        "a watched table replaced by a view",
        "ALTER TABLE pair RENAME TO pair_real; CREATE VIEW pair AS SELECT * FROM pair_real",
        "SCHEMA",
    ),
    plain("an index added", "CREATE INDEX ix_new ON note (done)", "SCHEMA"),
    plain("a view added", "CREATE VIEW spy AS SELECT * FROM person", "SCHEMA"),
    plain("another revision claimed", "UPDATE alembic_version SET version_num = '0002'", "STAMP"),
    plain("the revision removed", "DELETE FROM alembic_version", "STAMP"),
    plain("a second revision claimed", "INSERT INTO alembic_version VALUES ('0002')", "STAMP"),
    plain("a kept row deleted", "DELETE FROM person"),
    plain("an immutable row changed", "UPDATE stamp SET body = 'x'"),
    plain("a verdict changed by hand", "UPDATE note SET title = 'x' WHERE id = 'n0'", "FOREIGN"),
    plain("a row deleted by hand", "DELETE FROM note WHERE id = 'n0'", "FOREIGN"),
    plain(
        "a row added by hand",
        "INSERT INTO note(id, title, done) VALUES ('x', 'x', {false})",
        "FOREIGN",
    ),
    plain(
        "a forged act",
        "INSERT INTO {event}(kind, tbl, pk, op, at, actor, new, salt) VALUES"
        " ('act', 'note', 'n1', 'approve', '2026-01-01', 'chief', 'null', {salt})",
        "FOREIGN UNSEALED",
    ),
    plain(
        "an event that is no JSON",
        "INSERT INTO {event}(kind, tbl, pk, op, at, new, salt)"
        " VALUES ('row', 'note', 'n1', 'U', 'never', '{{{{', {salt})",
        "FOREIGN UNSEALED",
    ),
    plain("a table added", "CREATE TABLE extra (id integer)", "SCHEMA"),
    plain("a column added", "ALTER TABLE note ADD COLUMN extra text", "SCHEMA"),
    plain("an index dropped", "DROP INDEX {here}ix_ledger_event_row", "SCHEMA"),
    hidden("a row changed", "UPDATE note SET title = 'x' WHERE id = 'n0'", "LIVE_DIFF"),
    hidden("a row deleted", "DELETE FROM remark WHERE id = 'm0'", "LIVE_MISSING"),
    hidden("a row added", "INSERT INTO remark VALUES ('x', 'n0', 'ghost')", "LIVE_EXTRA"),
    hidden("an immutable row changed", "UPDATE stamp SET body = 'x'", "LIVE_DIFF"),
    hidden(
        "an actor changed",
        "UPDATE {event} SET actor = 'bo' WHERE eid = {first}",
        "LEAF_MISMATCH",
    ),
    hidden(
        "a time changed",
        "UPDATE {event} SET at = '2020' WHERE eid = {first}",
        "LEAF_MISMATCH",
    ),
    hidden(
        "a value changed",
        "UPDATE {event} SET new = replace(new, '份额', '数额')",
        "LEAF_MISMATCH",
    ),
    hidden("a request changed", "UPDATE {event} SET req = 'r99'", "LEAF_MISMATCH"),
    hidden("a change called a creation", "UPDATE {event} SET op = 'I'", "LEAF_MISMATCH"),
    hidden("a row called an act", "UPDATE {event} SET kind = 'act'", "LEAF_MISMATCH"),
    hidden(
        "an event given to another row",
        "UPDATE {event} SET pk = 'n2' WHERE eid = {first}",
        "LEAF_MISMATCH",
    ),
    hidden(
        "an event given to another table",
        "UPDATE {event} SET tbl = 'remark' WHERE eid = {first}",
        "LEAF_MISMATCH",
    ),
    hidden(
        "a value before changed",
        "UPDATE {event} SET old = replace(old, '份额', '数额')",
        "LEAF_MISMATCH",
    ),
    hidden(
        "an event emptied", "UPDATE {event} SET new = '{{}}' WHERE eid = {first}", "LEAF_MISMATCH"
    ),
    hidden(
        "an image removed", "UPDATE {event} SET new = NULL WHERE eid = {first}", "LEAF_MISMATCH"
    ),
    hidden(
        "a field slipped in",
        "UPDATE {event} SET new = replace(new, '{{\"', '{{\"x\": 1, \"') WHERE eid = {first}",
        "LEAF_MISMATCH",
    ),
    hidden(
        "a value said twice",
        'UPDATE {event} SET new = replace(new, \'{{"\', \'{{"title": "x", "\') WHERE eid = {first}',
        "LEAF_MISMATCH",
    ),
    hidden("salts emptied", "UPDATE {event} SET salt = {nothing}", "LEAF_MISMATCH"),
    hidden(
        "values erased and no digest left",
        "UPDATE {event} SET new = '{{}}', red = '{{\"d\":{{}},\"s\":{{}}}}' WHERE eid = {first}",
        "LEAF_MISMATCH",
    ),
    hidden("a leaf zeroed", "UPDATE {leaf} SET leaf = {zeros} WHERE seq = 4", "LEAF_MISMATCH"),
    hidden("a seal zeroed", "UPDATE {leaf} SET mac = {zeros} WHERE seq = 4", "BAD_MAC"),
    hidden("a leaf of no event", "UPDATE {leaf} SET eid = -eid WHERE seq = 4", "EVENT_MISSING"),
    hidden(
        "a place left empty",
        "UPDATE {leaf} SET seq = -seq WHERE seq > 6; UPDATE {leaf} SET seq = 1 - seq WHERE seq < 0",
        "SEQ_GAP",
    ),
    hidden(
        "the first entries removed",
        "DELETE FROM {leaf} WHERE seq < 3; UPDATE {leaf} SET seq = -seq;"
        " UPDATE {leaf} SET seq = -seq - 3; DELETE FROM {event} WHERE eid NOT IN"
        " (SELECT eid FROM {leaf})",
        "BAD_MAC",
    ),
    hidden(
        "the newest entries and their heads removed",
        "DELETE FROM {here}ledger_checkpoint WHERE size > 12; DELETE FROM {leaf} WHERE seq > 11;"
        " DELETE FROM {event} WHERE eid NOT IN (SELECT eid FROM {leaf})",
        "ROLLBACK",
    ),
    hidden(
        "the whole ledger emptied",
        "DELETE FROM {here}ledger_checkpoint; DELETE FROM {leaf}; DELETE FROM {event}",
        "ROLLBACK",
    ),
    hidden(
        "the stored heads removed and an event changed",
        "DELETE FROM {here}ledger_checkpoint; UPDATE {event} SET actor = 'x' WHERE eid = {first}",
        "LEAF_MISMATCH",
    ),
    hidden(
        "an approval removed",
        "DELETE FROM {leaf} WHERE eid IN (SELECT eid FROM {event} WHERE kind = 'act');"
        " DELETE FROM {event} WHERE kind = 'act'",
        "ROLLBACK",
    ),
    hidden(
        "an approval given to somebody else",
        "UPDATE {event} SET actor = 'editor:ana' WHERE kind = 'act'",
        "LEAF_MISMATCH",
    ),
    hidden(
        "an approval given to another row",
        "UPDATE {event} SET pk = 'n2' WHERE kind = 'act'",
        "LEAF_MISMATCH",
    ),
    hidden(
        "an approval made up with a leaf",
        "INSERT INTO {event}(kind, tbl, pk, op, at, actor, new, salt) VALUES ('act', 'note', 'n2',"
        " 'A', '2026-01-01T00:00:00.000Z', 'chief', '{{}}', {salt}); INSERT INTO {leaf} SELECT"
        " max(seq) + 1, (SELECT max(eid) FROM {event}), 'app', {zeros}, {zeros} FROM {leaf}",
        "BAD_MAC",
    ),
    hidden(
        "the story of a migration changed",
        "UPDATE {event} SET new = replace(new, '\"drift\":[]', '\"drift\":{{}}')"
        " WHERE kind = 'migration'",
        "LEAF_MISMATCH",
    ),
    hidden(
        "the story of a migration removed",
        "DELETE FROM {event} WHERE kind = 'migration'",
        "EVENT_MISSING",
    ),
    hidden(
        "a row and its history removed",
        "DELETE FROM remark WHERE id = 'm0'; DELETE FROM {leaf} WHERE eid IN (SELECT eid FROM"
        " {event} WHERE pk = 'm0'); DELETE FROM {event} WHERE pk = 'm0'",
        "SEQ_GAP",
    ),
    hidden(
        "a row and its event changed alike",
        "UPDATE remark SET body = 'forged' WHERE id = 'm0'; UPDATE {event} SET"
        " new = replace(new, 'remark 0', 'forged')",
        "LEAF_MISMATCH",
    ),
    hidden("a salt changed", "UPDATE {event} SET salt = {salt}", "LEAF_MISMATCH"),
    hidden(
        "an event made unreadable",
        "UPDATE {event} SET new = 'x' WHERE eid = {first}",
        "LEAF_MISMATCH",
    ),
    hidden(
        "an event removed",
        "DELETE FROM {event} WHERE eid = {first}",
        "EVENT_MISSING",
    ),
    hidden(
        "an event and its leaf removed",
        "DELETE FROM {leaf} WHERE eid = {first}; DELETE FROM {event} WHERE eid = {first}",
        "SEQ_GAP",
    ),
    hidden(
        "the places renumbered",
        "DELETE FROM {leaf} WHERE seq = 6;"
        " UPDATE {leaf} SET seq = -seq WHERE seq > 6;"
        " UPDATE {leaf} SET seq = -seq - 1 WHERE seq < 0",
        "BAD_MAC",
    ),
    hidden(
        "a leaf removed at the end",
        "DELETE FROM {leaf} WHERE seq = (SELECT max(seq) FROM {leaf})",
        "UNSEALED FOREIGN",
    ),
    hidden(
        "the origin of a change whitewashed",
        "UPDATE {leaf} SET via = 'foreign'",
        "LEAF_MISMATCH",
    ),
]


def common(engine: str) -> list[Attack]:
    """What both engines must stand."""
    words = WORDS[engine]
    written = [
        (quiet if silent else direct)(name, deed.format(**words), codes)
        for name, deed, codes, silent in COMMON
    ]
    here, mark = words["here"], words["mark"]
    return [
        *written,
        quiet("two leaves swapped", swapping(words["leaf"], mark), "BAD_MAC"),
        quiet("history, leaves and row rewritten alike", rewriting(here, mark), "BAD_MAC"),
    ]


def swapping(table: str, mark: str) -> Deed:
    """Exchange the first two leaves with their MACs."""

    def deed(outside: Shell) -> None:
        rows = outside.execute(f"SELECT seq, leaf, mac FROM {table} ORDER BY seq LIMIT 2")
        first, second = rows.fetchall()
        for (seq, _, _), (_, digest, mac) in ((first, second), (second, first)):
            outside.execute(
                f"UPDATE {table} SET leaf = {mark}, mac = {mark} WHERE seq = {mark}",
                (digest, mac, seq),
            )

    return deed


def rewriting(here: str, mark: str) -> Deed:
    """Forge a value in the row, in its history and in the leaves, all but the MACs."""

    def deed(outside: Shell) -> None:
        outside.execute("UPDATE note SET title = 'forged' WHERE id = 'n1'")
        outside.execute(
            f"UPDATE {here}ledger_event SET new = replace(new, '份额 changed', 'forged')"
        )
        reseal(outside, here, mark)

    return deed


ATTACKS = {
    "sqlite": common("sqlite") + forgeries("sqlite") + SQLITE,
    "postgresql": common("postgresql") + forgeries("postgresql") + POSTGRESQL,
}
"""Every attack, by engine."""
