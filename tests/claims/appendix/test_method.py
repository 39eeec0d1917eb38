"""The method tells every value of the policy there is, and the levels of this desk."""

import tomllib
from importlib import resources

from claims.appendix.method import LEVELS, flat, method, widths
from claims.policy import policy_text


def test_every_value_of_the_policy_has_its_meaning_and_no_other() -> None:
    told = resources.files("claims.appendix").joinpath("method.toml").read_text(encoding="utf-8")
    names = [name for name, _value in flat(tomllib.loads(policy_text()))]
    assert len(names) > 12
    assert set(names) == set(tomllib.loads(told)["widths"])


def test_an_appendix_prints_the_levels_this_desk_asks_for() -> None:
    of_the_desk = {one.name: one.value for one in method(3).widths}
    shipped = {one.name: one.value for one in widths()}
    assert of_the_desk.pop(LEVELS) == "3"
    assert shipped.pop(LEVELS) == "2"
    assert of_the_desk == shipped
