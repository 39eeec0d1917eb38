"""Whatever a text holds, a document says it, in its language and its direction."""

from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from app.exports.docx.names import NAMESPACES
from app.exports.docx.text import runs, words
from app.exports.signs import straight, visible

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HOSTILE = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("]]><&\"'\x00\x0b\x1f\x7f\t\n\r\ud800\udfff\ufffe\u2028\u202eשلא中é"),
    )
)


def parsed(xml: str) -> Element:
    found: Element = fromstring(f"<w:p {NAMESPACES}>{xml}</w:p>")
    return found


def said(root: Element) -> str:
    marks = {f"{W}tab": "\t", f"{W}br": "\n"}
    return "".join(marks.get(node.tag, node.text or "") for node in root.iter() if not len(node))


def lines(text: str) -> str:
    for mark in ("\r\n", "\r", "\x85", "\u2028", "\u2029"):
        text = text.replace(mark, "\n")
    return straight(visible(text))


@given(HOSTILE)
def test_every_text_is_legal_and_says_what_it_said(text: str) -> None:
    assert said(parsed(runs(text))) == lines(text)
    assert said(parsed(words(text, "BodyText"))) == lines(text)


def test_what_xml_forbids_leaves_a_sign_that_is_seen() -> None:
    assert said(parsed(runs("a\x00b\ud800c\x1bd"))) == "a␀b\ufffdc␛d"
    assert said(parsed(runs("]]>"))) == "]]>"


def test_what_would_turn_the_text_around_is_shown() -> None:
    assert said(parsed(runs("5\u202e%01 \u2066x"))) == "5⟨U+202E⟩%01 ⟨U+2066⟩x"


def test_each_run_is_marked_with_its_language() -> None:
    (chinese,) = parsed(runs("份额为“5%”")).iter(f"{W}rPr")
    assert chinese.find(f"{W}lang").attrib == {f"{W}val": "zh-CN"}  # type: ignore[union-attr]
    assert chinese.find(f"{W}rFonts").attrib == {f"{W}hint": "eastAsia"}  # type: ignore[union-attr]
    (english,) = parsed(runs("a share of “5 %”")).iter(f"{W}rPr")
    assert english.find(f"{W}lang").attrib == {f"{W}val": "en-US"}  # type: ignore[union-attr]
    assert english.find(f"{W}rFonts") is None


def test_letters_read_from_the_right_are_runs_of_their_own() -> None:
    found = [
        ("".join(run.itertext()), run.find(f".//{W}rtl") is not None)
        for run in parsed(runs("report שלום 12 עולם, 2024")).iter(f"{W}r")
    ]
    assert found == [("report ", False), ("שלום 12 עולם", True), (", 2024", False)]
    assert parsed(words("שלום", "BodyText")).find(f".//{W}bidi") is not None
    assert parsed(words("a שלום", "BodyText")).find(f".//{W}bidi") is None
