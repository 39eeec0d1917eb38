"""Every form of a desk, filled in so that it is taken: what is refused reaches no statement."""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from lxml import html
from werkzeug.exceptions import HTTPException

from app.once.asked import new_key
from tests.app.forms.stands import PAGES, Stands
from tests.benchmarks.hostile.forms import Pairs
from tests.benchmarks.hostile.scenes import place, rules
from tests.nightly.words import BY_NAME, BY_VIEW, LEFT

Form = Any
"""A form as lxml reads it, which has no types."""


class Filler:
    """Somebody who looks for forms on the pages of a desk and fills them in."""

    def __init__(self, stands: Stands, client: FlaskClient) -> None:
        self.client, self.app, self.stands = client, stands.app, stands
        self.found: dict[str, tuple[str, Pairs]] = {}
        self.token = ""

    def look(self, page: str, text: str) -> None:
        """Take in the forms of a page; of each view the first one that is met."""
        if "<form" not in text:
            return
        for form in html.fromstring(text).forms:
            path = urlsplit(form.get("action") or page).path
            view = self._view(path) if form.method == "POST" else None
            if view is not None and view not in self.found:
                self.found[view] = path, list(filled(form, view))
            self.token = self.token or dict(form.form_values()).get("csrf_token", "")

    def forms(self) -> dict[str, tuple[str, Pairs]]:
        """The address and the words of a form for each view that takes one."""
        for view, page in PAGES.items():
            rule = next(self.app.url_map.iter_rules(view))
            where = place(self.stands, rule, page)
            self.look(where, self.client.get(where).text)
        for rule in rules(self.app, "POST"):
            if rule.endpoint not in self.found and rule.endpoint not in LEFT:
                path = place(self.stands, rule, rule.rule)
                self.found[rule.endpoint] = path, self._bare(rule.endpoint)
        return {view: one for view, one in self.found.items() if view not in LEFT}

    def _bare(self, view: str) -> Pairs:
        """What a form sends that no page shows now: a button, or the words it is known to have."""
        known = {"csrf_token": self.token, "receipt": new_key(), "version": "1"}
        return list((known | BY_VIEW.get(view, {})).items())

    def _view(self, path: str) -> str | None:
        try:
            found: str = self.app.url_map.bind("").match(path, "POST")[0]
        except HTTPException:
            return None
        return found


def filled(form: Form, view: str) -> Iterator[tuple[str, str]]:
    """What a browser would send once somebody filled in what is empty."""
    given = {str(name): str(value) for name, value in form.form_values()}
    words = BY_VIEW.get(view, {})
    yield from ((n, str(v)) for n, v in form.form_values() if str(v).strip() and n not in words)
    for name in dict.fromkeys(str(one.get("name")) for one in form.inputs if one.get("name")):
        if name not in words and not given.get(name, "").strip():
            yield name, _chosen(form, name) or BY_NAME.get(name, "")
    for button in form.xpath(".//button[@name]")[:1]:
        if button.get("name") not in {*given, *words}:
            yield str(button.get("name")), str(button.get("value", ""))
    yield from words.items()


def _chosen(form: Form, name: str) -> str:
    """The first thing that must be chosen of a list, a row of buttons, or boxes to tick."""
    values: Iterable[str] = form.xpath(
        ".//select[@name=$name][@required or not(option[@value=''])]/descendant::option/@value"
        " | .//input[@name=$name][@type='radio']/@value"
        " | .//input[@name=$name][@type='checkbox'][@value!='y']/@value",
        name=name,
    )
    return next((str(value) for value in values if value), "")
