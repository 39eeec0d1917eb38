"""The page of the policy explains every value there is, in both languages."""

import tomllib

from app.accounts.roles import Role
from app.db import Database
from app.policy_words import MEANINGS, flat
from claims.policy import current_policy, policy_text
from tests.app.views.visit import Visit


def test_every_value_of_the_policy_has_its_meaning() -> None:
    names = [name for name, _value in flat(tomllib.loads(policy_text()))]
    assert len(names) > 12
    assert set(names) == set(MEANINGS)


def test_the_page_shows_each_value_and_the_version(sqlite_database: Database) -> None:
    for language, word in (("en", "share of the number"), ("zh", "占该数的比例")):
        page = Visit(sqlite_database, Role.ADMIN, language).get("/admin/policy").text
        assert word in page
        assert current_policy().version in page
        for name, value in flat(tomllib.loads(policy_text())):
            assert f'<td class="num">{value}</td>' in page
            assert f'<td class="mono">{name}</td>' in page
