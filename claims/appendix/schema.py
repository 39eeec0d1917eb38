"""The JSON schema of an appendix's document (2020-12), read off the dataclasses that make it."""

import types
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any, Final, get_args, get_origin, get_type_hints

from claims.appendix.commitments import TONGUES, WITHHELD
from claims.appendix.content import FORMAT, ClaimPart, Head
from claims.appendix.document import Issue
from claims.vocabulary import Profile
from sources.columns import Words

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
HEX: Final = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
MOMENTS: Final = ("_at", "at", "as_of", "until")
"""How the names of fields end that hold a moment."""
Schema = dict[str, Any]


def schema() -> Schema:
    """Return the schema: it refuses a field that it does not know."""
    made = _Schemas()
    content = made.of(Head, open_to_withholding=True)
    claims = {"type": "array", "items": made.of(ClaimPart, open_to_withholding=True)}
    head = made.defined["Head"]
    head["properties"]["claims"] = claims
    head["required"] = sorted([*head["required"], "claims"])
    issue = made.of(Issue, open_to_withholding=False)
    chosen = {"profile": [one.value for one in Profile], "language": ["zh", "en", "both"]}
    for name, values in chosen.items():
        made.defined["Issue"]["properties"][name] = {"enum": values}
    parts = {
        "format": {"const": FORMAT},
        "issue": issue,
        "content": content,
        "salts": {
            "type": "object",
            "propertyNames": {"pattern": "^$|^[a-z0-9_]+(/[a-z0-9_]+)*$"},
            "additionalProperties": HEX,
        },
        "integrity": {"$ref": "#/$defs/Integrity"},
    }
    return {
        "$schema": DIALECT,
        "title": FORMAT,
        "description": "A verification appendix; docs/appendix.md says what binds it.",
        **_object(parts),
        "$defs": {**INTEGRITY, **dict(sorted(made.defined.items()))},
    }


class _Schemas:
    """The schemas of dataclasses by their names, each made once."""

    def __init__(self) -> None:
        self.defined: dict[str, Schema] = {
            "withheld": {
                "description": "What stands in the place of a value that is withheld: its hash.",
                **_object({WITHHELD: HEX}),
            },
            "words": {
                "description": "The same text in one or both languages.",
                "type": "object",
                "properties": {tongue: {"type": "string"} for tongue in sorted(TONGUES)},
                "additionalProperties": False,
            },
        }

    def of(self, kind: Any, *, open_to_withholding: bool) -> Schema:
        """The schema of values of a type."""
        if is_dataclass(kind) and isinstance(kind, type):
            return self._reference(kind, open_to_withholding=open_to_withholding)
        if kind == Words:
            return {"$ref": "#/$defs/words"}
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            return {"enum": [member.value for member in kind]}
        inner, origin = get_args(kind), get_origin(kind)
        if origin is types.UnionType:
            known = [part for part in inner if part is not type(None)]
            found = [self.of(part, open_to_withholding=open_to_withholding) for part in known]
            return {"anyOf": [*found, {"type": "null"}]}
        if origin is list:
            items = self.of(inner[0], open_to_withholding=open_to_withholding)
            return {"type": "array", "items": items}
        if origin is dict:
            values = self.of(inner[1], open_to_withholding=open_to_withholding)
            return {"type": "object", "additionalProperties": values}
        return {"type": {str: "string", int: "integer", bool: "boolean"}[kind]}

    def _reference(self, kind: type[Any], *, open_to_withholding: bool) -> Schema:
        name = kind.__name__
        if name not in self.defined:
            hints = get_type_hints(kind)
            parts: dict[str, Schema] = {}
            for one in fields(kind):
                found = self.of(hints[one.name], open_to_withholding=open_to_withholding)
                found = _narrowed(one.name, found)
                if open_to_withholding:
                    options = found.get("anyOf", [found])
                    found = {"anyOf": [*options, {"$ref": "#/$defs/withheld"}]}
                parts[one.name] = found
            told = " ".join((kind.__doc__ or "").replace("``", "`").split())
            self.defined[name] = {"description": told, **_object(parts)}
        return {"$ref": f"#/$defs/{name}"}


def _narrowed(name: str, found: Schema) -> Schema:
    """What a field's name says of its text."""
    if "anyOf" in found:
        return {"anyOf": [_narrowed(name, one) for one in found["anyOf"]]}
    if found == {"type": "string"} and name.endswith("sha256"):
        return HEX
    if found == {"type": "string"} and name.endswith(MOMENTS):
        return {"type": "string", "format": "date-time"}
    return found


def _object(parts: dict[str, Schema]) -> Schema:
    """An object with exactly these fields."""
    return {
        "type": "object",
        "properties": parts,
        "required": sorted(parts),
        "additionalProperties": False,
    }


TEXT: Final = {"type": "string"}
PROOF: Final = {
    "description": "A C2SP tlog-proof whose checkpoint is the one in integrity.checkpoint.",
    **TEXT,
}
INTEGRITY: Final[dict[str, Schema]] = {
    "Integrity": {
        "description": "The signed head, the act it binds, and an entry for each claim.",
        **_object(
            {
                "keys": {"type": "array", "items": TEXT, "minItems": 1},
                "checkpoint": TEXT,
                "act": {"$ref": "#/$defs/Act"},
                "claims": {"type": "array", "items": {"$ref": "#/$defs/ClaimProof"}},
                "marks": TEXT,
            }
        ),
    },
    "Act": {
        "description": "An entry of the ledger with its values and the way to the head.",
        **_object(
            {
                "index": {"type": "integer", "minimum": 0},
                "header": TEXT,
                "values": {"type": "object", "additionalProperties": {"$ref": "#/$defs/Value"}},
                "proof": {"type": "array", "items": TEXT},
            }
        ),
    },
    "Value": {
        "description": "A value of the entry with its salt, or its digest alone.",
        "anyOf": [_object({"salt": TEXT, "value": TEXT}), _object({"digest": TEXT})],
    },
    "ClaimProof": {
        "description": "The claim's hash in the tree, and its latest entry in the ledger.",
        "anyOf": [
            _object({"number": {"type": "integer"}, "root": HEX, "marks": TEXT, **entry})
            for entry in ({"header": TEXT, "proof": PROOF}, {"leaf": HEX, "proof": PROOF})
        ],
    },
}
