"""Every table and guard of the project in one import, for migrations, the ledger and the tests."""

import app.accounts.factor_models
import app.accounts.identity_models
import app.accounts.models
import app.jobs.models
import app.limits.models
import app.once.models
import claims.guards
import claims.models
import sources.attempt_models
import sources.confidential_models
import sources.duplicate_models
import sources.looks.models
import sources.models
from sources.base import Base

__all__ = ["Base", "app", "claims", "sources"]
