"""Commands that let others check the ledger: checkpoints, keys, exports and proofs."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

import app.models
from app.cli.database import FINDINGS, database
from app.cli.desk import actor, emit, json_option
from app.db import Database
from app.ledger import acts, export, verify_offline
from app.ledger.note import BadNote, Checkpoint, encoded, opened
from app.ledger.proofs import Contradiction
from app.ledger.signer import UNUSABLE, read_copies
from app.ledger.tables import LEAF, options
from claims.models import Article, Claim

__all__ = ["app"]
FILE = click.Path(dir_okay=False, path_type=Path)
READ = click.Path(exists=True, dir_okay=False, path_type=Path)
Compared = tuple[str, Checkpoint | None, str]
"""A code or ``ok``, the head, and a sentence."""


def signed(found: Database) -> str:
    """Sign the present tree head; end with the reason where that must not be."""
    try:
        note = found.checkpoint()
    except UNUSABLE as problem:
        raise click.ClickException(f"not signed: {problem}") from problem
    if note is None:
        raise click.ClickException("there is nothing to sign: run `manage.py db upgrade`")
    return note


@click.command("checkpoint")
@click.option("--verify", "files", type=READ, multiple=True, help="Notes kept from before.")
@json_option
def checkpoint_command(files: tuple[Path, ...], as_json: bool) -> None:
    """Sign the tree head and print it; or hold kept ones against the present tree.

    Keep the printed note where nobody who administers the database can write. Exits 3 when a kept
    note contradicts the ledger.
    """
    with database() as found:
        note = signed(found) if not files else None
        if note is None:
            notes = [text for file in files for text in read_copies(file)]
            results = list(compared(found, notes))
    if note is not None:
        if as_json:
            head = opened(note, found.signer.verifiers())
            emit({"origin": head.origin, "size": head.size, "root": head.root.hex(), "note": note})
        else:
            click.echo(note, nl=False)
        return
    told(results, as_json)


def told(results: list[Compared], as_json: bool) -> None:
    """Print what became of each note, and end with 3 where one is contradicted."""
    if as_json:
        emit(
            [
                {"result": code, "size": head.size if head else None, "detail": words}
                for code, head, words in results
            ]
        )
    else:
        for code, head, words in results:
            click.echo(f"{code}  {head.size if head else '-'}  {words}")
    if not results or any(code != "ok" for code, _, _ in results):
        raise click.exceptions.Exit(FINDINGS)


def compared(found: Database, notes: list[str]) -> Iterator[Compared]:
    """Each note against the tree as it is, with a consistency proof that was tried."""
    keys = found.signer.verifiers()
    with found.reading(steady=True) as session:
        connection = session.connection()
        tree = found.prover.tree(connection)
        size = len(tree)
        present = Checkpoint(found.signer.key().name, size, tree.root())
        for note in notes:
            try:
                head = opened(note, keys)
            except BadNote as problem:
                yield "BAD_SIGNATURE", None, str(problem)
                continue
            if head.size > size:
                yield "ROLLBACK", head, f"{head.size} leaves were signed, {size} are there"
                continue
            try:
                proof = found.prover.consistency(connection, head, present) if head.size else []
            except Contradiction as problem:
                yield "ROOT_MISMATCH", head, str(problem)
                continue
            yield "ok", head, f"{size} leaves continue it: {' '.join(map(encoded, proof))}"


@click.group("key")
def key_group() -> None:
    """The key that signs tree heads."""


@key_group.command("show")
@json_option
def show_key(as_json: bool) -> None:
    """Print the public keys, the present one last: publish it, so that others can compare."""
    with database() as found:
        found.signer.key()
        keys = [str(key) for key in found.signer.verifiers()]
    if as_json:
        emit(keys)
    else:
        click.echo("\n".join(keys))


@key_group.command("rotate")
@click.option("--origin", help="Begin a new log under this name, as in desk.example.org/ledger.")
@click.option("--reason", required=True, help="Why; it stands in the ledger.")
@json_option
def rotate(origin: str | None, reason: str, as_json: bool) -> None:
    """Draw a new signing key; what the old one signed stays valid.

    With another --origin the signer forgets what it signed: the honest end after a restore that
    lost entries, and the way to give the log its name before the first note leaves the house.
    """
    with database() as found:
        last = found.signer.last()
        old = found.signer.key()
        try:
            key = found.signer.draw(origin or old.name)
        except BadNote as problem:
            raise click.UsageError(str(problem)) from problem
        story = {
            "reason": reason,
            "from": str(old.verifier),
            "to": str(key.verifier),
            "signed_before": last.size if last else 0,
        }
        with found.writing(actor(), wait_for_seal=True) as session:
            acts.record(session, "act", "checkpoint", key.name, "K", story)
        note = signed(found)
    if as_json:
        emit({"key": str(key.verifier), "note": note})
    else:
        click.echo(f"{key.verifier}\n\n{note}", nl=False)


@click.command("proof")
@click.argument("number", type=click.IntRange(1))
def proof_command(number: int) -> None:
    """Print the proof (C2SP tlog-proof) that event NUMBER stands in the signed tree."""
    with database() as found:
        note = signed(found)
        with found.reading(steady=True) as session:
            seq = place(session, number)
            head = opened(note, found.signer.verifiers())
            written = found.prover.inclusion(session.connection(), seq, head).written(note)
    click.echo(written, nl=False)


def place(session: Session, eid: int) -> int:
    """Where an event stands in the tree."""
    query = select(LEAF.c.seq).where(LEAF.c.eid == eid)
    seq: int | None = session.execute(query, execution_options=options(session)).scalar()
    if seq is None:
        raise click.ClickException(f"there is no sealed event {eid}")
    return seq


@click.command("export")
@click.option("--claim", nargs=2, metavar="ARTICLE NUMBER", help="One claim with all it has.")
@click.option("--event", "numbers", type=click.IntRange(1), multiple=True, help="Single events.")
@click.option("--all", "everything", is_flag=True, help="The whole ledger.")
@click.option("--withhold", multiple=True, help="A field, or table.field, to give as its digest.")
@click.option("--since", type=READ, help="Kept notes the export must prove to continue.")
@click.option("--verifier", is_flag=True, help="Print the program that checks exports, and stop.")
@click.option("-o", "--output", type=FILE)
@json_option
def export_command(
    *,
    claim: tuple[str, str] | None,
    numbers: tuple[int, ...],
    everything: bool,
    withhold: tuple[str, ...],
    since: Path | None,
    verifier: bool,
    output: Path | None,
    as_json: bool,
) -> None:
    """Write entries with values, proofs and a signed tree head: anybody can check them offline."""
    if verifier:
        text = Path(verify_offline.__file__).read_text(encoding="utf-8")
        output.write_text(text, encoding="utf-8") if output else click.echo(text, nl=False)
        return
    if output is None or sum((claim is not None, bool(numbers), everything)) != 1:
        raise click.UsageError("say -o FILE and one of --claim, --event and --all")
    with database() as found:
        eids = None if everything else wanted(found, claim, numbers)
        answer = handed_out(found, output, eids, withhold, read_copies(since) if since else [])
    if as_json:
        emit(answer)
    else:
        click.echo(f"{answer['entries']} entries in {output}; check: verifier of `--verifier`")


def wanted(found: Database, claim: tuple[str, str] | None, numbers: tuple[int, ...]) -> list[int]:
    """The events that were asked for."""
    if claim is None:
        with found.reading() as session:
            for eid in numbers:
                place(session, eid)
        return sorted(set(numbers))
    article, number = claim
    query = select(Claim.id).join(Claim.article)
    with found.reading(steady=True) as session:
        own = int(number) if number.isascii() and number.isdigit() else 0
        key = session.scalar(query.where(Article.key == article, Claim.number == own))
        if key is None:
            raise click.ClickException(f"there is no claim {number} in {article}")
        metadata = Claim.metadata
        return export.events_of(session.connection(), metadata, "claim", str(key))


def handed_out(
    found: Database,
    output: Path,
    eids: list[int] | None,
    withheld: tuple[str, ...],
    kept: list[str],
) -> dict[str, Any]:
    """Enter the export in the ledger, sign the head, and write the file."""
    story = {"events": eids if eids is not None else "all", "withheld": sorted(withheld)}
    with found.writing(actor(), wait_for_seal=True) as session:
        acts.record(session, "export", "ledger", output.name, "X", story)
    note = signed(found)
    keys = found.signer.verifiers()
    head = opened(note, keys)
    try:
        earlier = [(opened(old, keys), old) for old in kept]
        with found.reading(steady=True) as session:
            pieces = export.written(
                session.connection(),
                found.prover,
                head,
                note,
                [str(key) for key in keys],
                eids=eids,
                withheld=withheld,
                earlier=earlier,
            )
            with output.open("w", encoding="utf-8") as file:
                file.writelines(pieces)
    except (Contradiction, BadNote) as problem:
        output.unlink(missing_ok=True)
        raise click.ClickException(f"nothing is handed out: {problem}") from problem
    count = head.size if eids is None else len(eids)
    return {"file": output.as_posix(), "entries": count, "size": head.size, "note": note}
