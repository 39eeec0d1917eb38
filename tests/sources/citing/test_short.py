"""A source named in passing says who and when, in the language of the work."""

import pytest

from sources.citing.short import short
from sources.models import Source


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"authors": "Smith, John; Doe, Jane", "issued": "2021-05"}, "Smith and Doe, 2021"),
        ({"authors": "Smith, John; Doe, Jane; Roe, Ann"}, "Smith et al."),
        ({"authors": "张三、李四、王五", "issued": "../2021", "language": "zh"}, "张三等，2021"),
        ({"publisher": "ckhq.net (digest of Etoday)", "issued": "2025"}, "ckhq.net, 2025"),
        ({"title": "x" * 100}, "x" * 60 + "…"),
        ({"authors": "Lee, Ann", "confidential": True}, "[Confidential source]"),
    ],
)
def test_a_source_is_named_in_passing(facts: dict[str, str], said: str) -> None:
    assert short(Source(key="S1", **facts)) == said
