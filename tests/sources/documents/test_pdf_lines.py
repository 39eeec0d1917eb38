"""Lines are joined where nothing speaks against it, and only running heads are taken away."""

from sources.documents.pdf_lines import paragraphs, without_running_heads

LONG = "The ministry said that output had risen in all of the provinces of the country and"
NEXT = "that it expected a further rise in the coming year."


def joined(*lines: str) -> list[str]:
    return [one.text for one in paragraphs(["\n".join(lines)])[0]]


def test_a_paragraph_ends_with_a_short_line_a_blank_or_a_new_item() -> None:
    assert joined(LONG, NEXT, LONG, NEXT) == [f"{LONG} {NEXT}"] * 2
    assert joined(LONG, "", NEXT) == [LONG, NEXT]
    assert joined(LONG, "1. First", "2. Second") == [LONG, "1. First", "2. Second"]
    assert joined("Heading", LONG, NEXT) == ["Heading", f"{LONG} {NEXT}"]


def test_a_compound_keeps_its_hyphen_where_the_document_writes_it_so() -> None:
    ends = "The ministry said that this was the result of its policy, and that the long-"
    assert joined("A long-term plan.", ends, "term plan held.")[1].endswith(
        "the long-term plan held."
    )
    assert joined(ends.replace("long-", "manufac-"), "turing held.") == [
        ends.replace("long-", "manufacturing held.")
    ]


def test_a_range_over_two_lines_keeps_its_dash() -> None:
    assert joined(LONG + " in 2023-", "2024, " + NEXT) == [f"{LONG} in 2023-2024, {NEXT}"]


def test_running_heads_go_only_where_every_page_has_them() -> None:
    pages = [["The Paper", f"Text {chr(65 + number)}", f"- {number + 7} -"] for number in range(4)]
    left, removed = without_running_heads([list(page) for page in pages])
    assert [page for (page,) in left] == ["Text A", "Text B", "Text C", "Text D"]
    assert removed == ["The Paper", "- 7 -"]


def test_numbers_that_do_not_count_pages_stay() -> None:
    pages = [["Sales 2019: 5 %"], ["Sales 2021: 6 %"], ["Sales 2022: 7 %"]]
    assert without_running_heads([list(page) for page in pages]) == (pages, [])


def test_two_pages_prove_nothing() -> None:
    pages = [["The Paper", "a"], ["The Paper", "b"]]
    assert without_running_heads([list(page) for page in pages]) == (pages, [])
