"""The commands that check an appendix, and the program with which anybody else does."""

import locale
from pathlib import Path
from typing import Any

import click

from app.appendix_issue.recognizing import examined, recognize
from app.cli.database import FINDINGS
from app.cli.desk import actor, emit, json_option, opened
from app.exports.verifier.assembly import assembled
from app.exports.verifier.program import as_json as told
from app.exports.verifier.program import sentences
from sources.store import Store

READ = click.Path(exists=True, dir_okay=False, path_type=Path)
WRITE = click.Path(dir_okay=False, path_type=Path)


@click.command("verify")
@click.argument("file", type=READ)
@click.option("--proof", type=READ, help="The proof beside the file. Default: NAME.proof.json.")
@click.option("--against-database", is_flag=True, help="Ask the register and the ledger as well.")
@click.option("--language", type=click.Choice(["zh", "en"]), help="Default: the machine's.")
@json_option
def verify(
    file: Path, proof: Path | None, against_database: bool, language: str | None, as_json: bool
) -> None:
    """Check FILE, an appendix in any format, with this desk's own keys.

    Exits 3 where something does not hold; each finding has a name and a place.
    """
    database = opened()
    report, checked = examined(database, file, proof)
    if against_database:
        store = Store(database.settings.store)
        recognize(database, store, file, checked, report, by=actor())
    if as_json:
        emit(told(report))
    else:
        spoken = language or spoken_here()
        lines = [*sentences(report, spoken), *desk_sentences(report.facts.get("desk"), spoken)]
        click.echo("\n".join(lines))
    if report.findings:
        raise click.exceptions.Exit(FINDINGS)


def spoken_here() -> str:
    """The language of the machine: Chinese where it speaks it, else English."""
    return "zh" if (locale.getlocale()[0] or "").lower().startswith("zh") else "en"


def desk_sentences(desk: dict[str, Any] | None, language: str) -> list[str]:
    """What the desk knows of a file, for a person."""
    if desk is None:
        return []
    english = language == "en"
    said = []
    if desk["very_file"]:
        said.append("it is the very file" if english else "正是当时交出的文件，一字节不差")
    else:
        said.append(
            "its bytes are not those of a file handed out"
            if english
            else "字节与交出的文件不同（内容是否一致见上）"
        )
    if desk["replaced_by"] is not None:
        number = desk["replaced_by"]
        said.append(f"No. {number} replaced it" if english else f"已由第 {number} 号替换")
    said.append(changed_words(desk["changed_since"], english=english))
    return said


def changed_words(changed: dict[str, Any] | None, *, english: bool) -> str:
    """In what the article differs today, for a person."""
    if changed is None:
        return "what changed since cannot be told" if english else "此后有无变化无从得知"
    if not any(changed.values()):
        return "nothing has changed since" if english else "此后没有变化"
    kinds = {
        "changed": ("改动", "changed"),
        "added": ("新增", "added"),
        "removed": ("删去", "removed"),
        "elsewhere": ("论断以外", "elsewhere"),
    }
    parts = [
        f"{words[english]} {', '.join(map(str, changed[kind]))}"
        for kind, words in kinds.items()
        if changed[kind]
    ]
    return ("changed since: " if english else "此后有变化：") + "; ".join(parts)


@click.command("verifier")
@click.option("-o", "--output", type=WRITE, help="Default: standard output.")
def verifier(output: Path | None) -> None:
    """Print verify_appendix.py: one file with which anybody checks an appendix offline."""
    if output is None:
        click.echo(assembled(), nl=False)
    else:
        output.write_text(assembled(), encoding="utf-8")
