"""The note in a form holds while the secret is changed, and no longer than its old secret does."""

from dataclasses import replace

import pytest

from app.accounts.models import Draft
from app.db import Database
from app.factory import create_app
from tests.app.browser import Person
from tests.app.claim_desk import Desk

OURS = {"Sec-Fetch-Site": "same-origin"}
NEW = "another secret of forty characters 012345"


@pytest.mark.parametrize(("known", "status"), [(True, 303), (False, 403)])
def test_a_form_and_a_session_outlive_the_change_of_the_secret(
    desk: Desk, checker: Person, *, known: bool, status: int
) -> None:
    form = checker.open(f"{desk.path}/edit", "kind")
    lost = checker.open(f"{desk.path}/assessment", "reasoning")
    _change_secret(desk.database, checker, known=known)
    assert checker.send(form, kind="sent with the old secret").status_code == status
    checker.client.delete_cookie("desk_session")
    data = {**lost.fields, "reasoning": "half a"}
    answer = checker.client.post(lost.action, data=data, headers=OURS)
    assert answer.status_code == status
    assert desk.count(Draft) == int(known)


def _change_secret(database: Database, person: Person, *, known: bool) -> None:
    """Start the desk anew with another secret, told of the former one or not."""
    old = database.settings
    former = (old.secret_key,) if known else ()
    app = create_app(replace(old, secret_key=NEW, secret_key_fallbacks=former), database)
    person.client.application = app
