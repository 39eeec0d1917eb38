"""The attacks that only SQLite has to stand."""

from tests.app.ledger.outsider import direct, quiet

SQLITE = [
    direct(
        "an event replaced",
        "INSERT OR REPLACE INTO ledger_event(eid, kind, tbl, pk, op, at, salt)"
        " VALUES (3, 'row', 'note', 'n1', 'U', 'x', zeroblob(32))",
    ),
    direct(
        "a checkpoint replaced",
        "INSERT OR REPLACE INTO ledger_checkpoint SELECT size, 'x' FROM ledger_checkpoint",
    ),
    direct(
        "an event moved over another", "UPDATE OR REPLACE ledger_event SET eid = 3 WHERE eid = 4"
    ),
    direct("a kept row replaced", "REPLACE INTO person VALUES ('p1', 'Chief', 'known')"),
    direct("a second context", "INSERT INTO ledger_ctx VALUES (2, 'chief', 'r')"),
    direct(
        "a row deleted without its children",
        "PRAGMA foreign_keys = OFF; DELETE FROM note WHERE id = 'n0'",
        "FOREIGN",
    ),
    direct(
        "a capture trigger struck from the schema",
        "PRAGMA writable_schema = ON; DELETE FROM sqlite_master WHERE name = 'ledger_note_delete'",
        "TRIGGER",
    ),
    direct(
        "the ledger's own guard disarmed in place",
        "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql ="
        " replace(sql, 'BEFORE DELETE', 'BEFORE INSERT') WHERE name = 'ledger_event_kept'",
        "TRIGGER",
    ),
    direct("the ledger's own guard dropped", "DROP TRIGGER ledger_event_fixed", "TRIGGER"),
    direct("a guard of kept rows dropped", "DROP TRIGGER ledger_person_kept", "TRIGGER"),
    direct(
        "a trigger upon the ledger itself",
        lambda shell: shell.execute(
            "CREATE TRIGGER evil AFTER INSERT ON ledger_event BEGIN SELECT 1; END"
        ),
        "TRIGGER",
    ),
    direct("a column renamed", "ALTER TABLE pair RENAME COLUMN body TO words", "SCHEMA"),
    direct(
        "the counter set forward",
        "UPDATE sqlite_sequence SET seq = 99 WHERE name = 'ledger_event'",
        "TAIL_CUT",
    ),
    direct("the counter removed", "DELETE FROM sqlite_sequence", "TAIL_CUT"),
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
