"""What the product's code never does, because of what somebody would do with it: pure functions.

Each takes the text of a file and returns its complaints. The nightly tools ask more, as
docs/nightly.md says; these are what can be told from one file in no time, so that the gate asks it
of every change.
"""

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

SCRIPT = re.compile(
    r"\.(?:innerHTML|outerHTML|srcdoc)\s*\+?=(?!=)|insertAdjacentHTML|document\.write\b|\beval\s*\("
    r"|new\s+Function\s*\(|createContextualFragment|set(?:Timeout|Interval)\s*\(\s*[\"'`]"
    r"|setAttribute\(\s*[\"'`](?:on\w+|style|srcdoc)"
)
TEMPLATE = re.compile(r"\|\s*safe\b|\{%-?\s*autoescape\s+false")
NETWORK = {
    "aiohttp",
    "ftplib",
    "http.client",
    "httpx",
    "requests",
    "smtplib",
    "socket",
    "telnetlib",
    "urllib.request",
    "urllib3",
}
RUNNING = {"dill", "jsonpickle", "marshal", "pickle", "shelve", "yaml"}
CHILDREN = {"os.system", "os.popen", "subprocess"}
XML = {"xml.dom", "xml.etree", "xml.sax", "xml.parsers"}
PARSERS = {"XMLParser", "HTMLParser", "iterparse"}
SECRET = re.compile(r"(?:^|_)(?:mac|hmac|signature|secret|password|token|proof)$")
WEAK = {"md5", "sha1"}
STATEMENTS = {"exec_driver_sql", "literal_column"}

Nodes = list[ast.AST]


@lru_cache(maxsize=2)
def nodes(source: str) -> Nodes:
    """Everything a file says, read once for all rules that are asked of it in a row."""
    return list(ast.walk(ast.parse(source)))


def statements(source: str) -> list[str]:
    """No SQL is put together from pieces: ``text`` is given words that stand there."""
    tree = nodes(source)
    texts = set(_imported(tree, "sqlalchemy", "text"))
    return [
        f"line {call.lineno}: SQL put together from pieces"
        for call in _calls(tree)
        if call.args and not _constant(call.args[0]) and _is_statement(call, texts)
    ]


def _is_statement(call: ast.Call, texts: set[str]) -> bool:
    """Whether a call makes a statement of its argument, or runs one that is made on the spot."""
    name = _last(call.func)
    plain = isinstance(call.func, ast.Name) and name in texts
    made = isinstance(call.args[0], ast.BinOp | ast.JoinedStr)
    return plain or name in STATEMENTS or (made and name in {"execute", "executescript"})


def markup(source: str) -> list[str]:
    """Nothing but what stands in the code is markup; values are formatted into it, escaped."""
    return [
        f"line {call.lineno}: Markup of a value"
        for call in _calls(nodes(source))
        if _last(call.func) in {"Markup", "render_template_string"}
        and call.args
        and not _constant(call.args[0])
    ]


def commands(source: str) -> list[str]:
    """No shell, and no child process but those of the modules that may."""
    tree = nodes(source)
    found = [f"line {line}: imports {name}" for name, line in _imports(tree) if name in CHILDREN]
    found += [
        f"line {call.lineno}: goes through a shell"
        for call in _calls(tree)
        if ast.unparse(call.func) in CHILDREN
        or any(one.arg == "shell" and not _is_false(one.value) for one in call.keywords)
    ]
    return found


def running(source: str) -> list[str]:
    """No format that runs what it reads, and no text that is run."""
    tree = nodes(source)
    found = [
        f"line {line}: imports {name}" for name, line in _imports(tree) if _under(name, RUNNING)
    ]
    found += [
        f"line {call.lineno}: runs a text"
        for call in _calls(tree)
        if isinstance(call.func, ast.Name) and call.func.id in {"eval", "exec", "compile"}
    ]
    return found


def network(source: str) -> list[str]:
    """Nobody goes to another address but the Fetcher, which looks where it leads."""
    return [
        f"line {line}: imports {name}"
        for name, line in _imports(nodes(source))
        if _under(name, NETWORK)
    ]


def chance(source: str) -> list[str]:
    """What nobody may guess comes from ``secrets``."""
    return [
        f"line {line}: imports {name}"
        for name, line in _imports(nodes(source))
        if _under(name, {"random"})
    ]


def comparisons(source: str) -> list[str]:
    """A secret is compared by ``hmac.compare_digest``, which takes as long for every wrong one."""
    return [
        f"line {node.lineno}: {ast.unparse(node)}"
        for node in nodes(source)
        if isinstance(node, ast.Compare)
        and isinstance(node.ops[0], ast.Eq | ast.NotEq)
        and any(_secret(side) for side in (node.left, node.comparators[0]))
        and not any(
            isinstance(side, ast.Constant) or _last(side).isupper() or _column(side)
            for side in (node.left, node.comparators[0])
        )
    ]


def hashes(source: str) -> list[str]:
    """No hash that can be forged."""
    tree = nodes(source)
    found = [call for call in _calls(tree) if _last(call.func) in WEAK]
    found += [
        call
        for call in _calls(tree)
        if _last(call.func) == "new" and call.args and _text(call.args[0]) in WEAK
    ]
    return [f"line {call.lineno}: {ast.unparse(call.func)}" for call in found]


def xml(source: str) -> list[str]:
    """XML is read without its entities, and never from an address."""
    tree = nodes(source)
    found = [f"line {line}: imports {name}" for name, line in _imports(tree) if _under(name, XML)]
    for call in _calls(tree):
        kept = {one.arg: one.value for one in call.keywords}
        if _last(call.func) == "XMLParser" and not _is_false(kept.get("resolve_entities")):
            found.append(f"line {call.lineno}: a parser that resolves entities")
        if _last(call.func) in {"fromstring", "XML"} and ast.unparse(call.func).startswith(
            ("etree.", "lxml.")
        ):
            found += [] if "parser" in kept else [f"line {call.lineno}: a parser of lxml's choice"]
    return found


def scripts(source: str) -> list[str]:
    """A script makes no markup out of a text and runs none."""
    return _lines(source, SCRIPT)


def templates(source: str) -> list[str]:
    """A template escapes everything it prints."""
    return _lines(source, TEMPLATE)


PYTHON: Mapping[str, Callable[[str], list[str]]] = {
    "statements": statements,
    "markup": markup,
    "commands": commands,
    "running": running,
    "network": network,
    "chance": chance,
    "comparisons": comparisons,
    "hashes": hashes,
    "xml": xml,
}
"""The rules about Python, by name."""


def _calls(tree: Nodes) -> Iterator[ast.Call]:
    return (node for node in tree if isinstance(node, ast.Call))


def _imports(tree: Nodes) -> Iterator[tuple[str, int]]:
    """Every module that is imported, with its line; a name from it may be a module as well."""
    for node in tree:
        if isinstance(node, ast.Import):
            yield from ((name.name, node.lineno) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module, node.lineno
            yield from ((f"{node.module}.{name.name}", node.lineno) for name in node.names)


def _imported(tree: Nodes, module: str, name: str) -> Iterator[str]:
    """What a name of a module is called in this file."""
    for node in tree:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(module):
            yield from (one.asname or one.name for one in node.names if one.name == name)


def _last(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _secret(node: ast.AST) -> bool:
    return bool(SECRET.search(_last(node)))


def _column(node: ast.AST) -> bool:
    """Whether this is a column of a model, which a statement compares and no Python does."""
    owner = node.value if isinstance(node, ast.Attribute) else None
    return isinstance(owner, ast.Name) and owner.id[:1].isupper()


def _constant(node: ast.AST) -> bool:
    """Whether a value stands in the code: a literal, or a name in capitals, which is one."""
    if isinstance(node, ast.JoinedStr):
        return all(isinstance(part, ast.Constant) for part in node.values)
    return isinstance(node, ast.Constant) or _last(node).isupper()


def _text(node: ast.AST) -> object:
    return node.value if isinstance(node, ast.Constant) else None


def _is_false(node: ast.AST | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is False


def _under(name: str, places: set[str]) -> bool:
    return any(name == place or name.startswith(f"{place}.") for place in places)


def _lines(source: str, wrong: re.Pattern[str]) -> list[str]:
    return [
        f"line {number}: {found[0].strip()}"
        for number, line in enumerate(source.splitlines(), start=1)
        if (found := wrong.search(line))
    ]
