"""wapiti against a whole desk and the careless application: it follows links and fills in forms."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from tests.nightly import tools
from tests.nightly.desks import REFLECTED, Attacked
from tests.nightly.findings import DESK, SABOTAGED, TWIN, Finding, Hole
from tests.nightly.present import present
from tests.nightly.tools import ToolFailed

MODULES = "xss,permanentxss,sql,file,redirect,exec,crlf,csrf,csp,http_headers,cookieflags,upload"
OF_SPOILT = "xss,csp,http_headers,csrf"
ENDING = ("/sign-out", "/account/sessions*", "/language*")
"""What would end the session it is lent, or its language."""
HOLES = (
    Hole("wapiti", TWIN, ("SQL Injection", "Blind SQL Injection"), "GET /sqlite"),
    Hole("wapiti", TWIN, ("Reflected Cross Site Scripting",), "GET /hello"),
    Hole("wapiti", TWIN, ("Stored Cross Site Scripting",), "* /notes"),
    Hole("wapiti", TWIN, ("Path Traversal",), "GET /file"),
    Hole("wapiti", TWIN, ("Open Redirect",), "GET /go"),
    Hole("wapiti", TWIN, ("Command execution",), "GET /ping"),
    Hole("wapiti", TWIN, ("Cross Site Request Forgery",), "POST /notes"),
    Hole("wapiti", TWIN, ("Content Security Policy Configuration",), "GET /"),
    Hole("wapiti", TWIN, ("MIME Type Confusion", "Clickjacking Protection"), "GET /"),
    Hole("wapiti", SABOTAGED, ("Reflected Cross Site Scripting",), f"GET {REFLECTED}"),
    Hole("wapiti", SABOTAGED, ("Content Security Policy Configuration",), "GET /"),
)


def wapiti(
    program: Path, address: str, where: str, seconds: int, modules: str, *options: str
) -> Iterator[Finding]:
    """Let it look at everything below an address for so many seconds."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.json"
        command = [str(program), "-u", f"{address}/", "--scope", "domain", "-m", modules]
        command += ["-f", "json", "-o", str(file), "--store-session", folder]
        command += ["--store-config", folder, "--no-bugreport", "--flush-session", "-v", "0"]
        command += ["--skip", "csrf_token", "--skip", "receipt", "-t", "10", "--tasks", "2"]
        # A third of the time goes to looking around, the rest to the modules one after the other.
        each = max(seconds * 2 // 3 // (modules.count(",") + 1), 10)
        command += ["--max-scan-time", str(seconds // 3), "--max-attack-time", str(each)]
        said = tools.run([*command, *options], seconds * 3 + 120, Path(folder))
        if not file.is_file():
            raise ToolFailed(f"wapiti told nothing: {(said.err or said.out)[-500:]}")
        told = json.loads(file.read_text("utf-8"))
    for group in ("vulnerabilities", "anomalies"):
        for rule, cases in told[group].items():
            for one in cases:
                place = f"{one['method']} {urlsplit(one['path']).path or '/'}"
                detail = f"{one['parameter'] or ''} {one['info']}".strip()
                yield Finding("wapiti", where, rule, place, detail[:200])


def of_twin(program: Path, address: str, seconds: int) -> Iterator[Finding]:
    """What it finds in the careless application."""
    return wapiti(program, address, TWIN, seconds, MODULES)


def of_spoilt(program: Path, desk: Attacked, seconds: int) -> Iterator[Finding]:
    """What it finds in the product without its guards, given the page where the hole is."""
    start = ["-s", f"{desk.address}{REFLECTED}?q=x", "-d", "0", "-C", desk.cookie]
    return wapiti(program, desk.address, SABOTAGED, seconds, OF_SPOILT, *start, *_leaving(desk))


def of_desk(program: Path, desk: Attacked, seconds: int) -> Iterator[Finding]:
    """What it finds in the product, to which it is signed in."""
    starts = [part for page in desk.pages for part in ("-s", f"{desk.address}{page}")]
    desk.watched.present = present(desk.stands.app)
    # What an answer sets in its place would sign it out, and all it were asked to drop is ours.
    desk.watched.cookie = desk.cookie
    options = [
        "-C",
        desk.cookie,
        "--max-parameters",
        "40",
        *starts,
        *_leaving(desk),
    ]
    yield from wapiti(program, desk.address, DESK, seconds, MODULES, *options)
    for place, raised in sorted(desk.watched.faults.items()):
        yield Finding("wapiti", DESK, "server-error", place, raised)


def _leaving(desk: Attacked) -> list[str]:
    return [part for path in ENDING for part in ("-x", f"{desk.address}{path}")]
