"""A form is filled in as somebody would who wants it to be taken."""

from lxml import html

from tests.nightly.filling import asked, filled

PAGE = """
<form method=post action="/x">
  <input type=hidden name=csrf_token value=t><input name=title><input name=page value=12>
  <textarea name=reason></textarea>
  <select name=kind required><option value="">-<option value=report>Report</select>
  <select name=language><option value="">-<option value=en>English</select>
  <input type=radio name=stance value=supports><input type=radio name=stance value=refutes>
  <input type=checkbox name=claims value=7><input type=checkbox name=keep value=y>
  <button name=act value=take>Take</button><button name=act value=leave>Leave</button>
</form>
"""


def test_what_is_empty_is_filled_in_and_what_must_be_chosen_is_chosen() -> None:
    form = html.fromstring(PAGE).forms[0]
    assert dict(filled(form, "no.view")) == {
        "csrf_token": "t",
        "page": "12",
        "title": "A report",
        "reason": "It was looked at again.",
        "kind": "report",
        "language": "",
        "stance": "supports",
        "claims": "7",
        "keep": "",
        "act": "take",
    }


def test_words_for_one_view_go_before_all_else() -> None:
    form = html.fromstring(PAGE.replace("title", "formula")).forms[0]
    assert dict(filled(form, "formulas.add"))["formula"] == "F1 * 3 = F1"


def test_a_search_is_asked_for_words_and_for_no_wrong_moment() -> None:
    page = """<form><input name=q><input name=since type=text><input type=number name=page>
    <select name=kind><option value="">-<option value=report>Report</select></form>"""
    form = html.fromstring(page).forms[0]
    assert asked(form) == [("q", "x"), ("since", ""), ("page", ""), ("kind", "")]
