"""Separation of duty as database triggers: whoever writes, through whatever door, meets it."""

from sources.base import Base
from sources.guards import Guard, declare

SELF_SIGNED = """EXISTS (
    SELECT 1 FROM assessment
    WHERE assessment.claim_id = NEW.claim_id AND assessment.created_by = NEW.created_by
) OR EXISTS (
    SELECT 1 FROM claim
    WHERE claim.id = NEW.claim_id
      AND (claim.created_by = NEW.created_by OR claim.submitted_by = NEW.created_by)
) OR EXISTS (
    SELECT 1 FROM sign_off
    WHERE sign_off.claim_id = NEW.claim_id AND sign_off.created_by = NEW.created_by
      AND sign_off.decision = 'signed' AND sign_off.content_sha256 = NEW.content_sha256
)"""
SELF_SIGNED_SENTENCE = (
    "nobody signs a claim they assessed, wrote or submitted, nor twice for the same content"
)

CONTESTED = """EXISTS (
    SELECT 1 FROM contest
    WHERE contest.claim_id = NEW.claim_id AND contest.outcome IS NULL AND contest.blocking
)"""
CONTESTED_SENTENCE = "a blocking contest is open: the claim cannot be signed"

JUDGED = "NEW.settled_by IS NOT NULL AND NEW.outcome <> 'withdrawn'"
"""Withdrawing is the raiser's own right, whoever else they are."""

SELF_SETTLED = """EXISTS (
    SELECT 1 FROM assessment
    WHERE assessment.claim_id = NEW.claim_id AND assessment.created_by = NEW.settled_by
)"""
SELF_SETTLED_SENTENCE = "whoever assessed a claim does not settle a contest about it"


def _guard(name: str, table: str, event: str, when: str, forbidden: str, sentence: str) -> Guard:
    """Write one rule in both engines' words; ``when`` says which rows it is about."""
    return Guard(
        name=name,
        table=table,
        sqlite_ddl=f"""CREATE TRIGGER {name} BEFORE {event} ON {table}
FOR EACH ROW WHEN {when} AND ({forbidden})
BEGIN SELECT RAISE(ABORT, '{sentence}'); END""",
        postgresql_ddl=f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF {when} AND ({forbidden}) THEN
        RAISE EXCEPTION '{sentence}';
    END IF;
    RETURN NEW;
END
$guard$;
CREATE TRIGGER {name} BEFORE {event} ON {table}
FOR EACH ROW EXECUTE FUNCTION {name}()""",
    )


declare(
    Base.metadata,
    _guard(
        "guard_sign_off_second_person",
        "sign_off",
        "INSERT",
        "NEW.decision = 'signed'",
        SELF_SIGNED,
        SELF_SIGNED_SENTENCE,
    ),
    _guard(
        "guard_sign_off_uncontested",
        "sign_off",
        "INSERT",
        "NEW.decision = 'signed'",
        CONTESTED,
        CONTESTED_SENTENCE,
    ),
    _guard(
        "guard_contest_third_person",
        "contest",
        "UPDATE",
        f"(OLD.settled_by IS NULL OR OLD.settled_by <> NEW.settled_by) AND {JUDGED}",
        SELF_SETTLED,
        SELF_SETTLED_SENTENCE,
    ),
    _guard(
        "guard_contest_born_settled",
        "contest",
        "INSERT",
        JUDGED,
        SELF_SETTLED,
        SELF_SETTLED_SENTENCE,
    ),
)
