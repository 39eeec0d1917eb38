"""The attacks that only PostgreSQL has to stand."""

from tests.app.ledger.outsider import Shell, direct, quiet

TEMPORARY = (
    "CREATE TEMP TABLE note (id text, title text);"
    " CREATE TRIGGER t AFTER INSERT ON note FOR EACH ROW EXECUTE FUNCTION"
    " ledger.capture('id', ''); INSERT INTO note VALUES ('n1', 'forged')"
)


def copying(shell: Shell) -> None:
    """Copy a row in."""
    with shell.cursor().copy("COPY pair FROM STDIN") as copy:  # type: ignore[attr-defined]
        copy.write_row(("c", "d", "x"))


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
        "SET LOCAL desk.actor = 'editor:ana'; UPDATE note SET done = true",
        "FOREIGN",
    ),
    direct(
        "a change with another transaction's token",
        "SELECT set_config('desk.actor', actor, true),"
        " set_config('desk.request', req, true), set_config('desk.token', token, true)"
        " FROM ledger.ledger_event WHERE tbl = 'note'"
        " ORDER BY eid LIMIT 1; UPDATE note SET done = true",
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
        "UPDATE note SET done = true WHERE id = 'n0'; DELETE FROM ledger.ledger_outbox",
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
    direct("a column renamed", "ALTER TABLE pair RENAME COLUMN body TO words", "SCHEMA"),
    direct("a column dropped", "ALTER TABLE note DROP COLUMN figure", "SCHEMA"),
    direct("a column of another type", "ALTER TABLE note ALTER figure TYPE float8", "SCHEMA"),
    direct("a default added", "ALTER TABLE note ALTER figure SET DEFAULT 1", "SCHEMA"),
    direct("a table that no crash survives", "ALTER TABLE pair SET UNLOGGED", "SCHEMA"),
    direct("a guard of kept rows dropped", "DROP TRIGGER ledger_kept ON person", "TRIGGER"),
    direct(
        "the ledger's own guard dropped",
        "DROP TRIGGER ledger_fixed ON ledger.ledger_event",
        "TRIGGER",
    ),
    direct("every trigger off", "ALTER TABLE note DISABLE TRIGGER ALL", "TRIGGER"),
    direct(
        "the capture function with the caller's rights",
        "ALTER FUNCTION ledger.capture() SECURITY INVOKER",
        "TRIGGER",
    ),
    direct(
        "the capture function with another path",
        "ALTER FUNCTION ledger.capture() SET search_path = public",
        "TRIGGER",
    ),
    direct("the writing function renamed", "ALTER FUNCTION ledger.write RENAME TO w2", "TRIGGER"),
    direct("the capture function dropped", "DROP FUNCTION ledger.capture() CASCADE", "TRIGGER"),
    direct(
        "the domain's guard emptied",
        lambda shell: shell.execute(
            "CREATE OR REPLACE FUNCTION guard_no_shouting() RETURNS trigger LANGUAGE plpgsql"
            " AS 'BEGIN RETURN NEW; END'"
        ),
        "TRIGGER",
    ),
    direct(
        "a trigger for the whole database",
        lambda shell: (
            shell.execute(
                "CREATE FUNCTION e() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'"
            ),
            shell.execute("CREATE EVENT TRIGGER t ON ddl_command_end EXECUTE FUNCTION e()"),
        ),
        "TRIGGER",
    ),
    direct(
        "rows smuggled in through an heir",
        "CREATE SCHEMA evil; CREATE TABLE evil.heir () INHERITS (note);"
        " INSERT INTO evil.heir(id, title, done) VALUES ('x', 'x', true)",
        "LIVE_EXTRA",
    ),
    direct(
        "a table hidden behind another of its name",
        "CREATE SCHEMA evil; CREATE TABLE evil.note AS SELECT * FROM note;"
        " SET search_path = evil, public",
        "SCHEMA",
    ),
    direct(
        "rows changed by MERGE",
        "MERGE INTO note USING (VALUES ('n0')) AS v(id) ON note.id = v.id"
        " WHEN MATCHED THEN UPDATE SET title = 'x'",
        "FOREIGN",
    ),
    direct("rows added by COPY", copying, "FOREIGN"),
    direct(
        "a made-up token",
        "SELECT set_config('desk.actor', 'editor:ana', true),"
        " set_config('desk.token', repeat('0', 64), true);"
        " UPDATE note SET done = true WHERE id = 'n0'",
        "FOREIGN",
    ),
    direct(
        "an event copied under a new number",
        "INSERT INTO ledger.ledger_event(kind, tbl, pk, op, at, actor, req, dbuser, xid, token,"
        " old, new, salt) SELECT kind, tbl, pk, op, at, actor, req, dbuser, xid, token, old, new,"
        " salt FROM ledger.ledger_event WHERE kind = 'act'",
        "UNSEALED",
    ),
    direct(
        "an event written through the ledger's own function",
        "SELECT ledger.write('act', 'note', 'n2', 'A', NULL, '{}')",
        "FOREIGN",
    ),
    direct("a redaction of no fields", "SELECT ledger.write('redaction', 'a', 'b', 'R', '', '{}')"),
    direct("an erasure by the ledger's own function", "SELECT ledger.redact('{}', '{}', '{}', 9)"),
    direct("a constraint dropped", "ALTER TABLE note DROP CONSTRAINT note_title_key", "SCHEMA"),
    quiet(
        "a user of the database changed",
        "UPDATE ledger.ledger_event SET dbuser = 'x'",
        "LEAF_MISMATCH",
    ),
    quiet("a transaction changed", "UPDATE ledger.ledger_event SET xid = '1'", "LEAF_MISMATCH"),
]
