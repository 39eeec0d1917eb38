"""Nothing stands before the first revision."""  # noqa: N999 - named like its revision.

from tests.migrations.steps import Rows

BEFORE: Rows = {}
AFTER: Rows = BEFORE
ADDED: Rows = {}
