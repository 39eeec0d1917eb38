"""docs/bad_inputs.md has every bad input, its answer, and the tests that prove it today."""

from tests.conventions import bad_inputs, proofs


def test_a_test_names_its_input_in_its_docstring_or_its_modules() -> None:
    inputs = ["article-08", "url-02", "figure-99"]
    source = f'"""Tests: {inputs[0]}."""\ndef test_one(): "Of {inputs[1]}, {inputs[2]}."\n'
    named = proofs.claims("t.py", source, bad_inputs.in_words, bad_inputs.in_a_name)
    assert sorted(named) == [("article-08", "t.py"), ("url-02", "t.py::test_one")]


def test_every_input_has_a_test() -> None:
    assert [name for name, tests in bad_inputs.found().items() if not tests] == []


def test_the_page_names_todays_inputs_and_tests() -> None:
    """If not, `python -m tests.conventions.bad_inputs` writes them."""
    page = bad_inputs.PAGE.read_text("utf-8")
    assert page == bad_inputs.written(page)
