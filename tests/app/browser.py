"""A person at the desk without a browser: opens a page, fills in its form, sends it."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

PASSWORD = "a long password"
VOID = {"input", "br", "hr", "img", "meta", "link", "use", "path", "rect", "line", "circle"}


@dataclass
class Form:
    """A form as a browser reads it: where it goes, and what it would send untouched."""

    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)


class Reader(HTMLParser):
    """Reads the forms, identifiers and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.ids: list[str] = []
        self.words: list[str] = []
        self._area: str | None = None
        self._select: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if "id" in known:
            self.ids.append(known["id"])
        if tag == "form":
            self.forms.append(Form(known.get("action", "")))
        if not self.forms or (tag != "option" and "name" not in known):
            return
        fields = self.forms[-1].fields
        if tag == "textarea":
            self._area = known["name"]
            fields[self._area] = [""]
        elif tag == "select":
            self._select = known["name"]
            fields[self._select] = []
        elif tag == "option" and self._select and "selected" in known:
            fields[self._select] = [known.get("value", "")]
        elif tag == "input" and known.get("type") in {"radio", "checkbox"}:
            chosen = fields.setdefault(known["name"], [])
            if "checked" in known:
                chosen.append(known.get("value", "y"))
        elif tag == "input" and known.get("type") != "file":
            fields[known["name"]] = [known.get("value", "")]

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None
        if tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self.forms[-1].fields[self._area] = [data.removeprefix("\r\n").removeprefix("\n")]
        self.words.append(data)

    @property
    def text(self) -> str:
        """What a person reads, in one line."""
        return re.sub(r"\s+", " ", " ".join(self.words))

    def form(self, name: str) -> Form:
        """The form that has a field of this name; the undo in a message is none of the page's."""
        mine = (form for form in self.forms if not form.action.startswith("/undo/"))
        return next(form for form in mine if name in form.fields)


class Person:
    """Somebody signed in at the desk."""

    def __init__(
        self, app: Flask, name: str, language: str = "en", password: str = PASSWORD
    ) -> None:
        self.client = app.test_client()
        self.name = name
        self.client.set_cookie("desk_language", language)
        self.fill("/sign-in", "password", name=name, password=password)

    def get(self, path: str) -> TestResponse:
        return self.client.get(path)

    def read(self, path: str) -> Reader:
        response = self.get(path)
        assert response.status_code == 200, response.text
        return Reader(response.text)

    def open(self, path: str, having: str) -> Form:
        """Open a page and return its form, its action being the page where it names none."""
        form = self.read(path).form(having)
        form.action = form.action.partition("#")[0] or path
        return form

    def send(self, form: Form, **typed: Any) -> TestResponse:
        """Send a form as it was opened, with what is typed; files are (stream, name) pairs."""
        return self.client.post(form.action, data={**form.fields, **typed})

    def fill(self, path: str, having: str, **typed: Any) -> TestResponse:
        """Open a page, fill in its form and send it."""
        return self.send(self.open(path, having), **typed)


def the_json(person: Person, path: str) -> Any:
    """What a machine is answered."""
    answer = person.get(path)
    assert answer.status_code == 200, answer.text
    return answer.get_json()
