"""What a page names by a field has a word in the language of the reader."""

import pytest
from flask_babel import force_locale

import app.models as tables
from app.field_labels import FIELDS, content_label
from app.ledger.audited import UNAUDITED
from app.table_labels import TABLES
from claims.appendix.differences import ELSEWHERE

pytestmark = pytest.mark.usefixtures("labels")


def test_each_part_in_which_two_appendices_may_differ_has_a_word() -> None:
    with force_locale("zh"):
        assert [name for name in ELSEWHERE if content_label(name) == name] == []
        assert content_label("set_aside") == "排除的数字"


def test_each_column_the_ledger_keeps_has_a_word() -> None:
    audited = [
        table
        for table in tables.Base.metadata.sorted_tables
        if table.info.get("ledger") != UNAUDITED
    ]
    columns = {f"{table.name}.{column.name}" for table in audited for column in table.columns}
    named = {name for name in columns if {name, name.partition(".")[2]} & {"id", *FIELDS}}
    assert columns - named == set()
    assert {table.name for table in audited} <= set(TABLES)
