"""Puts the parts of the verifier into the one file that leaves the house: verify_appendix.py.

What each part says of itself stays as a comment; imports between the parts go, those of the
standard library come first, and names of types are quoted, so that Python 3.8 runs the file.
"""

import ast
from functools import cache
from importlib.util import find_spec
from pathlib import Path

ORDER = (
    "findings", "strict", "tree", "acts", "page", "bodies", "listing", "claims", "document",
    "files", "sealing", "former", "program",
)  # fmt: skip
PARTS = ("app.ledger.verify_offline", *(f"app.exports.verifier.{name}" for name in ORDER))
OWN = ("app", "claims", "sources")
LEFT_OUT = frozenset({"main", "line"})
"""The former program's own dialogue: the new one has its own."""
NAME = "verify_appendix.py"


@cache
def assembled() -> str:
    """The text of the one file."""
    imports, bodies, opening = set[str](), list[str](), ""
    for name in PARTS:
        source = source_of(name)
        module = ast.parse(source)
        opening = ast.get_docstring(module) or ""
        imports |= {line for node in module.body for line in foreign(node)}
        bodies.append(f"# {first_line(opening)}\n\n{body(source, module)}")
    head = f'#!/usr/bin/env python3\n"""{opening}\n"""\n\nfrom __future__ import annotations\n\n'
    end = '\n\n\nif __name__ == "__main__":\n    sys.exit(run())\n'
    return head + "\n".join(sorted(imports)) + "\n\n" + "\n\n\n".join(bodies) + end


def source_of(name: str) -> str:
    """The source of a part."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise LookupError(name)
    return Path(spec.origin).read_text(encoding="utf-8")


def first_line(docstring: str) -> str:
    """What a part is for."""
    return docstring.split("\n", maxsplit=1)[0]


def foreign(node: ast.stmt) -> list[str]:
    """The lines that import from the standard library."""
    if isinstance(node, ast.ImportFrom):
        if (node.module or "").split(".")[0] in OWN:
            if any(alias.asname for alias in node.names):
                raise ValueError(f"{node.module}: in one file a thing has one name")
            return []
        return [f"from {node.module} import {alias.name}" for alias in node.names]
    return [f"import {alias.name}" for alias in node.names] if isinstance(node, ast.Import) else []


def body(source: str, module: ast.Module) -> str:
    """What a part defines, with its comments."""
    lines, kept, at = source.splitlines(), list[str](), 0
    for node in module.body:
        start, end = at, node.end_lineno or node.lineno
        at = end
        if not left_out(node, module):
            kept += lines[start : node.lineno - 1] + quoted(lines[node.lineno - 1 : end], node)
    return "\n".join(kept).strip("\n")


def left_out(node: ast.stmt, module: ast.Module) -> bool:
    """Whether the one file does without a statement."""
    if isinstance(node, ast.Import | ast.ImportFrom | ast.If):
        return True
    if isinstance(node, ast.FunctionDef) and node.name in LEFT_OUT:
        return True
    return node is module.body[0]


def quoted(lines: list[str], node: ast.stmt) -> list[str]:
    """The lines of a statement; a name of a type stands in quotes, which nothing evaluates."""
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.Subscript):
        name = ast.unparse(node.targets[0])
        return [f'{name} = "{ast.unparse(node.value)}"']
    return lines
