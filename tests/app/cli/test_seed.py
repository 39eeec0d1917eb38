"""The sample in and out: byte for byte, once only, and never with a wrong offset."""

import json
import shutil
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from app.cli.seed import load_seed
from app.config import ROOT
from app.ledger.verify import verify
from claims.interchange import dump_article
from claims.models import Article, Claim, Contest, Evidence, EvidenceTarget
from claims.vocabulary import Channel, ContestOutcome, EvidenceKind, Stance, Terms
from sources import interchange
from sources.base import now
from sources.models import Source
from tests.engines import ENGINES, Maker

SAMPLE = ROOT / "claims" / "seed" / "ten-years"


def copied(tmp_path: Path) -> Path:
    """Return a folder with a copy of the sample that a test may spoil."""
    shutil.copytree(SAMPLE, tmp_path / "claims" / "seed" / "ten-years")
    shutil.copytree(ROOT / "sources" / "seed", tmp_path / "sources" / "seed")
    return tmp_path


@pytest.mark.parametrize("engine", ENGINES)
def test_the_sample_comes_out_byte_for_byte_and_loads_once(
    engine: str, make_database: Maker
) -> None:
    database = make_database(engine)
    assert load_seed(database, "system:test") == {"sources": 96, "articles": 1}
    assert load_seed(database, "system:test") == {"sources": 0, "articles": 0}
    with database.reading() as session:
        assert session.query(Claim).count() == 37
        assert session.query(Evidence).count() == 124
        assert session.query(Source).count() == 96
        files = dump_article(session, session.query(Article).one())
        sources = interchange.dump(session, "ten-years")
    for name, text in files.items():
        assert text.encode() == (SAMPLE / name).read_bytes(), name
    assert sources.encode() == (ROOT / "sources" / "seed" / "ten-years.json").read_bytes()
    assert verify(database).findings == []


def worked_on(session: Session) -> None:
    """Do to three claims what a file must not forget or turn into something else."""
    first, second = session.query(Claim).order_by(Claim.number).limit(2)
    first.evidence[0].withdrawn_by, first.evidence[0].withdrawal_reason = "editor:a", "another year"
    session.add(
        Evidence(
            claim_id=second.id,
            number=99,
            kind=EvidenceKind.PERSONAL_COMMUNICATION,
            stance=Stance.SUPPORTS,
            quote="Yes, since 2025.",
            said_by="Wang Fang",
            said_via=Channel.CALL,
            said_terms=Terms.ON_RECORD,
            created_by="editor:a",
        )
    )
    three = next(claim for claim in session.query(Claim) if len(claim.figures) > 1)
    item = three.evidence[0]
    item.targets.extend(
        EvidenceTarget(figure_id=figure.id, created_by="editor:a")
        for figure in three.figures
        if figure not in item.addresses
    )
    contest = session.query(Contest).order_by(Contest.id).first()
    assert contest is not None
    contest.outcome, contest.settlement = ContestOutcome.UPHELD, {"zh": "成立", "en": "Upheld"}
    contest.settled_by, contest.settled_at = "editor:b", now()


def test_what_was_withdrawn_settled_or_said_without_a_source_comes_in_again(
    make_database: Maker, tmp_path: Path
) -> None:
    here, there = make_database("sqlite"), make_database("sqlite")
    load_seed(here, "system:test")
    with here.writing("editor:a") as session:
        worked_on(session)
    with here.reading() as session:
        files = dump_article(session, session.query(Article).one())
    root = copied(tmp_path)
    for name, content in files.items():
        (root / "claims" / "seed" / "ten-years" / name).write_text(content, encoding="utf-8")
    load_seed(there, "system:test", root)
    with there.reading() as session:
        assert dump_article(session, session.query(Article).one()) == files
    said = files["claims.json"]
    assert said.count('"withdrawn": "another year"') == said.count('"outcome": "upheld"') == 1
    assert said.count('"by": "Wang Fang"') == said.count('"terms": "on_record"') == 1
    assert verify(there).findings == []


def test_a_wrong_offset_names_claim_and_span_and_keeps_nothing(
    make_database: Maker, tmp_path: Path
) -> None:
    root = copied(tmp_path)
    file = root / "claims" / "seed" / "ten-years" / "claims.json"
    document = json.loads(file.read_text(encoding="utf-8"))
    document["claims"][4]["figures"][0]["start"] += 1
    file.write_text(json.dumps(document), encoding="utf-8")
    database = make_database("sqlite")
    key = document["claims"][4]["key"]
    with pytest.raises(interchange.Broken, match=rf"{key}, figure 1: the span \d+ to \d+ says"):
        load_seed(database, "system:test", root)
    with database.reading() as session:
        assert session.query(Article).count() == 0
        assert session.query(Source).count() == 0
