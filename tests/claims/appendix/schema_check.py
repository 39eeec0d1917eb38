"""A strict reader of the part of JSON Schema that the published schema uses."""

import re
from typing import Any

TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "null": type(None),
}
SAID = frozenset({"$schema", "title", "description", "$defs", "format"})
"""Keywords that refuse nothing here."""


class Check:
    """One schema; a keyword that it does not know is an error of the schema."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self._root = schema

    def faults(self, value: Any, schema: dict[str, Any] | None = None, path: str = "") -> list[str]:
        """Return where a value is not what the schema says."""
        found: list[str] = []
        for keyword, said in (self._root if schema is None else schema).items():
            if keyword not in SAID:
                found += getattr(self, f"_{keyword.strip('$')}")(value, said, path, schema or {})
        return found

    def _ref(self, value: Any, said: str, path: str, _schema: Any) -> list[str]:
        return self.faults(value, self._root["$defs"][said.removeprefix("#/$defs/")], path)

    def _type(self, value: Any, said: str, path: str, _schema: Any) -> list[str]:
        if said == "integer":
            right = isinstance(value, int) and not isinstance(value, bool)
        else:
            right = isinstance(value, TYPES[said])
        return [] if right else [f"{path}: no {said}"]

    def _const(self, value: Any, said: Any, path: str, _schema: Any) -> list[str]:
        return [] if value == said else [f"{path}: not {said}"]

    def _enum(self, value: Any, said: list[Any], path: str, _schema: Any) -> list[str]:
        return [] if value in said else [f"{path}: not one of {said}"]

    def _anyOf(self, value: Any, said: list[Any], path: str, _schema: Any) -> list[str]:  # noqa: N802
        tried = [self.faults(value, one, path) for one in said]
        return [] if [] in tried else min(tried, key=len)

    def _pattern(self, value: Any, said: str, path: str, _schema: Any) -> list[str]:
        wrong = isinstance(value, str) and not re.search(said, value)
        return [f"{path}: {value[:20]!r} is not {said}"] if wrong else []

    def _minimum(self, value: Any, said: int, path: str, _schema: Any) -> list[str]:
        return [f"{path}: below {said}"] if isinstance(value, int) and value < said else []

    def _minItems(self, value: Any, said: int, path: str, _schema: Any) -> list[str]:  # noqa: N802
        return [f"{path}: too few"] if isinstance(value, list) and len(value) < said else []

    def _items(self, value: Any, said: Any, path: str, _schema: Any) -> list[str]:
        rows = enumerate(value) if isinstance(value, list) else ()
        return [fault for at, row in rows for fault in self.faults(row, said, f"{path}/{at}")]

    def _required(self, value: Any, said: list[str], path: str, _schema: Any) -> list[str]:
        missing = set(said) - value.keys() if isinstance(value, dict) else ()
        return [f"{path}: lacks {name}" for name in missing]

    def _properties(self, value: Any, said: Any, path: str, _schema: Any) -> list[str]:
        names = said.keys() & value.keys() if isinstance(value, dict) else ()
        return [
            fault
            for name in names
            for fault in self.faults(value[name], said[name], f"{path}/{name}")
        ]

    def _propertyNames(self, value: Any, said: Any, path: str, _schema: Any) -> list[str]:  # noqa: N802
        names = value if isinstance(value, dict) else ()
        return [fault for name in names for fault in self.faults(name, said, path)]

    def _additionalProperties(self, value: Any, said: Any, path: str, schema: Any) -> list[str]:  # noqa: N802
        known = (schema or self._root).get("properties", {})
        more = value.keys() - known.keys() if isinstance(value, dict) else ()
        if said is False:
            return [f"{path}: {name} is not known" for name in more]
        return [
            fault for name in more for fault in self.faults(value[name], said, f"{path}/{name}")
        ]
