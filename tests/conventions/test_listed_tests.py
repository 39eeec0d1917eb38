"""A named test counts only where it would be collected and run."""

from tests.conventions.listed_tests import in_source, missing


def test_a_test_that_never_runs_is_none() -> None:
    source = """
import pytest

def test_one(): "It is one."

def helper(): "It is none."

@pytest.mark.skip(reason="planted")
def test_two(): ...

@pytest.mark.parametrize("x", [1])
def test_three(x): ...

class TestFour:
    def test_four(self): ...
"""
    assert in_source(source) == {"test_one": "It is one.", "test_three": ""}


def test_a_name_without_a_test_is_told() -> None:
    here = "tests/conventions/test_listed_tests.py"
    names = [f"{here}::test_a_name_without_a_test_is_told", f"{here}::test_x", "tests/x.py::test_y"]
    assert missing(names) == names[1:]
