"""The capture and guard triggers of PostgreSQL, and the functions behind them."""

from app.ledger.audited import IMMUTABLE, KEPT, Audited
from app.ledger.triggers_sqlite import literal, quoted

OWN_TABLES = ("ledger_event", "ledger_leaf", "ledger_checkpoint")

# SECURITY DEFINER lets a role write the ledger only through a trigger. A temporary table called
# like ours must not reach it, hence the check of the schema; and the search path is pinned, so
# that nobody's function is called in place of PostgreSQL's own.
WRITE = """
CREATE OR REPLACE FUNCTION ledger.write(
  kind text, tbl text, pk text, op text, was text, becomes text
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
DECLARE number bigint;
BEGIN
  IF kind = 'redaction' AND becomes::jsonb -> 'fields' IS NULL THEN
    RAISE EXCEPTION 'a redaction names fields' USING ERRCODE = '42501';
  END IF;
  INSERT INTO ledger.ledger_event(
    kind, tbl, pk, op, at, actor, req, dbuser, xid, token, old, new, salt
  ) VALUES (
    $1, $2, $3, $4,
    to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    nullif(current_setting('desk.actor', true), ''),
    nullif(current_setting('desk.request', true), ''),
    session_user, pg_current_xact_id()::text,
    nullif(current_setting('desk.token', true), ''), $5, $6,
    uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())
  ) RETURNING eid INTO number;
  INSERT INTO ledger.ledger_outbox(eid) VALUES (number);
  RETURN number;
END $body$
"""
ROW_KEY = """
CREATE OR REPLACE FUNCTION ledger.row_key(image jsonb, keys text[]) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $body$
  SELECT CASE cardinality(keys) WHEN 1 THEN image ->> keys[1] ELSE (
    SELECT '[' || string_agg((image -> name)::text, ',' ORDER BY place) || ']'
    FROM unnest(keys) WITH ORDINALITY AS part(name, place)
  ) END
$body$
"""
CAPTURE = """
CREATE OR REPLACE FUNCTION ledger.capture() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $body$
DECLARE
  keys text[] := string_to_array(TG_ARGV[0], ',');
  hidden text[] := string_to_array(TG_ARGV[1], ',');
  was jsonb; becomes jsonb; was_key text; new_key text;
BEGIN
  IF TG_TABLE_SCHEMA <> 'public' THEN
    RAISE EXCEPTION 'the ledger does not watch %.%', TG_TABLE_SCHEMA, TG_TABLE_NAME
      USING ERRCODE = '42501';
  END IF;
  IF TG_OP <> 'INSERT' THEN
    was := to_jsonb(OLD) - hidden;
    was_key := CASE WHEN cardinality(keys) = 1 THEN was ->> keys[1]
                    ELSE ledger.row_key(was, keys) END;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    becomes := to_jsonb(NEW) - hidden;
    new_key := CASE WHEN cardinality(keys) = 1 THEN becomes ->> keys[1]
                    ELSE ledger.row_key(becomes, keys) END;
  END IF;
  IF TG_OP = 'INSERT' THEN
    PERFORM ledger.write('row', TG_TABLE_NAME, new_key, 'I', NULL, becomes::text);
  ELSIF TG_OP = 'DELETE' THEN
    PERFORM ledger.write('row', TG_TABLE_NAME, was_key, 'D', was::text, NULL);
  ELSIF was_key <> new_key THEN
    PERFORM ledger.write('row', TG_TABLE_NAME, was_key, 'D', was::text, NULL);
    PERFORM ledger.write('row', TG_TABLE_NAME, new_key, 'I', NULL, becomes::text);
  ELSE
    -- As text, because jsonb holds 1.0 and 1.00 for equal and an editor does not.
    SELECT coalesce(jsonb_object_agg(key, o.value), '{}'),
           coalesce(jsonb_object_agg(key, n.value), '{}')
      INTO was, becomes
      FROM jsonb_each(was) AS o JOIN jsonb_each(becomes) AS n USING (key)
      WHERE o.value::text <> n.value::text;
    IF becomes <> '{}' OR (
      cardinality(hidden) > 0 AND to_jsonb(OLD)::text <> to_jsonb(NEW)::text
    ) THEN
      PERFORM ledger.write('row', TG_TABLE_NAME, new_key, 'U', was::text, becomes::text);
    END IF;
  END IF;
  RETURN NULL;
END $body$
"""
REFUSE = """
CREATE OR REPLACE FUNCTION ledger.refuse() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
  RAISE EXCEPTION '%', format(TG_ARGV[0], TG_TABLE_NAME) USING ERRCODE = '42501';
END $body$
"""
# What a redaction may do to an event: erase values that it names, and nothing else.
GUARD_EVENT = """
CREATE OR REPLACE FUNCTION ledger.guard_event() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
  may text[] := '{old,new,salt,red}';
  mine jsonb := to_jsonb(OLD.eid);
  named text[];
BEGIN
  SELECT array_agg(f) INTO named
    FROM ledger.ledger_event r, jsonb_array_elements(r.new::jsonb -> 'events') AS e,
         jsonb_array_elements_text(r.new::jsonb -> 'fields') AS f
    WHERE r.kind = 'redaction' AND r.kind <> 'row' AND e = mine;
  IF named IS NOT NULL AND NEW.salt = '' AND NEW.red IS NOT NULL
     AND (to_jsonb(OLD) - may)::text = (to_jsonb(NEW) - may)::text
     AND (OLD.old::jsonb - named)::text IS NOT DISTINCT FROM (NEW.old::jsonb - named)::text
     AND (OLD.new::jsonb - named)::text IS NOT DISTINCT FROM (NEW.new::jsonb - named)::text
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'ledger_event is append-only' USING ERRCODE = '42501';
END $body$
"""
REDACT = """
CREATE OR REPLACE FUNCTION ledger.redact(was text, becomes text, digests text, number bigint)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
  UPDATE ledger.ledger_event SET old = $1, new = $2, salt = '', red = $3 WHERE eid = $4
$body$
"""
FIXED = """
CREATE OR REPLACE FUNCTION ledger.fixed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $body$
DECLARE
  mine text := ledger.row_key(to_jsonb(OLD), string_to_array(TG_ARGV[0], ','));
  named text[];
BEGIN
  SELECT array_agg(f) INTO named
    FROM ledger.ledger_event r, jsonb_array_elements_text(r.new::jsonb -> 'fields') AS f
    WHERE r.kind = 'redaction' AND r.tbl = TG_TABLE_NAME AND r.pk = mine;
  IF named IS NOT NULL AND (to_jsonb(OLD) - named)::text = (to_jsonb(NEW) - named)::text
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION '% never changes', TG_TABLE_NAME USING ERRCODE = '42501';
END $body$
"""
FUNCTIONS = {
    "write": WRITE,
    "row_key": ROW_KEY,
    "capture": CAPTURE,
    "refuse": REFUSE,
    "guard_event": GUARD_EVENT,
    "redact": REDACT,
    "fixed": FIXED,
}
SIGNATURES = {
    "write": "ledger.write(text, text, text, text, text, text)",
    "row_key": "ledger.row_key(jsonb, text[])",
    "capture": "ledger.capture()",
    "refuse": "ledger.refuse()",
    "guard_event": "ledger.guard_event()",
    "redact": "ledger.redact(text, text, text, bigint)",
    "fixed": "ledger.fixed()",
}


def functions() -> dict[str, str]:
    """The functions of the schema ``ledger``, closed to the public, by name."""
    return {
        name: f"{text.strip()}; REVOKE ALL ON FUNCTION {SIGNATURES[name]} FROM PUBLIC"
        for name, text in FUNCTIONS.items()
    }


def trigger(name: str, moment: str, table: str, level: str, call: str) -> str:
    """A trigger that fires whatever ``session_replication_role`` says."""
    return (
        f"CREATE TRIGGER {name} {moment} ON {table} FOR EACH {level} EXECUTE FUNCTION {call};"
        f" ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}"
    )


def refusal(name: str, moment: str, table: str, level: str, sentence: str) -> str:
    """A trigger that refuses; ``%s`` in the sentence becomes the table's name."""
    return trigger(name, f"BEFORE {moment}", table, level, f"ledger.refuse({literal(sentence)})")


def capture(table: Audited) -> dict[str, str]:
    """The triggers that record every change of one table and refuse TRUNCATE, by name."""
    on = f"public.{quoted(table.table)}"
    arguments = f"{literal(','.join(table.key))}, {literal(','.join(table.hidden))}"
    return {
        f"{table.table}.ledger_row": trigger(
            "ledger_row",
            "AFTER INSERT OR UPDATE OR DELETE",
            on,
            "ROW",
            f"ledger.capture({arguments})",
        ),
        f"{table.table}.ledger_truncate": refusal(
            "ledger_truncate", "TRUNCATE", on, "STATEMENT", "%s is not emptied at one stroke"
        ),
    }


def guards(table: Audited) -> dict[str, str]:
    """The triggers that hold a kept or an immutable table."""
    on = f"public.{quoted(table.table)}"
    found = {}
    if table.mark in {KEPT, IMMUTABLE}:
        found[f"{table.table}.ledger_kept"] = refusal(
            "ledger_kept", "DELETE", on, "ROW", "%s keeps its rows"
        )
    if table.mark == IMMUTABLE:
        keys = literal(",".join(table.key))
        found[f"{table.table}.ledger_fixed"] = trigger(
            "ledger_fixed", "BEFORE UPDATE", on, "ROW", f"ledger.fixed({keys})"
        )
    return found


def own_guards() -> dict[str, str]:
    """The triggers that keep the ledger's own tables append-only."""
    found = {}
    for table in OWN_TABLES:
        on = f"ledger.{table}"
        found[f"{table}.ledger_kept"] = refusal(
            "ledger_kept", "DELETE", on, "ROW", "%s is append-only"
        )
        found[f"{table}.ledger_fixed"] = (
            trigger("ledger_fixed", "BEFORE UPDATE", on, "ROW", "ledger.guard_event()")
            if table == "ledger_event"
            else refusal("ledger_fixed", "UPDATE", on, "ROW", "%s is append-only")
        )
        found[f"{table}.ledger_truncate"] = refusal(
            "ledger_truncate", "TRUNCATE", on, "STATEMENT", "%s is append-only"
        )
    return found


def live_rows(table: Audited) -> str:
    """The statement that reads every row's key and image in the order of the key's bytes."""
    keys = f"string_to_array({literal(','.join(table.key))}, ',')"
    hidden = f"string_to_array({literal(','.join(table.hidden))}, ',')"
    return (
        f"SELECT ledger.row_key(image, {keys}) AS pk, image::text"
        f" FROM (SELECT to_jsonb(t) - {hidden} AS image FROM public.{quoted(table.table)} AS t) x"
        " ORDER BY ledger.row_key(image, " + keys + ') COLLATE "C"'
    )
