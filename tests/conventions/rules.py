"""The house rules as pure functions: each takes a text or a path and returns its complaints."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

FILE_LIMIT = 400
FUNCTION_LIMIT = 40
NAMELESS = {"common", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}
MACHINE = re.compile(
    r"(?<![\w.:/%~-])/(?:work|tmp|root|home|Users)/"
    r"|\.\./shared/"
    r"|(?:pypi|registry|deb|crates|proxy)[.](?:org|npmjs|debian|io|golang)\b"
    r"|pythonhosted[.]",
)
UNFINISHED = re.compile(r"\b(?:TO[D]O|FIX[M]E)\b")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def missing_opening(source: str) -> list[str]:
    """A module opens with a docstring whose first paragraph is a sentence."""
    docstring = ast.get_docstring(ast.parse(source))
    if not docstring:
        return ["no docstring says what the module is for"]
    opening = docstring.split("\n\n")[0].strip()
    return [] if opening.endswith((".", "?")) else [f"no sentence: {opening!r}"]


def too_long(source: str) -> list[str]:
    """A file has at most 400 lines."""
    lines = source.count("\n")
    return [f"{lines} lines, at most {FILE_LIMIT}"] if lines > FILE_LIMIT else []


def long_functions(source: str) -> list[str]:
    """A function has at most 40 lines, its docstring not counted."""
    return [
        f"{function.name} has {length} lines, at most {FUNCTION_LIMIT}"
        for function in functions(ast.parse(source))
        if (length := body_lines(function)) > FUNCTION_LIMIT
    ]


def functions(tree: ast.AST) -> Iterator[Function]:
    """Every function and method of a module, nested ones too."""
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def body_lines(function: Function) -> int:
    """The lines from `def` to the last statement, without the docstring's."""
    length = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        length -= (first.end_lineno or first.lineno) - first.lineno + 1
    return length


def nameless_module(file: Path) -> list[str]:
    """A file or folder bears a noun of the domain, not a word for leftovers."""
    names = {*file.parent.parts, file.stem.removeprefix("test_")}
    return [f"{name} says nothing about what is inside" for name in sorted(names & NAMELESS)]


def broad_excepts(source: str) -> list[str]:
    """No handler swallows every error; one that cleans up and raises again may see them all."""
    handlers = [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.ExceptHandler)]
    return [f"line {handler.lineno}: catches everything" for handler in handlers if broad(handler)]


def broad(handler: ast.ExceptHandler) -> bool:
    """Whether the handler catches `Exception`, or everything without raising it again."""
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    names = {name.id for name in caught if isinstance(name, ast.Name)}
    last = handler.body[-1]
    raises_again = isinstance(last, ast.Raise) and last.exc is None
    everything = handler.type is None or "BaseException" in names
    return "Exception" in names or (everything and not raises_again)


def machine_names(text: str) -> list[str]:
    """No file names a folder of somebody's machine or the host of a package index."""
    return [
        f"line {number}: {found[0]}"
        for number, line in enumerate(text.splitlines(), start=1)
        if (found := MACHINE.search(line))
    ]


def unfinished(text: str) -> list[str]:
    """No note postpones work: it is done, or it is an issue."""
    return [
        f"line {number}: {line.strip()}"
        for number, line in enumerate(text.splitlines(), start=1)
        if UNFINISHED.search(line)
    ]


def unmirrored(test: Path, root: Path) -> list[str]:
    """`tests/claims/test_anchors.py` tests `claims/anchors.py`; a suffix may narrow the subject."""
    place = Path(*test.parts[1:-1])
    if not (root / place).is_dir() and not (root / place).with_suffix(".py").is_file():
        return [f"there is no {place}"]
    subject = test.stem.removeprefix("test_")
    modules = {file.stem for file in (root / place).glob("*")}
    mirrored = any(subject == name or subject.startswith(f"{name}_") for name in modules)
    whole_module = (root / place).with_suffix(".py").is_file()
    return [] if mirrored or whole_module else [f"there is no {place / subject}.py"]


def settings_read(config_source: str) -> set[str]:
    """The `DESK_*` variables a module of settings reads: each is written out there."""
    nodes = ast.walk(ast.parse(config_source))
    texts = (node.value for node in nodes if isinstance(node, ast.Constant))
    return {text for text in texts if isinstance(text, str) and re.fullmatch(r"DESK_[A-Z_]+", text)}


def settings_documented(example: str) -> set[str]:
    """The variables an example of a `.env` file shows, commented out or not."""
    return set(re.findall(r"^#?(DESK_[A-Z_]+)=", example, re.MULTILINE))
