"""Thousands of damaged files sent to the desk: `python -m tests.benchmarks.damaged_uploads 3000`.

Says how many were kept and refused, and exits with 1 where one was answered with a server error,
where a file lies outside the store, or where the process grew by more than 200 MB.
"""

import io
import resource
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from app.config import Settings
from app.db import Database
from app.schema import upgrade
from sources.registry import add_source
from tests.app.views.visit import Visit
from tests.sources.documents.mutations import mutated

WARM, MOST_GROWTH, SERVER_ERROR = 40, 200_000, 500


def main(count: int, first: int) -> int:
    """Send the files two at a time, as many as are read at once."""
    with tempfile.TemporaryDirectory() as home:
        database = Database(Settings.load({"DESK_HOME": home}))
        upgrade(database, actor="system:test")
        with database.writing("system:test") as session:
            key = add_source(session, by="editor:zhang.min", title="A source").key
        people = [Visit(database, language=tongue) for tongue in ("en", "zh")]
        answers: Counter[int] = Counter()
        size = 0
        for begin in range(first, first + count, WARM):
            seeds = range(begin, min(begin + WARM, first + count))
            with ThreadPoolExecutor(2) as pool:
                answers.update(pool.map(lambda seed: sent(people[seed % 2], key, seed), seeds))
            size = size or resident()
            print(begin + len(seeds), dict(answers), f"+{resident() - size} kB", flush=True)  # noqa: T201 - a report
        outside = strangers(Path(home))
        database.close()
    grown = resident() - size
    print(f"answers {dict(answers)}, grown {grown} kB, outside the store {outside}")  # noqa: T201 - a report
    failed = any(status >= SERVER_ERROR for status in answers) or outside or grown > MOST_GROWTH
    return int(bool(failed))


def sent(person: Visit, key: str, seed: int) -> int:
    """Send one file and return the status of the answer."""
    content, name = mutated(seed)
    form = {"file": (io.BytesIO(content), name)}
    answer = person.client.post(f"/sources/{key}/snapshots", data=form)
    if answer.status_code >= SERVER_ERROR:
        print("server error", seed, name, file=sys.stderr)  # noqa: T201 - a report
    return answer.status_code


def strangers(home: Path) -> list[str]:
    """Return the files that lie where nothing puts any."""
    known = {"store", "keys"}
    return sorted(
        str(path.relative_to(home))
        for path in home.rglob("*")
        if path.is_file()
        and path.relative_to(home).parts[0] not in known
        and not path.name.startswith(("desk.sqlite3", "checkpoints"))
    )


def resident() -> int:
    """Return the greatest memory of this process so far, in kilobytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    arguments = [int(argument) for argument in sys.argv[1:]] or [3000]
    sys.exit(main(arguments[0], arguments[1] if len(arguments) > 1 else 0))
