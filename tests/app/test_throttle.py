"""Whoever asks for too much is told how long to wait, and loses nothing that was typed."""

from dataclasses import replace

import pytest
from lxml import html

from app.defaults import QUOTAS
from app.once.asked import new_key
from app.throttle import COSTLY, NOTES
from tests.app.claim_desk import Desk
from tests.statements import statements

SAME = {"Sec-Fetch-Site": "same-origin"}
SAID = {
    "en": ("More than one person does in this time", "What you typed is kept", "Try again in"),
    "zh": ("短时间内的操作超过一个人的量", "您填写的内容已保留", "秒后再试"),
}


def allow(desk: Desk, **quotas: int) -> None:
    desk.database.settings = replace(desk.database.settings, quotas={**QUOTAS, **quotas})


@pytest.mark.parametrize("language", SAID)
def test_a_form_above_the_quota_is_kept_for_its_person(desk: Desk, language: str) -> None:
    """T-DOS: 429 with Retry-After, in both languages."""
    person = desk.person("li.wei", language)
    form = person.open(f"{desk.path}/edit", "kind")
    allow(desk, writes=1)
    for status in (422, 429):
        answer = person.client.post(
            form.action,
            data={**form.fields, "kind": "typed" if status == 429 else "\0"},
            headers=SAME,
        )
        assert answer.status_code == status
    assert 0 < int(answer.headers["Retry-After"]) <= 61
    for words in SAID[language]:
        assert words in answer.text
    (back, _start) = html.fromstring(answer.text).xpath("//main//a[contains(@class, 'btn')]/@href")
    assert person.open(back, "kind").fields["kind"] == ["typed"]
    assert desk.person("zhang.min").get("/queue?view=all").status_code == 200


def test_reading_costs_no_statement_and_costly_pages_are_counted(desk: Desk) -> None:
    reviewer = desk.person("zhang.min")
    allow(desk, reads=2, exports=1)
    with statements(desk.database.engine, "INSERT") as sent:
        reviewer.get("/queue?view=all")
    assert sent == []
    for path, statuses in (("/search?q=a", (200, 200, 429)), ("/contested.csv", (200, 429))):
        assert tuple(reviewer.get(path).status_code for _ in statuses) == statuses
    told = reviewer.client.get("/search.json?q=a")
    assert told.status_code == 429
    assert set(told.get_json()["message"]) == {"zh", "en"}


def test_strangers_are_counted_by_where_they_come_from(desk: Desk) -> None:
    """T-DOS: of a line with many addresses all are one."""
    allow(desk, visitors=2)
    desk.app.config["WTF_CSRF_ENABLED"] = False
    for network, statuses in (("192.0.2.1", (303, 303, 429)), ("2001:db8::", (303, 303, 429))):
        found = []
        for number, _ in enumerate(statuses):
            address = f"{network}{number + 1}" if network.endswith(":") else network
            sent = {"language": "en", "receipt": new_key()}
            base = {"REMOTE_ADDR": address}
            client = desk.app.test_client()
            found.append(client.post("/language", data=sent, environ_base=base).status_code)
        assert tuple(found) == statuses


def test_what_is_counted_by_name_is_there(desk: Desk) -> None:
    known = set(desk.app.view_functions)
    assert known >= NOTES
    for endpoints in COSTLY.values():
        assert endpoints <= known
