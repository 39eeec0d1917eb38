"""A person's own keys: kept for the account, told to every page, and given up again."""

from app.db import Database
from tests.app.claim_desk import Desk
from tests.app.views.visit import Visit

PATH = "/account/keys"


def test_a_changed_key_is_told_to_every_page(database: Database) -> None:
    person = Desk(database).person("li.wei")
    assert person.fill(PATH, "key_e", key_e="w", key_f="").status_code == 303
    page = person.get("/queue").text
    assert 'data-changed-keys="{&#34;e&#34;:&#34;w&#34;,&#34;f&#34;:&#34;&#34;}"' in page
    assert 'data-single-keys="on"' in page
    assert person.open(PATH, "key_e").fields["key_e"] == ["w"]


def test_all_single_keys_are_switched_off_and_on_again(sqlite_database: Database) -> None:
    person = Desk(sqlite_database).person("li.wei")
    form = person.open(PATH, "key_e")
    assert form.fields.pop("single_keys") == ["y"]
    person.send(form)
    assert 'data-single-keys="off"' in person.get("/").text
    person.fill(PATH, "key_e", reset="1")
    assert 'data-single-keys="on"' in person.get("/").text


def test_an_unusable_key_is_refused_at_its_field(sqlite_database: Database) -> None:
    page = Visit(sqlite_database).post(PATH, 422, key_e="j", single_keys="y", version="0").text
    assert 'href="#key_' in page
    assert 'value="j"' in page


def test_a_form_opened_before_another_change_does_not_undo_it(sqlite_database: Database) -> None:
    person = Desk(sqlite_database).person("li.wei")
    person.fill(PATH, "key_e", key_e="w")
    old = person.open(PATH, "key_e")
    person.fill(PATH, "key_e", key_e="q")
    assert person.send(old).status_code == 409
    assert person.open(PATH, "key_e").fields["key_e"] == ["q"]


def test_keys_belong_to_one_account(sqlite_database: Database) -> None:
    desk = Desk(sqlite_database)
    desk.person("li.wei").fill(PATH, "key_e", key_e="w")
    assert 'data-changed-keys="{}"' in desk.person("zhang.min").get("/").text
