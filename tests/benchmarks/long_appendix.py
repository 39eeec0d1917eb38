"""What the appendix of a long article costs: `python -m tests.benchmarks.long_appendix`.

The preview, issuing it, its files, and checking those with the program that leaves the house. CPU
time of this process, and of the program in one of its own, with the most memory that took.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from app.appendix_issue.preview import preview
from app.config import Settings
from app.db import Database
from app.exports.verifier import assembly
from tests.app.appendix_issue.long_newsdesk import with_many
from tests.app.appendix_issue.newsdesk import BY, Newsdesk
from tests.benchmarks.page import write
from tests.engines import fill_with_schema

CLAIMS = 5000
FORMS = ("json", "html")
MEASURED = """
import resource, subprocess, sys
done = subprocess.run([sys.executable, "-I", *sys.argv[1:]], stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(done.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss)
"""
"""A small process starts the program: one that is started inherits the peak of who starts it."""
Result = TypeVar("Result")


class Table:
    """The lines of the measurement, told as they come."""

    def __init__(self) -> None:
        """Begin with the head."""
        self.lines = ["| what | CPU seconds | megabytes | memory |", "|---|---:|---:|---:|"]

    def add(self, what: str, seconds: float, size: str = "", memory: str = "") -> None:
        """Add a line."""
        self.lines.append(f"| {what} | {seconds:.1f} | {size} | {memory} |")
        sys.stdout.write(self.lines[-1] + "\n")

    def timed(self, what: str, work: Callable[[], Result]) -> Result:
        """Measure some work of this process."""
        start = time.process_time()
        found = work()
        self.add(what, time.process_time() - start)
        return found


def checked(table: Table, program: Path, file: Path) -> None:
    """Measure the program on a file; raise ValueError where that does not hold."""
    command = [sys.executable, "-I", "-c", MEASURED, str(program), str(file)]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    status, seconds, kilobytes = answer.stdout.split()
    if int(status):
        raise ValueError(file)
    megabytes, memory = f"{file.stat().st_size / 1e6:.1f}", f"{int(kilobytes) // 1024} MB"
    table.add(f"checking {file.suffix[1:].upper()}", float(seconds), megabytes, memory)


def measure(desk: Newsdesk, folder: Path) -> Table:
    """Preview, issue, make the files and check them."""
    table, wish = Table(), desk.wish(language="en")
    table.timed("preview", lambda: preview(desk.database, desk.store, wish, reader=BY))
    table.timed("issuing", lambda: desk.issue(language="en"))
    program = folder / assembly.NAME
    program.write_text(assembly.assembled(), encoding="utf-8")
    for form in FORMS:
        row = table.timed(f"making {form.upper()}", lambda form=form: desk.make(1, form))  # type: ignore[misc]
        file = folder / f"appendix.{form}"
        file.write_bytes(desk.store.read(row.file_sha256))
        checked(table, program, file)
    return table


def main(claims: int = CLAIMS) -> int:
    """Measure, print and write the table."""
    with tempfile.TemporaryDirectory() as home:
        database = Database(Settings.load({"DESK_HOME": str(Path(home) / "desk")}))
        fill_with_schema(database)
        database = Database(database.settings)
        table = measure(with_many(database, claims), Path(home))
        database.close()
    if claims == CLAIMS:
        write("long_appendix", "\n".join(table.lines))
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
