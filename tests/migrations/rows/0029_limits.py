"""An attempt says at which way in it was made; on the way back those at the others are gone."""  # noqa: N999 - like its revision.

from tests.migrations.steps import Rows

THEN = "2026-01-02T03:04:05.678901Z"
ATTEMPT = {
    "id": "01900000-0000-7000-8000-000000000024",
    "pair_sha256": "d" * 64,
    "tried_at": THEN,
}
OTHER = {**ATTEMPT, "id": "01900000-0000-7000-8000-000000000025", "gate": "second_factor"}
USE = {"quota": "writes", "subject": "e" * 64, "began_at": THEN, "used": 15}

BEFORE: Rows = {"sign_in_attempt": [ATTEMPT]}
AFTER: Rows = {"sign_in_attempt": [{**ATTEMPT, "gate": "sign_in"}]}
ADDED: Rows = {"sign_in_attempt": [OTHER], "quota_use": [USE]}
