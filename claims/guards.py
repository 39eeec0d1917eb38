"""Separation of duty as database triggers: whoever writes, through whatever door, meets it."""

# ruff: noqa: S608 - a guard is written in SQL, and only our own constants are formatted in.

from claims.signatures import FORMER_LEVELS
from claims.workflow import MOVES
from sources.base import Base
from sources.guards import Guard, declare

ADDED = (
    ("sign_off_levels", "claim.sign_off_levels"),
    ("submission", "claim.submission"),
    ("submission", "sign_off.submission"),
    ("claim_author", "claim_author.created_by"),
)
"""Columns that came after the guards' own tables, each behind the word by which a rule names it."""

LEVELS = f"coalesce(claim.sign_off_levels, {FORMER_LEVELS})"

SELF_SIGNED = f"""EXISTS (
    SELECT 1 FROM assessment
    WHERE assessment.claim_id = NEW.claim_id AND assessment.created_by = NEW.created_by
) OR EXISTS (
    SELECT 1 FROM claim
    WHERE claim.id = NEW.claim_id
      AND (claim.created_by = NEW.created_by
           OR (claim.submitted_by = NEW.created_by AND {LEVELS} > 1))
) OR EXISTS (
    SELECT 1 FROM claim_author
    WHERE claim_author.claim_id = NEW.claim_id AND claim_author.created_by = NEW.created_by
) OR EXISTS (
    SELECT 1 FROM sign_off
    WHERE sign_off.claim_id = NEW.claim_id AND sign_off.created_by = NEW.created_by
      AND sign_off.decision = 'signed' AND sign_off.content_sha256 = NEW.content_sha256
      AND sign_off.submission = NEW.submission
)"""
SELF_SIGNED_SENTENCE = (
    "nobody signs a claim they assessed, wrote or submitted, nor twice for the same content"
)

UNASKED = f"""NOT EXISTS (
    SELECT 1 FROM claim
    WHERE claim.id = NEW.claim_id AND claim.stage = 'submitted'
      AND claim.submission = NEW.submission AND NEW.level <= {LEVELS}
)"""
UNASKED_SENTENCE = "a signature answers the present submission, at a level it asks for"

SIGNATURES = f"""(
    SELECT count(DISTINCT given.created_by) FROM sign_off AS given
    WHERE given.claim_id = NEW.id AND given.decision = 'signed'
      AND given.submission = NEW.submission
      AND given.created_by <> NEW.created_by
      AND (coalesce(NEW.sign_off_levels, {FORMER_LEVELS}) = 1
           OR given.created_by <> coalesce(NEW.submitted_by, ''))
      AND given.created_by NOT IN (
          SELECT assessment.created_by FROM assessment WHERE assessment.claim_id = NEW.id
          UNION SELECT claim_author.created_by FROM claim_author
          WHERE claim_author.claim_id = NEW.id
      )
      AND given.content_sha256 = (
          SELECT latest.content_sha256 FROM sign_off AS latest
          WHERE latest.claim_id = NEW.id ORDER BY latest.id DESC LIMIT 1
      )
)"""
"""How many people who may sign have signed what was signed last, in the present submission."""

UNSIGNED = (
    f"{SIGNATURES} < CASE coalesce(NEW.sign_off_levels, {FORMER_LEVELS}) WHEN 3 THEN 2 ELSE 1 END"
)
UNSIGNED_SENTENCE = "a claim is signed off by its signatures only"

STILL_CONTESTED = """EXISTS (
    SELECT 1 FROM contest
    WHERE contest.claim_id = NEW.id AND contest.outcome IS NULL AND contest.blocking
)"""

STEPS = sorted({(start, end) for starts, end in MOVES.values() for start in starts})
OFF_THE_TABLE = " AND ".join(
    f"NOT (OLD.stage = '{start}' AND NEW.stage = '{end}')" for start, end in STEPS
)
OFF_THE_TABLE_SENTENCE = "a claim moves only along the table of moves"

BORN_SUBMITTED = "NEW.stage IN ('submitted', 'signed_off') OR NEW.submission <> 0"

REWRITTEN = """OLD.created_by <> NEW.created_by OR (
    (coalesce(OLD.submitted_by, '') <> coalesce(NEW.submitted_by, '')
     OR coalesce(OLD.sign_off_levels, 0) <> coalesce(NEW.sign_off_levels, 0)
     OR OLD.submission <> NEW.submission)
    AND NOT (OLD.stage = 'checking' AND NEW.stage = 'submitted')
)"""
REWRITTEN_SENTENCE = "who wrote and who submitted a claim, and for how many levels, stays"

CONTESTED = """EXISTS (
    SELECT 1 FROM contest
    WHERE contest.claim_id = NEW.claim_id AND contest.outcome IS NULL AND contest.blocking
)"""
CONTESTED_SENTENCE = "a blocking contest is open: the claim cannot be signed"

ARTICLE_ASSESSED = f"""EXISTS (
    SELECT 1 FROM article WHERE article.id = NEW.article_id AND article.created_by = NEW.created_by
) OR EXISTS (
    SELECT 1 FROM article_version
    WHERE article_version.id = NEW.version_id AND article_version.created_by = NEW.created_by
) OR EXISTS (
    SELECT 1 FROM claim
    WHERE claim.article_id = NEW.article_id
      AND (claim.stage <> 'dropped' OR EXISTS (
          SELECT 1 FROM claim_anchor
          WHERE claim_anchor.claim_id = claim.id AND claim_anchor.version_id = NEW.version_id
            AND claim_anchor.state <> 'orphaned'
      ))
      AND (claim.created_by = NEW.created_by
           OR (claim.submitted_by = NEW.created_by AND {LEVELS} > 1)
           OR EXISTS (
               SELECT 1 FROM assessment
               WHERE assessment.claim_id = claim.id AND assessment.created_by = NEW.created_by
           )
           OR EXISTS (
               SELECT 1 FROM claim_author
               WHERE claim_author.claim_id = claim.id
                 AND claim_author.created_by = NEW.created_by
           ))
)"""
ARTICLE_ASSESSED_SENTENCE = "nobody signs an article whose claims they assessed or wrote"

ARTICLE_UNFINISHED = """EXISTS (
    SELECT 1 FROM claim
    WHERE claim.article_id = NEW.article_id AND claim.stage NOT IN ('signed_off', 'dropped')
) OR EXISTS (
    SELECT 1 FROM contest JOIN claim ON claim.id = contest.claim_id
    WHERE claim.article_id = NEW.article_id AND claim.stage <> 'dropped'
      AND contest.outcome IS NULL AND contest.blocking
) OR EXISTS (
    SELECT 1 FROM claim_anchor JOIN claim ON claim.id = claim_anchor.claim_id
    WHERE claim_anchor.version_id = NEW.version_id AND claim.stage <> 'dropped'
      AND claim_anchor.state <> 'exact' AND claim_anchor.confirmed_by IS NULL
) OR EXISTS (
    SELECT 1 FROM quantity_mention AS mention
    WHERE mention.version_id = NEW.version_id AND mention.dismissed_as IS NULL
      AND NOT EXISTS (
          SELECT 1 FROM figure
          WHERE figure.mention_id = mention.id OR figure.period_mention_id = mention.id
      )
) OR EXISTS (
    SELECT 1 FROM article_version AS later
    JOIN article_version AS signed ON signed.article_id = later.article_id
    WHERE signed.id = NEW.version_id AND later.number > signed.number
) OR NOT EXISTS (
    SELECT 1 FROM article_version
    WHERE article_version.id = NEW.version_id AND article_version.article_id = NEW.article_id
      AND article_version.sha256 = NEW.version_sha256
)"""
ARTICLE_UNFINISHED_SENTENCE = "the article is not finished: something is open in its newest version"

JUDGED = "NEW.settled_by IS NOT NULL AND NEW.outcome <> 'withdrawn'"
"""Withdrawing is the raiser's own right, whoever else they are."""

SELF_SETTLED = """EXISTS (
    SELECT 1 FROM assessment
    WHERE assessment.claim_id = NEW.claim_id AND assessment.created_by = NEW.settled_by
)"""
SELF_SETTLED_SENTENCE = "whoever assessed a claim does not settle a contest about it"

UNRAISED = """OLD.created_by <> NEW.created_by OR OLD.claim_id <> NEW.claim_id
    OR (OLD.blocking AND NOT NEW.blocking)
    OR (NEW.outcome = 'withdrawn' AND NEW.settled_by <> NEW.created_by)"""
UNRAISED_SENTENCE = (
    "only its raiser withdraws a contest, and a blocking one blocks until it is settled"
)


def _guard(name: str, table: str, event: str, when: str, forbidden: str, sentence: str) -> Guard:
    """Write one rule in both engines' words; ``when`` says which rows it is about."""
    added = [column for word, column in ADDED if word in forbidden]
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
        needs=tuple(added),
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
        "guard_sign_off_asked_for",
        "sign_off",
        "INSERT",
        "NEW.decision = 'signed'",
        UNASKED,
        UNASKED_SENTENCE,
    ),
    _guard(
        "guard_claim_moves",
        "claim",
        "UPDATE",
        "OLD.stage <> NEW.stage",
        OFF_THE_TABLE,
        OFF_THE_TABLE_SENTENCE,
    ),
    _guard(
        "guard_claim_signed_off",
        "claim",
        "UPDATE",
        "NEW.stage = 'signed_off' AND OLD.stage <> 'signed_off'",
        UNSIGNED,
        UNSIGNED_SENTENCE,
    ),
    _guard(
        "guard_claim_uncontested",
        "claim",
        "UPDATE",
        "NEW.stage = 'signed_off' AND OLD.stage <> 'signed_off'",
        STILL_CONTESTED,
        CONTESTED_SENTENCE,
    ),
    _guard(
        "guard_claim_origin",
        "claim",
        "UPDATE",
        "1 = 1",
        REWRITTEN,
        REWRITTEN_SENTENCE,
    ),
    _guard(
        "guard_claim_born_open",
        "claim",
        "INSERT",
        "1 = 1",
        BORN_SUBMITTED,
        UNSIGNED_SENTENCE,
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
        "guard_article_second_person",
        "article_sign_off",
        "INSERT",
        "NEW.decision = 'signed'",
        ARTICLE_ASSESSED,
        ARTICLE_ASSESSED_SENTENCE,
    ),
    _guard(
        "guard_article_finished",
        "article_sign_off",
        "INSERT",
        "NEW.decision = 'signed'",
        ARTICLE_UNFINISHED,
        ARTICLE_UNFINISHED_SENTENCE,
    ),
    _guard(
        "guard_contest_third_person",
        "contest",
        "UPDATE",
        f"(OLD.settled_by IS NULL OR OLD.settled_by <> NEW.settled_by"
        f" OR OLD.outcome <> NEW.outcome) AND {JUDGED}",
        SELF_SETTLED,
        SELF_SETTLED_SENTENCE,
    ),
    _guard(
        "guard_contest_raised",
        "contest",
        "UPDATE",
        "1 = 1",
        UNRAISED,
        UNRAISED_SENTENCE,
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
