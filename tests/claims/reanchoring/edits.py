"""Edits as desks make them: a figure or words altered, sentences put in, out and elsewhere."""

import random
import re
from dataclasses import dataclass
from pathlib import Path

from claims.anchors import sentence
from claims.reanchoring import Passage
from claims.reanchoring.figures import Read
from claims.vocabulary import AnchorState

HERE = Path(__file__).parent
TEXTS = {
    "zh": [Path("claims/seed/ten-years/v1.md"), HERE / "texts" / "harbour.zh.txt"],
    "en": [HERE / "texts" / "harbour.en.txt"],
}
# Words that say how a number is meant; an edit that takes one away is no mere rewording.
TELLING = re.compile(
    r"[超逾近约不未仅只负增减升降涨跌从至到以自较比多余上下内外第每年月日前后成倍番半两几数若干首末去今昨明本同]"
)
FAR = re.compile(r"高于|低于|零|\b(?:up|down|rose|fell|above|below|more|less|growth|between)\b")
NEUTRAL = {
    "zh": ["据了解，", "业内人士认为，", "值得注意的是，", "（图）", "记者获悉，", "可以说，"],
    "en": [
        " (as it turned out)",
        ", officials said,",
        " on the record",
        ", by all accounts,",
        " reportedly",
    ],
}
INSERTED = {
    "zh": "港口管理部门没有回应采访。\n\n读者可以来信反映情况。",
    "en": "The port authority did not answer. Readers may write to us.\n\n",
}


@dataclass(frozen=True)
class Edit:
    """A new text, and the state that each passage must have in it."""

    new: str
    expected: dict[Passage, AnchorState]


def passages(text: str, language: str) -> list[Passage]:
    """Every sentence that holds a figure, and every clause of it that does."""
    read = Read(text, language)
    found = set()
    for quantity in read.quantities:
        low, high = sentence(text, quantity.core_start, quantity.core_end)
        said = text[low:high]
        start, stop = low + len(said) - len(said.lstrip(" #\n")), low + len(said.rstrip())
        found.add((start, stop))
        left = max(
            [text.rfind(mark, start, quantity.core_start) for mark in "，；,;"] + [start - 1]
        )
        ends = [text.find(mark, quantity.core_end, stop) for mark in "，；;"]
        right = min([end for end in ends if end >= 0] + [stop])
        inner = text[left + 1 : right]
        found.add((left + 1 + len(inner) - len(inner.lstrip()), right))
    return [Passage(*span) for span in sorted(found)]


class Desk:
    """Makes edits of one text; the same seed makes the same edits."""

    def __init__(self, text: str, language: str, seed: int) -> None:
        self.text, self.language = text, language
        self.read = Read(text, language)
        self.passages = passages(text, language)
        self.random = random.Random(seed)  # noqa: S311 - edits, not secrets

    def alter_figure(self) -> Edit | None:
        """One digit of one figure becomes another."""
        figure = self.random.choice(self.read.quantities)
        places = [
            at
            for at in range(figure.num_start, figure.num_end)
            if self.text[at] in "0123456789一二三四五六七八九"
        ]
        if not places:
            return None
        at = self.random.choice(places)
        scale = "123456789" if self.text[at].isascii() else "二三四五六七八九"
        digit = self.random.choice([letter for letter in scale if letter != self.text[at]])
        new = self.text[:at] + digit + self.text[at + 1 :]
        return Edit(new, self._where(at, at + 1, AnchorState.FIGURE_CHANGED))

    def alter_words(self) -> Edit | None:
        """A few letters far from any figure go, or neutral words come in."""
        passage = self.random.choice(self.passages)
        at = self.random.randrange(passage.start, passage.stop)
        if self.random.random() < 0.5:
            return self._put_in(at)
        return self._take_out(at, min(at + self.random.randint(1, 3), passage.stop))

    def _put_in(self, at: int) -> Edit | None:
        if not self._plain(at - 6, at + 6) or self._reaches_far(at):
            return None
        words = self.random.choice(NEUTRAL[self.language])
        if self.language == "en" and self.text[at] != " ":
            return None
        new = self.text[:at] + words + self.text[at:]
        return Edit(new, self._where(at, at, AnchorState.REWORDED))

    def _take_out(self, start: int, stop: int) -> Edit | None:
        if not self._plain(start - 5, stop + 5) or TELLING.search(self.text[start - 1 : stop + 1]):
            return None
        if self._reaches_far(start):
            return None
        if self.language == "en" and (" " in self.text[start:stop] or self.text[stop] == " "):
            return None
        if re.search(r"[\n。，；、.,;:：]", self.text[start - 1 : stop + 1]):
            return None
        new = self.text[:start] + self.text[stop:]
        return Edit(new, self._where(start, stop, AnchorState.REWORDED))

    def put_sentences_in(self) -> Edit:
        """New sentences between two paragraphs; every passage stays what it is."""
        ends = [match.end() for match in re.finditer(r"\n\n", self.text)]
        at = self.random.choice(ends)
        new = self.text[:at] + INSERTED[self.language] + "\n\n" + self.text[at:]
        return Edit(new, dict.fromkeys(self.passages, AnchorState.EXACT))

    def take_paragraph_out(self) -> Edit:
        """A paragraph goes, and with it what stands on it."""
        start, stop = self._paragraph()
        new = self.text[:start] + self.text[stop:]
        return Edit(new, self._inside(start, stop, AnchorState.ORPHANED))

    def move_paragraph(self) -> Edit:
        """A paragraph goes to the end."""
        start, stop = self._paragraph()
        new = self.text[:start] + self.text[stop:].rstrip("\n") + "\n\n" + self.text[start:stop]
        return Edit(new, self._inside(start, stop, AnchorState.MOVED))

    def _paragraph(self) -> tuple[int, int]:
        bounds = [match.span() for match in re.finditer(r"[^\n]+(?:\n+|$)", self.text)]
        held = [
            (low, high)
            for low, high in bounds[:-1]
            if any(low <= passage.start < high for passage in self.passages)
        ]
        return self.random.choice(held)

    def _reaches_far(self, at: int) -> bool:
        """Whether a clause holds a word that says how a number further on is meant."""
        marks = "，。；\n" if self.language == "zh" else ",.;\n"
        start = max(self.text.rfind(mark, 0, at) for mark in marks) + 1
        ends = [self.text.find(mark, at) for mark in marks]
        clause = self.text[start : min(end for end in ends if end >= 0)]
        return FAR.search(clause) is not None

    def _plain(self, low: int, high: int) -> bool:
        """Whether no figure stands near."""
        near = self.text[max(low, 0) : high]
        # In English the counted thing stands some words behind its number.
        noun = 20 if self.language == "en" else 0
        figures = any(q.start < high and q.end + noun > low for q in self.read.quantities)
        return not figures and not re.search(r"\d", near)

    def _where(self, start: int, stop: int, state: AnchorState) -> dict[Passage, AnchorState]:
        return {
            passage: state
            if passage.start <= start
            and stop <= passage.stop
            and not (start == stop and start in passage.span)
            else AnchorState.EXACT
            for passage in self.passages
            if not (passage.start < stop and start < passage.stop)
            or (passage.start <= start and stop <= passage.stop)
        }

    def _inside(self, start: int, stop: int, state: AnchorState) -> dict[Passage, AnchorState]:
        return {
            passage: state if start <= passage.start < stop else AnchorState.EXACT
            for passage in self.passages
        }
