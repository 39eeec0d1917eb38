"""The attacks that each engine must refuse or reveal."""

# ruff: noqa: S608 - an attack is written in SQL, and only our own names are formatted in.

from tests.app.ledger.outsider import Attack, Shell, direct, quiet, reseal

SALT = {"sqlite": "randomblob(32)", "postgresql": "'\\x00'::bytea"}


def common(engine: str) -> list[Attack]:
    """What both engines must stand."""
    here = "" if engine == "sqlite" else "ledger."
    mark = "?" if engine == "sqlite" else "%s"
    event, leaf, salt = f"{here}ledger_event", f"{here}ledger_leaf", SALT[engine]
    first = f"(SELECT min(eid) FROM {event} WHERE tbl = 'note')"
    last_seq = f"(SELECT max(seq) FROM {leaf})"
    forged = (
        f"INSERT INTO {event}(kind, tbl, pk, op, at, actor, new, salt)"
        f" VALUES ('act', 'note', 'n1', 'approve', '2026-01-01T00:00:00.000Z', 'chief', '{{}}',"
        f" {salt})"
    )

    def consistent(outside: Shell) -> None:
        outside.execute("UPDATE note SET title = 'forged' WHERE id = 'n1'")
        outside.execute(f"UPDATE {event} SET new = replace(new, '份额 changed', 'forged')")
        reseal(outside, here, mark)

    def swapped(outside: Shell) -> None:
        rows = outside.execute(f"SELECT seq, leaf, mac FROM {leaf} ORDER BY seq LIMIT 2").fetchall()
        for (seq, _, _), (_, digest, mac) in zip(rows, reversed(rows), strict=True):
            outside.execute(
                f"UPDATE {leaf} SET leaf = {mark}, mac = {mark} WHERE seq = {mark}",
                (digest, mac, seq),
            )

    return [
        direct("an event changed", f"UPDATE {event} SET actor = 'bo'"),
        direct("an event deleted", f"DELETE FROM {event} WHERE eid = {first}"),
        direct("a leaf changed", f"UPDATE {leaf} SET via = 'app'"),
        direct("the tail of the leaves deleted", f"DELETE FROM {leaf} WHERE seq > 5"),
        direct(
            "a checkpoint changed",
            f"INSERT INTO {here}ledger_checkpoint VALUES (1, 'x');"
            f" UPDATE {here}ledger_checkpoint SET note = 'y'",
        ),
        direct("a kept row deleted", "DELETE FROM person"),
        direct("an immutable row changed", "UPDATE stamp SET body = 'x'"),
        direct(
            "a verdict changed by hand", "UPDATE note SET title = 'x' WHERE id = 'n0'", "FOREIGN"
        ),
        direct("a row deleted by hand", "DELETE FROM note WHERE id = 'n0'", "FOREIGN"),
        direct(
            "a row added by hand",
            "INSERT INTO note(id, title, done) VALUES ('x', 'x',"
            f" {'0' if engine == 'sqlite' else 'false'})",
            "FOREIGN",
        ),
        direct("a forged act", forged, "FOREIGN UNSEALED"),
        direct("a table added", "CREATE TABLE extra (id integer)", "SCHEMA"),
        direct("a column added", "ALTER TABLE note ADD COLUMN extra text", "SCHEMA"),
        direct("an index dropped", f"DROP INDEX {here}ix_ledger_event_row", "SCHEMA"),
        quiet("a row changed", "UPDATE note SET title = 'x' WHERE id = 'n0'", "LIVE_DIFF"),
        quiet("a row deleted", "DELETE FROM remark WHERE id = 'm0'", "LIVE_MISSING"),
        quiet("a row added", "INSERT INTO remark VALUES ('x', 'n0', 'ghost')", "LIVE_EXTRA"),
        quiet("an immutable row changed", "UPDATE stamp SET body = 'x'", "LIVE_DIFF"),
        quiet(
            "an actor changed",
            f"UPDATE {event} SET actor = 'bo' WHERE eid = {first}",
            "LEAF_MISMATCH",
        ),
        quiet(
            "a time changed",
            f"UPDATE {event} SET at = '2020' WHERE eid = {first}",
            "LEAF_MISMATCH",
        ),
        quiet(
            "a value changed",
            f"UPDATE {event} SET new = replace(new, '份额', '数额')",
            "LEAF_MISMATCH",
        ),
        quiet("a salt changed", f"UPDATE {event} SET salt = {salt}", "LEAF_MISMATCH"),
        quiet(
            "an event made unreadable",
            f"UPDATE {event} SET new = 'x' WHERE eid = {first}",
            "UNREADABLE",
        ),
        quiet("an event removed", f"DELETE FROM {event} WHERE eid = {first}", "EVENT_MISSING"),
        quiet(
            "an event and its leaf removed",
            f"DELETE FROM {leaf} WHERE eid = {first}; DELETE FROM {event} WHERE eid = {first}",
            "SEQ_GAP",
        ),
        quiet(
            "the places renumbered",
            f"DELETE FROM {leaf} WHERE seq = 6;"
            f" UPDATE {leaf} SET seq = -seq WHERE seq > 6;"
            f" UPDATE {leaf} SET seq = -seq - 1 WHERE seq < 0",
            "BAD_MAC",
        ),
        quiet("two leaves swapped", swapped, "BAD_MAC"),
        quiet(
            "a leaf removed at the end",
            f"DELETE FROM {leaf} WHERE seq = {last_seq}",
            "UNSEALED FOREIGN",
        ),
        quiet("history, leaves and row rewritten alike", consistent, "BAD_MAC"),
        quiet(
            "the origin of a change whitewashed",
            f"UPDATE {leaf} SET via = 'foreign'",
            "LEAF_MISMATCH",
        ),
    ]


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
