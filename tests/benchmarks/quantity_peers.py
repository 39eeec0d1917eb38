"""Compare the quantity reader with its best peers: `python -m tests.benchmarks.quantity_peers`.

Every peer is installed, pinned, into an environment of its own. Reader and peers read the same
paragraphs in the same run, one after the other and several times over, and CPU time is counted, so
a busy machine harms them alike. The result is written to docs/benchmarks.md.
"""

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.contenders.protocol import Found
from tests.benchmarks.correctness import Score, score
from tests.benchmarks.environment import python_of, version_of
from tests.benchmarks.news import demo_article, judged, news
from tests.benchmarks.page import write

_NAMES = {"zh": "Chinese", "en": "English"}
_ROUNDS = 3
_SECONDS = 5.0
_LETTERS = 300_000


@dataclass(frozen=True)
class Contender:
    """A reader of figures: its name, its script, its package and what it can read."""

    name: str
    script: str
    requirements: str | None = None
    package: str = ""
    langs: tuple[str, ...] = ("zh", "en")
    full: bool = True
    manner: str = ""

    @property
    def title(self) -> str:
        """Its name with its version, and how it was run."""
        version = version_of(self.requirements, self.package)
        return " ".join(part for part in (self.name, version, self.manner) if part)


OURS = Contender("Claim Desk", "claim_desk")
PEERS = (
    Contender("Recognizers-Text", "recognizers", "recognizers.txt", "recognizers-text-suite"),
    Contender("quantulum3", "quantulum", "quantulum.txt", "quantulum3", ("en",)),
    Contender(
        "quantulum3",
        "quantulum_rules",
        "quantulum.txt",
        "quantulum3",
        ("en",),
        manner="without its classifier",
    ),
    Contender(
        "JioNLP", "jio", "jio.txt", "jionlp", ("zh",), full=False, manner="(only money and times)"
    ),
)


@dataclass
class Result:
    """The best of the rounds, and what was found."""

    contender: Contender
    speed: float
    slowest: float
    score: Score


def main() -> int:
    """Measure, print and write the tables."""
    parts: list[str] = []
    found: dict[str, list[Result]] = {}
    for title, lang, paragraphs in (
        ("Chinese news", "zh", news("zh", _LETTERS)),
        ("English news", "en", news("en", _LETTERS)),
        ("The demo article", "zh", demo_article()),
    ):
        results = measure(lang, paragraphs)
        parts.append(f"### {title}\n\n{speeds(results)}")
        found.setdefault(lang, results)
        sys.stdout.write(parts[-1] + "\n")
    parts.append(f"### What is found\n\n{findings(found)}")
    sys.stdout.write(parts[-1] + "\n")
    write("peers", "\n".join(parts))
    return 0


def measure(lang: str, paragraphs: list[str]) -> list[Result]:
    """Let everyone who reads `lang` take turns."""
    contenders = [OURS, *(peer for peer in PEERS if lang in peer.langs)]
    rates: dict[str, list[float]] = {one.title: [] for one in contenders}
    scores: dict[str, Score] = {}
    for _ in range(_ROUNDS):
        for one in contenders:
            answer = _ask(one, lang, paragraphs)
            rates[one.title].append(answer["letters"] / answer["seconds"])
            found = [[Found(*item) for item in items] for items in answer["found"]]
            scores[one.title] = score(judged(lang), found)
    return [
        Result(one, max(rates[one.title]), min(rates[one.title]), scores[one.title])
        for one in contenders
    ]


def speeds(results: list[Result]) -> str:
    """How fast everyone read, as Markdown; the best full peers are named below."""
    ours = results[0].speed
    lines = [
        "| reader | letters a second | its slowest round | ours is faster by |",
        "|---|---:|---:|---:|",
        *(
            f"| {one.contender.title} | {one.speed:,.0f} | {one.slowest:,.0f} |"
            f" {_times(ours, one)} |"
            for one in results
        ),
    ]
    full = [one for one in results[1:] if one.contender.full]
    fastest = max(full, key=lambda one: one.speed)
    surest = max(full, key=lambda one: one.score.right)
    verdict = (
        f"The fastest full peer, {fastest.contender.title}: **{_times(ours, fastest)}**."
        f" The full peer that finds most, {surest.contender.title}: **{_times(ours, surest)}**."
        " The goal is 100 times."
    )
    return "\n".join([*lines, "", verdict, ""])


def findings(by_lang: dict[str, list[Result]]) -> str:
    """What everyone found in the judged sentences, as Markdown."""
    lines = [
        "| reader | language | values found | of | false alarms |",
        "|---|---|---:|---:|---:|",
        *(
            f"| {one.contender.title} | {_NAMES[lang]} | {one.score.share} |"
            f" {one.score.figures} | {one.score.false_alarms} |"
            for lang, results in by_lang.items()
            for one in results
        ),
    ]
    return "\n".join(lines)


def _times(ours: float, one: Result) -> str:
    return "" if one.contender is OURS else f"{ours / one.speed:,.0f} times"


def _ask(contender: Contender, lang: str, paragraphs: list[str]) -> Any:
    task = {
        "lang": lang,
        "paragraphs": paragraphs,
        "limit": _SECONDS,
        "judged": [sentence.text for sentence in judged(lang)],
    }
    script = f"tests.benchmarks.contenders.{contender.script}"
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.json"
        subprocess.run(
            [python_of(contender.requirements), "-W", "ignore", "-m", script, answer],
            input=json.dumps(task),
            text=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
        )
        return json.loads(answer.read_text(encoding="utf-8"))


if __name__ == "__main__":
    sys.exit(main())
