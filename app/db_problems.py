"""What can go wrong with the database, apart from what the domain must hear."""


class DatabaseProblem(Exception):
    """What the engine said, in words of ours; the driver's own error is the ``__cause__``."""


class Busy(DatabaseProblem):
    """Another writer held the database too long, or two stood in each other's way: try again."""


class Crossed(Busy):
    """Two transactions stood in each other's way, and this one was undone: done again it passes."""


class TooSlow(DatabaseProblem):
    """A statement took longer than somebody who waits for a page is let wait; it was ended."""


class StorageFull(DatabaseProblem):
    """There is no room to write; reading works."""


class ReadOnly(DatabaseProblem):
    """The database, or this session, does not take writes."""


class Unavailable(DatabaseProblem):
    """The database cannot be reached."""


class Refused(DatabaseProblem):
    """A trigger of the database forbade the change; the message is its sentence."""


class Damaged(DatabaseProblem):
    """The database's file is not as the engine wrote it: restore it before anything else."""


class NotMigrated(DatabaseProblem):
    """The schema is not that of this version: run ``manage.py db upgrade``."""


UNDONE_WITH_IT = "no such savepoint"
"""What SQLite says of a savepoint after it undid the whole transaction: the disk is full, the time
is up."""


def told_first(problem: BaseException) -> BaseException:
    """Return what the engine complained of before a savepoint could not be undone any more."""
    found: BaseException | None = problem
    while found is not None and UNDONE_WITH_IT in str(found):
        found = found.__context__
    return found or problem
