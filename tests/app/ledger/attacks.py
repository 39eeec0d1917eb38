"""The attacks that each engine must refuse or reveal."""

# ruff: noqa: S608 - an attack is written in SQL, and only our own names are formatted in.

from tests.app.ledger.outsider import Attack, Deed, Shell, direct, quiet, reseal

WORDS = {
    "sqlite": {
        "here": "",
        "event": "ledger_event",
        "leaf": "ledger_leaf",
        "first": "(SELECT min(eid) FROM ledger_event WHERE tbl = 'note')",
        "salt": "randomblob(32)",
        "false": "0",
        "mark": "?",
    },
    "postgresql": {
        "here": "ledger.",
        "event": "ledger.ledger_event",
        "leaf": "ledger.ledger_leaf",
        "first": "(SELECT min(eid) FROM ledger.ledger_event WHERE tbl = 'note')",
        "salt": "'\\x00'::bytea",
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
    plain(
        "a checkpoint changed",
        "INSERT INTO {here}ledger_checkpoint VALUES (1, 'x');"
        " UPDATE {here}ledger_checkpoint SET note = 'y'",
    ),
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


SQLITE = [
    direct(
        "an event replaced",
        "INSERT OR REPLACE INTO ledger_event(eid, kind, tbl, pk, op, at, salt)"
        " VALUES (3, 'row', 'note', 'n1', 'U', 'x', zeroblob(32))",
    ),
    direct("a leaf moved over another", "UPDATE OR REPLACE ledger_leaf SET seq = 3 WHERE seq = 4"),
    direct("an immutable row replaced", "REPLACE INTO stamp VALUES ('s1', 'other')"),
    direct(
        "a row replaced by key",
        "REPLACE INTO note(id, title, done) VALUES ('n0', 'x', 0)",
        "DISCONTINUITY",
    ),
    direct(
        "a row replaced by a unique value",
        "REPLACE INTO note(id, title, done) SELECT 'zz', title, 1 FROM note WHERE id = 'n0'",
        "LIVE_MISSING",
    ),
    direct("a name left in the context", "UPDATE ledger_ctx SET actor = 'chief'", "CTX_NOT_CLEAR"),
    direct("the context removed", "DELETE FROM ledger_ctx", "CTX_NOT_CLEAR"),
    direct(
        "a change in another's name",
        "BEGIN; UPDATE ledger_ctx SET actor = 'editor:ana'; UPDATE note SET done = 1;"
        " UPDATE ledger_ctx SET actor = NULL; COMMIT",
        "FOREIGN",
    ),
    direct("a capture trigger dropped", "DROP TRIGGER ledger_note_update", "TRIGGER"),
    direct("a guard dropped", "DROP TRIGGER guard_no_shouting", "TRIGGER"),
    direct(
        "a capture trigger emptied",
        lambda shell: (
            shell.execute("DROP TRIGGER ledger_note_update"),
            shell.execute(
                "CREATE TRIGGER ledger_note_update AFTER UPDATE ON note BEGIN SELECT 1; END"
            ),
        ),
        "TRIGGER",
    ),
    direct(
        "a trigger that rewrites verdicts",
        lambda shell: shell.execute(
            "CREATE TRIGGER evil AFTER INSERT ON note BEGIN UPDATE note SET done = 1; END"
        ),
        "TRIGGER",
    ),
    direct(
        "the schema edited in place",
        "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql ="
        " replace(sql, 'AFTER DELETE', 'BEFORE DELETE') WHERE name = 'ledger_note_delete'",
        "TRIGGER",
    ),
    quiet(
        "the tail cut with its counter left",
        "DELETE FROM ledger_leaf WHERE seq > 9; DELETE FROM ledger_event WHERE eid > 10",
        "TAIL_CUT",
    ),
    quiet(
        "the tail cut with its counter set back",
        "DELETE FROM ledger_leaf WHERE seq > 9; DELETE FROM ledger_event WHERE eid > 10;"
        " UPDATE sqlite_sequence SET seq = 10 WHERE name = 'ledger_event'",
        "LIVE_DIFF LIVE_EXTRA",
    ),
    quiet(
        "two events in each other's place",
        "UPDATE ledger_event SET eid = -1 WHERE eid = 4; UPDATE ledger_event SET eid = 4"
        " WHERE eid = 5; UPDATE ledger_event SET eid = 5 WHERE eid = -1",
        "LEAF_MISMATCH",
    ),
    quiet(
        "two leaves sealing each other's events",
        "UPDATE ledger_leaf SET eid = -1 WHERE seq = 3; UPDATE ledger_leaf SET eid = 4"
        " WHERE seq = 4; UPDATE ledger_leaf SET eid = 5 WHERE seq = 3",
        "ORDER",
    ),
    quiet("an unsealed event removed", "DELETE FROM ledger_event WHERE eid = 8", "EID_GAP"),
]

TEMPORARY = (
    "CREATE TEMP TABLE note (id text, title text);"
    " CREATE TRIGGER t AFTER INSERT ON note FOR EACH ROW EXECUTE FUNCTION"
    " ledger.capture('id', ''); INSERT INTO note VALUES ('n1', 'forged')"
)

POSTGRESQL = [
    direct("the ledger emptied", "TRUNCATE ledger.ledger_event CASCADE"),
    direct("the leaves emptied", "TRUNCATE ledger.ledger_leaf"),
    direct("a watched table emptied", "TRUNCATE remark"),
    direct("a forged row by a temporary table", TEMPORARY),
    direct(
        "an event under another's number",
        "INSERT INTO ledger.ledger_event(eid, kind, tbl, pk, op, at, salt)"
        " VALUES (3, 'row', 'note', 'n1', 'U', 'x', '\\x00')",
    ),
    direct(
        "a change as a replica",
        "SET session_replication_role = replica; UPDATE note SET done = true WHERE id = 'n0'",
        "FOREIGN",
    ),
    direct(
        "a change in another's name",
        "BEGIN; SET LOCAL desk.actor = 'editor:ana'; UPDATE note SET done = true; COMMIT",
        "FOREIGN",
    ),
    direct(
        "a change with another transaction's token",
        "BEGIN; SELECT set_config('desk.actor', actor, true),"
        " set_config('desk.request', req, true), set_config('desk.token', token, true)"
        " FROM ledger.ledger_event WHERE tbl = 'note'"
        " ORDER BY eid LIMIT 1; UPDATE note SET done = true; COMMIT",
        "FOREIGN",
    ),
    direct(
        "a forged event put into the outbox",
        "WITH e AS (INSERT INTO ledger.ledger_event(kind, tbl, pk, op, at, actor, new, salt) VALUES"
        " ('act', 'note', 'n1', 'approve', '2026-01-01T00:00:00.000Z', 'chief', '{}', '\\x00')"
        " RETURNING eid) INSERT INTO ledger.ledger_outbox SELECT eid FROM e",
        "FOREIGN",
    ),
    direct(
        "an event kept from the sealer",
        "BEGIN; UPDATE note SET done = true WHERE id = 'n0'; DELETE FROM ledger.ledger_outbox;"
        " COMMIT",
        "UNSEALED",
    ),
    direct("a capture trigger dropped", "DROP TRIGGER ledger_row ON note", "TRIGGER"),
    direct("a capture trigger off", "ALTER TABLE note DISABLE TRIGGER ledger_row", "TRIGGER"),
    direct(
        "a trigger for the origin only", "ALTER TABLE note ENABLE TRIGGER ledger_row", "TRIGGER"
    ),
    direct("a guard dropped", "DROP TRIGGER guard_no_shouting ON remark", "TRIGGER"),
    direct(
        "the capture function emptied",
        lambda shell: shell.execute(
            "CREATE OR REPLACE FUNCTION ledger.capture() RETURNS trigger LANGUAGE plpgsql"
            " AS 'BEGIN RETURN NULL; END'"
        ),
        "TRIGGER",
    ),
    direct(
        "a rule that rewrites updates",
        "CREATE RULE r AS ON UPDATE TO note DO INSTEAD NOTHING",
        "SCHEMA",
    ),
    direct(
        "row security that hides rows",
        "ALTER TABLE note ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON note USING (id <> 'n0')",
        "SCHEMA",
    ),
    direct("a constraint dropped", "ALTER TABLE note DROP CONSTRAINT note_title_key", "SCHEMA"),
    quiet(
        "a user of the database changed",
        "UPDATE ledger.ledger_event SET dbuser = 'x'",
        "LEAF_MISMATCH",
    ),
    quiet("a transaction changed", "UPDATE ledger.ledger_event SET xid = '1'", "LEAF_MISMATCH"),
]

ATTACKS = {
    "sqlite": common("sqlite") + SQLITE,
    "postgresql": common("postgresql") + POSTGRESQL,
}
