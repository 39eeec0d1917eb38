"""The list of components is the lock: every package, with the digests of its files."""

import json
import re

from click.testing import CliRunner

from app.cli.check import check
from app.cli.components import packages
from tests.conventions.tree import ROOT


def test_every_locked_package_is_a_component() -> None:
    told = json.loads(CliRunner().invoke(check, ["components"]).stdout)
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.6")
    assert told["metadata"]["timestamp"].endswith("Z")
    lock = (ROOT / "requirements" / "run.txt").read_text("utf-8")
    pinned = re.findall(r"^([\w.-]+)==", lock, re.MULTILINE)
    assert [one["name"] for one in told["components"]] == pinned
    assert sum(len(one["hashes"]) for one in told["components"]) == lock.count("--hash=")
    assert all(one["purl"].startswith("pkg:pypi/") for one in told["components"])
    assert len({one["bom-ref"] for one in told["components"]}) == len(pinned)
    assert {name for name, _, _ in packages("run")} < {name for name, _, _ in packages("test")}
