"""Whether the time of a refusal tells if a name is somebody's: run by hand, on an idle machine.

``python -m tests.benchmarks.known_and_unknown FOLDER`` signs in wrongly 200 times with a name that
exists and 200 times with one that does not, in turns, and prints both medians and their ratio.
"""

import statistics
import sys
import time

from app import schema
from app.accounts.roles import Role
from app.accounts.signin import add_account
from app.config import Settings
from app.db import Database
from app.factory import create_app

TRIES = 200
PASSWORD = "kettle under the lighthouse"


def measured(home: str) -> dict[str, float]:
    """Return the median processor time of a refusal, in milliseconds, by name."""
    database = Database(Settings.load({"DESK_HOME": home}))
    schema.upgrade(database, actor="system:benchmark")
    with database.writing("system:benchmark") as session:
        add_account(
            session,
            name="li.wei",
            display_name="Li Wei",
            password=PASSWORD,
            roles={Role.CHECKER},
            by="system:benchmark",
        )
    app = create_app(database.settings, database)
    app.config["WTF_CSRF_ENABLED"] = False
    client, spent = app.test_client(), dict[str, list[float]](li_wei=[], nobody=[])
    for number in range(TRIES):
        for name, found in spent.items():
            address = {"REMOTE_ADDR": f"198.51.{number % 250}.{number // 250}"}
            typed = {"name": name.replace("_", "."), "password": "wrong"}
            began = time.process_time()
            client.post("/sign-in", data=typed, environ_base=address)
            found.append(time.process_time() - began)
    database.close()
    return {name: statistics.median(found) * 1000 for name, found in spent.items()}


if __name__ == "__main__":
    known, unknown = measured(sys.argv[1]).values()
    print(f"known {known:.2f} ms, unknown {unknown:.2f} ms, ratio {known / unknown:.3f}")  # noqa: T201
