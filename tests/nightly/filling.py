"""Every form of a desk, filled in so that it is taken: what is refused reaches no statement."""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from lxml import html
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule

from app.once.asked import new_key
from tests.app.forms.stands import PAGES, Stands
from tests.benchmarks.hostile.forms import Pairs
from tests.benchmarks.hostile.scenes import place, rules
from tests.nightly.words import BY_NAME, BY_VIEW, LEFT, NO_WORDS, SHOWN

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
            # With what is asked for in it: a place in a text stands there.
            leads = (form.get("action") or page).partition("#")[0]
            view = self._view(urlsplit(leads).path) if form.method == "POST" else None
            if view is not None and view not in self.found:
                self.found[view] = leads, list(filled(form, view))
            self.token = self.token or dict(form.form_values()).get("csrf_token", "")

    def forms(self) -> dict[str, tuple[str, Pairs]]:
        """The address and the words of a form for each view that takes one."""
        for rule in rules(self.app, "POST"):
            view, path = rule.endpoint, self._place(rule, rule.rule)
            if view in LEFT or urlsplit(self.found.get(view, ("",))[0]).path == path:
                continue
            page = self._place(rule, PAGES.get(view, SHOWN.get(view, rule.rule)))
            former = self.found.pop(view, None)
            self.look(page, self.client.get(page).text)
            self.found.setdefault(view, former or (path, self._bare(view)))
        return {view: one for view, one in self.found.items() if view not in LEFT}

    def _place(self, rule: Rule, pattern: str) -> str:
        """The address of a form; what is about sources is about one that there is."""
        known, words = self.stands.known, {"key": "source", "other": "confidential"}
        if rule.endpoint.startswith("confidences."):
            words = {"key": "confidential"}
        if rule.endpoint.startswith(("confidences.", "merges.")):
            for name, one in words.items():
                pattern = pattern.replace(f"<{name}>", str(known[one]))
        return place(self.stands, rule, pattern)

    def _bare(self, view: str) -> Pairs:
        """What a form sends that no page shows now: a button, or the words it is known to have."""
        known = {"csrf_token": self.token, "receipt": new_key(), "version": "1"}
        typed = {name: word for name, word in BY_VIEW.get(view, {}).items() if word is not None}
        return list((known | typed).items())

    def _view(self, path: str) -> str | None:
        try:
            found: str = self.app.url_map.bind("").match(path, "POST")[0]
        except HTTPException:
            return None
        return found


def filled(form: Form, view: str) -> Iterator[tuple[str, str]]:
    """What a browser would send once somebody filled in what is empty."""
    # A browser takes no line break that follows the tag of a text for part of the text.
    given = [(str(name), str(value).removeprefix("\n")) for name, value in form.form_values()]
    held, words = dict(given), BY_VIEW.get(view, {})
    yield from ((name, value) for name, value in given if value.strip() and name not in words)
    for name in dict.fromkeys(str(one.get("name")) for one in form.inputs if one.get("name")):
        if name not in words and not held.get(name, "").strip():
            yield name, _chosen(form, name) or BY_NAME.get(name, "")
    for button in form.xpath(".//button[@name]")[:1]:
        if button.get("name") not in {*held, *words}:
            yield str(button.get("name")), str(button.get("value", ""))
    yield from ((name, word) for name, word in words.items() if word is not None)


def asked(form: Form) -> Pairs:
    """What a form that only asks sends: a word wherever one can be typed, and nothing that is none.

    Moments, numbers and lists are left as they are; a wrong one would be refused before any search.
    """
    typed = {
        str(one.get("name"))
        for one in form.xpath(".//input[@name]")
        if one.get("type", "text") in {"text", "search"} and one.get("name") not in NO_WORDS
    }
    given = {str(name): str(value or "") for name, value in form.fields.items()}
    return [(name, value or ("x" if name in typed else "")) for name, value in given.items()]


def _chosen(form: Form, name: str) -> str:
    """The first thing that must be chosen of a list, a row of buttons, or boxes to tick."""
    values: Iterable[str] = form.xpath(
        ".//select[@name=$name][@required or not(option[@value=''])]/descendant::option/@value"
        " | .//input[@name=$name][@type='radio']/@value"
        " | .//input[@name=$name][@type='checkbox'][@value!='y']/@value",
        name=name,
    )
    return next((str(value) for value in values if value), "")
