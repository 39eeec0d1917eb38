"""Fingerprints of the live schema: what the last migration left, to compare with what is there."""

import hashlib

from sqlalchemy import Connection

from app.ledger.tables import run

SQLITE = """
SELECT type || ' ' || name, tbl_name || ' ' || coalesce(sql, '') FROM sqlite_master
WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
"""
HERE = "n.nspname IN ('public', 'ledger')"
# Who else than the owner may do what; a function without a list may be called by everybody.
ACL = """coalesce((SELECT string_agg(coalesce(r.rolname, 'PUBLIC') || ' ' || a.privilege_type, ','
  ORDER BY r.rolname COLLATE "C", a.privilege_type) FROM aclexplode({0}) AS a
  LEFT JOIN pg_roles r ON r.oid = a.grantee WHERE a.grantee <> {1}), {0}::text, 'default')"""
POSTGRESQL = (
    f"""
SELECT 'table ' || n.nspname || '.' || c.relname,
  'relation ' || c.relkind::text || c.relrowsecurity::text || c.relpersistence::text
  || coalesce(pg_get_viewdef(CASE WHEN c.relkind IN ('v', 'm') THEN c.oid END), '')
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE {HERE} AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
""",
    f"""
SELECT 'table ' || n.nspname || '.' || c.relname,
  'column ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || a.attnotnull::text
  || a.attidentity::text || coalesce(pg_get_expr(d.adbin, d.adrelid), '')
  || coalesce(a.attcollation::regcollation::text, '')
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE {HERE} AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
""",
    f"""
SELECT 'table ' || n.nspname || '.' || c.relname,
  'constraint ' || k.conname || ' ' || k.convalidated::text || pg_get_constraintdef(k.oid)
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {HERE}
""",
    f"""
SELECT 'table ' || n.nspname || '.' || c.relname, 'rule ' || pg_get_ruledef(r.oid)
FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {HERE} AND c.relkind IN ('r', 'p')
""",
    f"""
SELECT 'table ' || n.nspname || '.' || c.relname,
  'policy ' || p.polname || coalesce(pg_get_expr(p.polqual, p.polrelid), '')
FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {HERE}
""",
    f"""
SELECT 'index ' || n.nspname || '.' || c.relname, pg_get_indexdef(c.oid)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {HERE} AND c.relkind = 'i'
""",
    f"""
SELECT 'trigger ' || t.tgrelid::regclass || '.' || t.tgname,
  t.tgenabled::text || pg_get_triggerdef(t.oid)
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
JOIN pg_namespace n ON n.oid = c.relnamespace WHERE NOT t.tgisinternal AND {HERE}
""",
    f"""
SELECT 'function ' || p.oid::regprocedure::text, pg_get_functiondef(p.oid)
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE {HERE} AND p.prokind IN ('f', 'p')
""",
    f"""
SELECT 'grants ' || n.nspname || '.' || c.relname, {ACL.format("c.relacl", "c.relowner")}
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE {HERE} AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relacl IS NOT NULL
""",
    f"""
SELECT 'grants ' || p.oid::regprocedure::text, {ACL.format("p.proacl", "p.proowner")}
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE {HERE} AND p.prokind IN ('f', 'p')
""",
    f"""
SELECT 'grants ' || n.nspname, {ACL.format("n.nspacl", "n.nspowner")}
FROM pg_namespace n WHERE {HERE} AND n.nspacl IS NOT NULL
""",
    """
SELECT 'trigger ' || evtname, evtevent || evtenabled::text || evtfoid::regproc::text
FROM pg_event_trigger
""",
)
CODE = ("trigger ", "function ")


def objects(connection: Connection) -> dict[str, str]:
    """The digest of each table, index, view, trigger and function, by kind and name."""
    queries = (SQLITE,) if connection.dialect.name == "sqlite" else POSTGRESQL
    parts: dict[str, list[str]] = {}
    for query in queries:
        for row in run(connection, query):
            name, definition = row[0], row[1]
            parts.setdefault(name, []).append(" ".join(definition.split()))
    return {
        name: hashlib.sha256("\n".join(sorted(texts)).encode()).hexdigest()[:16]
        for name, texts in sorted(parts.items())
    }


def is_code(name: str) -> bool:
    """Whether an object is a trigger or a function rather than a table or an index."""
    return name.startswith(CODE)


def combined(found: dict[str, str]) -> str:
    """One SHA-256 over all objects."""
    text = "\n".join(f"{name}\t{digest}" for name, digest in sorted(found.items()))
    return hashlib.sha256(text.encode()).hexdigest()


def differences(recorded: dict[str, str], found: dict[str, str]) -> list[tuple[str, str]]:
    """Each object that is ``missing``, ``changed`` or ``added`` against the record."""
    changes = []
    for name in sorted(recorded.keys() | found.keys()):
        if name not in found:
            changes.append((name, "missing"))
        elif name not in recorded:
            changes.append((name, "added"))
        elif recorded[name] != found[name]:
            changes.append((name, "changed"))
    return changes
