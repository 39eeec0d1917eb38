"""A form that is not lost: it opens with what its person typed before and never sent."""

import re
from typing import Any, ClassVar

from flask import g, request
from flask.globals import request_ctx
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, PasswordField

from app.accounts import drafts, presence, typists
from app.accounts.current import account
from app.accounts.drafts import Key
from app.accounts.typists import Typist
from app.once.asked import FIELD, SECRET_PART
from app.unit_of_work import SAFE_METHODS, session
from claims.errors import Conflict

WORD = re.compile(r"(?<!^)(?=[A-Z])")


class Drafted(FlaskForm):
    """What is typed into it is kept on the server under the form's name and its object.

    The object is the page's address where the page takes the form itself; a form that stands on
    the page of something else names its own with ``kept_for``, or nothing is kept. ``shown`` names
    the hidden fields that say what the page shows: those are never taken from a draft.
    """

    keeps: ClassVar[bool] = True
    shown: ClassVar[frozenset[str]] = frozenset()

    draft = HiddenField()
    typist = HiddenField()

    def __init__(self, *args: Any, kept_for: object = None, **kwargs: Any) -> None:
        """Open the form with its draft, where a page is asked for and there is one."""
        super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]
        self.restored: Any = None
        known = account()
        self.given_to = typists.read(self.typist.data) if self.typist.data else None
        self.kept_as = self._key(kept_for) if known is not None else None
        if known is not None and self.kept_as is not None and request.method in SAFE_METHODS:
            self._restore(self.kept_as, kwargs)
        self.draft.data = str(self.kept_as or "")
        self.typist.data = ""
        if known is not None and self.kept_as is not None:
            self.typist.data = typists.note(Typist(known.id, self.kept_as))

    def _key(self, kept_for: object) -> Key | None:
        if not self.keeps or any(isinstance(field, PasswordField) for field in self):
            return None
        name = WORD.sub("-", type(self).__name__.removesuffix("Form")).lower()
        if name in drafts.NEVER_KEPT:
            return None
        if request.method not in SAFE_METHODS and (sent := drafts.key_of(self.draft.data or "")):
            return sent
        about = str(kept_for) if kept_for is not None else _page()
        return drafts.key_of(f"{name}/{about}") if about else None

    def _restore(self, key: Key, opened: dict[str, Any]) -> None:
        """Lay the draft over what the form was opened with."""
        known = account()
        if known is None or "past" in g or key not in _waiting():
            return
        kept = drafts.read(session(), known.id, key)
        if kept is None:
            return
        typed = MultiDict(
            (name, value)
            for name, values in kept.fields.items()
            if name not in self.shown
            for value in values
        )
        given = {name: value for name, value in opened.items() if name not in {"meta", "prefix"}}
        if kept.receipt is not None:
            typed[FIELD] = kept.receipt
        self.process(**{**given, "formdata": self.meta.wrap_formdata(self, typed)})
        self.restored = kept.updated_at

    def let_go(self, opened: Session) -> None:
        """Forget the draft: the form is taken in. Raise Conflict where it is somebody else's form.

        Whoever signs in beside a form that another person had opened is told so first.
        """
        known = account()
        if known is None or self.kept_as is None:
            return
        if self.given_to is not None and self.given_to.account != known.id:
            raise Conflict(
                "another_person",
                {
                    "zh": "这张表单是另一个人登录时打开的。请核对内容；再次提交将以您的名义保存。",
                    "en": "Somebody else was signed in when this form was opened. Look it over; "
                    "sending it again saves it in your name.",
                },
            )
        drafts.discard(opened, known.id, self.kept_as)
        presence.leave(opened, known.id)


def _page() -> str:
    """Return what the page's own form is about: its address, where the page takes the form."""
    rule = request.url_rule.rule if request.url_rule is not None else SECRET_PART
    adapter = request_ctx.url_adapter
    if SECRET_PART in rule or adapter is None or not adapter.test(request.path, "POST"):
        return ""
    return request.path.strip("/").replace("/", ".")


def _waiting() -> set[Key]:
    """Return the drafts of the person asking, looked up once in a request."""
    known = account()
    if "drafts" not in g:
        g.drafts = drafts.listed(session(), known.id) if known is not None else set()
    found: set[Key] = g.drafts
    return found
