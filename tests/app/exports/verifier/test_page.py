"""The page digest: what cannot be seen does not change it, everything that can be seen does."""

import re

import pytest

from app.exports.verifier.page import Page, PageFault, over

PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>A &amp; B</title><style>p > a { color: red }</style></head>
<body>
<main id="top"><h1 class="x" lang="zh">5 %  of
 all</h1><pre>
one
  two</pre>
<svg viewBox="0 0 9 9"><g><path d="M0"/></g></svg><details open><summary>More</summary></details>
<section id="c-1">First<br>line</section></main>
<!-- seal -->
<script>if (1 < 2 && 3) { go() }</script>
</body>
</html>
"""


def digest(page: str) -> str:
    return over(Page(page.encode()).read().parts)


UNSEEN = [
    ("5 %  of\n all", "5 % of all"),
    ("<h1 ", "<H1\n"),
    ('class="x" lang="zh"', 'LANG="zh"/class="x"'),
    ("<pre>\none", "<pre>one"),
    ("&amp;", "&#38;"),
    ("5 %", "&#53; &#x25;"),
    ("<details open>", "<details>"),
    ("</h1>", "</H1 >"),
    ("</body>\n</html>\n", "</body></html>"),
    ('<path d="M0"/></g>', '<path d="M0"></g>'),
    ("one\n", "one\r\n"),
    ("<!doctype", "<!DOCTYPE"),
]
SEEN = [
    ("5 %", "50 %"),
    ("5 %", "5%"),
    ("one\n  two", "one\n two"),
    ('class="x"', 'class="y"'),
    ('class="x"', 'class="x" hidden'),
    ('class="x"', 'class="x" style="display:none"'),
    ("<br>", " "),
    ("red", "white"),
    ("1 < 2", "1  < 2"),
    ("&amp;", "&lt;"),
    ('id="c-1"', 'id="c-2"'),
    ("First", "<b>First</b>"),
    ("</h1>", "</h1><p>All of this is withdrawn.</p>"),
    ('<path d="M0"/>', '<path d="M0"/><path d="M1"/>'),
    ("5 %", "5\N{NO-BREAK SPACE}%"),
]
FOREIGN = [
    ("<main", "<!-- hidden --><main"),
    ("First", "First &nbsp;"),
    ("First", "First & last"),
    ("First", "<iframe>First</iframe>"),
    ("First", "\0First"),
    ("First", "&#1;First"),
    ("First", "&#xd800;First"),
    ("First", "<p>First"),
    ("First", "First</p>"),
    ('id="c-1"', 'id="top"'),
    ('id="c-1"', 'id="c-1" id="c-2"'),
    ('id="c-1"', "id='c-1'"),
    ('id="c-1"', "id=c-1"),
    ("<body>", "<body>Withdrawn."),
    ("</html>", "</html>Withdrawn."),
    ("<!-- seal -->", ""),
    ("<!-- seal -->", "<!-- seal --><!-- seal -->"),
    ("go()", "<!-- go()"),
    ("<!doctype html>", ""),
    ("<head>", "<head>" + " " * 1024),
    ("</html>", ""),
]


@pytest.mark.parametrize(("old", "new"), UNSEEN)
def test_what_nobody_can_see_leaves_the_digest(old: str, new: str) -> None:
    assert old in PAGE
    assert digest(PAGE.replace(old, new, 1)) == digest(PAGE)


@pytest.mark.parametrize(("old", "new"), SEEN)
def test_what_anybody_can_see_changes_it(old: str, new: str) -> None:
    assert old in PAGE
    assert digest(PAGE.replace(old, new, 1)) != digest(PAGE)


@pytest.mark.parametrize(("old", "new"), FOREIGN)
def test_what_the_house_does_not_write_is_refused_with_its_line(old: str, new: str) -> None:
    assert old in PAGE
    with pytest.raises(PageFault) as caught:
        digest(PAGE.replace(old, new, 1))
    assert 1 <= caught.value.line <= PAGE.count("\n") + 1


def test_a_part_begins_at_every_id_and_a_change_stays_in_its_part() -> None:
    parts = dict(Page(PAGE.encode()).read().parts)
    assert list(parts) == ["", "top", "c-1"]
    changed = dict(Page(PAGE.replace("First", "Last").encode()).read().parts)
    assert {name for name in parts if parts[name] != changed[name]} == {"c-1"}


def test_only_the_seal_right_behind_its_place_is_left_out() -> None:
    seal = '<script type="application/json" id="seal">{"a":1}</script>'
    sealed = PAGE.replace("<!-- seal -->", f"<!-- seal -->{seal}")
    read = Page(sealed.encode()).read()
    assert (read.seal, over(read.parts)) == (b'{"a":1}', digest(PAGE))
    assert digest(PAGE.replace("<!-- seal -->", f"<!-- seal -->\n{seal}")) != digest(PAGE)
    for other in (
        f"{seal}{seal}",
        re.sub("script", "p", seal),
        f'<p id="seal"></p><!-- seal -->{seal}',
    ):
        with pytest.raises(PageFault):
            digest(PAGE.replace("<!-- seal -->", f"<!-- seal -->{seal}{other}"))
    evil = '<p id="seal"></p><!-- seal --><script>evil()</script>'
    assert digest(PAGE.replace("<!-- seal -->", evil)) != digest(PAGE)
