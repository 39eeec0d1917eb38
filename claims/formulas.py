"""Formulas over the figures of a claim, such as ``(F2 - F1) / F1``: read safely, never run.

The grammar is the school's: ``sum = product {(+|-) product}``, ``product = factor {(*|/) factor}``,
``factor = - factor | number | FN | EN | ( sum )``: F2 is the claim's figure 2, E3 the figure that
evidence 3 gives. ``×``, ``÷``, ``−`` and full-width signs are read as well. A formula calculates
with intervals, so its answer holds every value the figures allow.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NoReturn, TypeVar

from claims.errors import Refused
from claims.interval_arithmetic import OPERATIONS, negate, point
from claims.intervals import Interval
from claims.measured import MEASURED_OPERATIONS, Measured, constant, negated

Value = TypeVar("Value")

LONGEST: Final = 200
DEEPEST: Final = 20
TOKEN: Final = re.compile(
    r"\s*(?:(?P<figure>[fFeE][0-9]{1,3})|(?P<number>[0-9]{1,40}(?:\.[0-9]{1,40})?)|(?P<sign>[-+*/()]))"
)
SIGNS: Final = str.maketrans({"×": "*", "÷": "/", "−": "-", "–": "-", "·": "*"})


@dataclass(frozen=True, slots=True)
class Token:
    """A figure's number, a decimal or a sign, with its place in the formula as typed."""

    kind: str
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that was read: its steps in postfix order, and the figures it names."""

    text: str
    steps: tuple[Token, ...]

    @property
    def handles(self) -> tuple[str, ...]:
        """The figures that the formula needs, such as ``F2`` or ``E3``, in their order."""
        named = (_handle(step) for step in self.steps if step.kind == "figure")
        return tuple(dict.fromkeys(named))

    @property
    def alone(self) -> str | None:
        """The one figure that the formula is, where it is nothing else."""
        return self.handles[0] if len(self.steps) == 1 and self.handles else None

    def value(self, figures: Mapping[str, Interval]) -> Interval:
        """Calculate with bare intervals.

        Raises Refused naming a figure that is not there or states no number.
        """
        return self._calculated(figures, point, negate, OPERATIONS)

    def measured(self, figures: Mapping[str, Measured]) -> Measured:
        """Calculate with figures in their units; raise Refused also where those do not fit."""
        return self._calculated(figures, constant, negated, MEASURED_OPERATIONS)

    def _calculated(
        self,
        figures: Mapping[str, Value],
        constant: Callable[[Decimal], Value],
        negate: Callable[[Value], Value],
        operations: Mapping[str, Callable[[Value, Value], Value]],
    ) -> Value:
        stack: list[Value] = []
        for step in self.steps:
            if step.kind == "figure":
                stack.append(_known(figures, _handle(step)))
            elif step.kind == "number":
                stack.append(constant(Decimal(step.text)))
            elif step.text == "negate":
                stack.append(negate(stack.pop()))
            else:
                right = stack.pop()
                stack.append(operations[step.text](stack.pop(), right))
        return stack.pop()


def read_formula(text: str) -> Formula:
    """Read a formula; raise Refused, field ``formula``, saying where it stops making sense."""
    plain = unicodedata.normalize("NFKC", text).translate(SIGNS)
    if not plain.strip():
        _refuse("formula_empty", "请写出算式。", "Write a formula.")
    if len(plain) > LONGEST:
        _refuse(
            "formula_long",
            f"算式最多 {LONGEST} 个字符。",
            f"A formula has at most {LONGEST} characters.",
        )
    reader = _Reader(_tokens(plain))
    reader.sum(0)
    reader.end()
    return Formula(plain.strip(), tuple(reader.steps))


def read_equation(text: str) -> tuple[Formula, Formula]:
    """Read two formulas with ``=`` between them; raise Refused, field ``formula``."""
    sides = unicodedata.normalize("NFKC", text).split("=")
    if len(sides) != 2:  # noqa: PLR2004 - an equation has two sides
        _refuse(
            "formula_sides",
            "请写成等式，中间一个等号，如 (F2 - F1) / F1 = F3。",
            "Write an equation with one equals sign, such as (F2 - F1) / F1 = F3.",
        )
    return read_formula(sides[0]), read_formula(sides[1])


def _tokens(text: str) -> list[Token]:
    found, at = [], 0
    while at < len(text.rstrip()):
        match = TOKEN.match(text, at)
        if match is None:
            _refuse_at(text[at:].lstrip()[:1], at + 1)
        kind = str(match.lastgroup)
        found.append(Token(kind, match[kind], match.start(kind)))
        at = match.end()
    return found


class _Reader:
    """Reads tokens from left to right and writes them in the order in which they are used."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.steps: list[Token] = []

    def sum(self, depth: int) -> None:
        """Read products joined by plus and minus."""
        self.product(depth)
        while (token := self.next("+-")) is not None:
            self.product(depth)
            self.steps.append(token)

    def product(self, depth: int) -> None:
        """Read factors joined by times and divided-by."""
        self.factor(depth)
        while (token := self.next("*/")) is not None:
            self.factor(depth)
            self.steps.append(token)

    def factor(self, depth: int) -> None:
        """Read a number, a figure, a negated factor or a bracket."""
        if depth > DEEPEST:
            _refuse("formula_deep", "算式嵌套太深。", "The formula is nested too deeply.")
        token = self._take()
        if token.kind in {"number", "figure"}:
            self.steps.append(token)
        elif token.text == "-":
            self.factor(depth + 1)
            self.steps.append(Token("sign", "negate", token.at))
        elif token.text == "(":
            self.sum(depth + 1)
            if self.next(")") is None:
                _refuse("formula_bracket", "括号没有闭合。", "A bracket is not closed.")
        else:
            _refuse_at(token.text, token.at + 1)

    def next(self, signs: str) -> Token | None:
        """Take the next token if it is one of these signs."""
        if self.at < len(self.tokens) and self.tokens[self.at].text in signs:
            return self._take()
        return None

    def end(self) -> None:
        """Refuse what follows a whole formula."""
        if self.at < len(self.tokens):
            _refuse_at(self.tokens[self.at].text, self.tokens[self.at].at + 1)

    def _take(self) -> Token:
        if self.at == len(self.tokens):
            _refuse("formula_unfinished", "算式没有写完。", "The formula is not finished.")
        self.at += 1
        return self.tokens[self.at - 1]


def _handle(token: Token) -> str:
    return f"{token.text[0].upper()}{int(token.text[1:])}"


def _known(figures: Mapping[str, Value], handle: str) -> Value:
    if handle not in figures:
        _refuse(
            "formula_figure",
            f"没有可以计算的数据 {handle}。",
            f"There is no figure {handle} to calculate with.",
        )
    return figures[handle]


def _refuse(code: str, zh: str, en: str) -> NoReturn:
    raise Refused(code, {"zh": zh, "en": en}, "formula")


def _refuse_at(letter: str, place: int) -> NoReturn:
    _refuse(
        "formula_sign",
        f"算式第 {place} 个字符“{letter}”读不懂。",
        f"Character {place} of the formula, “{letter}”, makes no sense there.",
    )
