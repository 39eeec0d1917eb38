"""What was checked before is found again in other words, and what only sounds alike is not."""

import itertools
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sqlalchemy import delete
from sqlalchemy.orm import Session

from claims.models import Article, Claim, ClaimWord, FigureMark
from claims.resemblance import Statement, complete, resembling
from claims.typed_figures import read_typed
from claims.workflow import drop
from tests.claims.newsroom import CHECKER, a_claim, a_figure, an_article

PAIRS = tomllib.loads(
    Path(__file__).with_name("resemblance_pairs.toml").read_text(encoding="utf-8")
)["pair"]
SUBJECTS = {
    "zh": ("三星电子", "SK海力士", "长江存储", "台积电", "比亚迪", "宁德时代", "华为", "小米"),
    "en": ("Samsung", "SK hynix", "Micron", "TSMC", "Toyota", "Ford", "Ryanair", "Lufthansa"),
}
SAYINGS = {
    "zh": (
        "{}在全球市场的份额为{}。",
        "{}第三季度营收同比增长{}。",
        "{}全年出货量下降{}。",
        "{}的毛利率升至{}，高于预期。",
        "{}计划把产能提高{}。",
    ),
    "en": (
        "{} held {} of the world market.",
        "{} raised its revenue by {} in the third quarter.",
        "Shipments of {} fell {} over the year.",
        "{} reported a gross margin of {}, above forecasts.",
        "{} plans to raise capacity by {}.",
    ),
}


def checked(session: Session, article: Article, text: str, figure: str) -> Claim:
    """Return a claim that says this, with its one figure."""
    tongue = "en" if text.isascii() else "zh"
    claim = a_claim(session, article=article, figures=0)
    claim.statement = {tongue: text}
    read = read_typed(figure)
    facts = {name: getattr(read, name) for name in MEASURED}
    session.add(a_figure(claim, stated_text=figure, change_kind=read.change_kind, **facts))
    session.flush()
    return claim


MEASURED = ("comparator", "low", "high", "stated_decimals", "unit", "multiplier", "role")


def distractors(number: int) -> Iterator[tuple[str, str]]:
    """Yield claims of the same newsroom that sound alike, with figures of every size."""
    kinds = [
        (subject, saying)
        for tongue in ("zh", "en")
        for subject, saying in itertools.product(SUBJECTS[tongue], SAYINGS[tongue])
    ]
    for place in range(number):
        subject, saying = kinds[place % len(kinds)]
        figure = f"{place * 7 % 97 + 1}.{place % 10}%"
        yield saying.format(subject, figure), figure


def said(text: str, figure: str) -> Statement:
    return Statement(text=text, figures=[read_typed(figure)])


def test_at_least_95_of_100_paraphrases_are_found_among_the_first_three(session: Session) -> None:
    article = an_article(session)
    known = {
        pair["later"]: checked(session, article, pair["earlier"], pair["figure"]) for pair in PAIRS
    }
    for text, figure in distractors(200):
        checked(session, article, text, figure)
    missed = [
        pair["later"]
        for pair in PAIRS
        if known[pair["later"]]
        not in [one.claim for one in resembling(session, said(pair["later"], pair["figure"]))]
    ]
    assert len(PAIRS) >= 20
    assert len(missed) <= len(PAIRS) * 5 // 100, missed


def test_the_same_with_another_figure_is_found_and_said_to_be_other(session: Session) -> None:
    earlier = checked(session, an_article(session), "2024年，长江存储的NAND份额为5%。", "5%")
    (found,) = resembling(session, said("长江存储2024年的NAND份额为8%。", "8%"))
    assert (found.claim, found.same_figure) == (earlier, False)
    (same,) = resembling(session, said("长江存储2024年的NAND份额为5%。", "5%"))
    assert same.same_figure
    assert same.points > found.points


def test_what_only_shares_a_topic_or_a_figure_is_not_shown(session: Session) -> None:
    article = an_article(session)
    checked(session, article, "台积电在亚利桑那的工厂获得66亿美元补贴。", "66亿美元")
    checked(session, article, "全国粮食产量比上年增长5%。", "5%")
    assert resembling(session, said("亚利桑那州的选民有5%通过邮寄投票。", "5%")) == []
    assert resembling(session, Statement(text="…", figures=())) == []


def test_a_claim_does_not_resemble_itself_nor_what_was_dropped(session: Session) -> None:
    article = an_article(session)
    claim = checked(session, article, "水库蓄水量为18.3%。", "18.3%")
    mine = replace(said("水库蓄水量为18.3%。", "18.3%"), claim_id=claim.id)
    assert resembling(session, mine) == []
    other = replace(mine, claim_id=None)
    assert len(resembling(session, other)) == 1
    drop(session, claim, by=CHECKER, reason="删了")
    assert resembling(session, other) == []


def test_a_changed_statement_is_found_by_its_new_words(session: Session) -> None:
    claim = checked(session, an_article(session), "水库蓄水量为18.3%。", "18.3%")
    claim.statement = {"zh": "地铁里程增加了18.3%。"}
    session.flush()
    assert resembling(session, said("水库蓄水量为18.3%。", "18.3%")) == []
    assert resembling(session, said("地铁里程增加18.3%。", "18.3%"))


def test_claims_from_before_the_index_are_taken_up_by_the_upgrade(session: Session) -> None:
    checked(session, an_article(session), "水库蓄水量为18.3%。", "18.3%")
    for model in (ClaimWord, FigureMark):
        session.execute(delete(model))
    assert resembling(session, said("水库蓄水量为18.3%。", "18.3%")) == []
    assert complete(session) >= 2
    assert resembling(session, said("水库蓄水量为18.3%。", "18.3%"))
    assert complete(session) == 0
