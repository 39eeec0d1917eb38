"""A form is refused by its size before it costs anything, and what people send is taken."""

import time

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from app.bodies import DeskRequest
from app.factory import CONFIG, FORM_LIMIT
from app.form_bodies import AS_WRITTEN, MOST_FIELDS, URLENCODED


@pytest.fixture
def client() -> FlaskClient:
    """An application that counts the fields it was sent, whoever sends them."""
    app = Flask(__name__)
    app.request_class = DeskRequest
    app.config.update(CONFIG)
    app.add_url_rule("/", view_func=lambda: str(len(request.form)), methods=["POST"])
    return app.test_client()


def test_a_form_of_millions_of_fields_is_refused_before_it_is_taken_apart(
    client: FlaskClient,
) -> None:
    """T-DOS: eight million empty fields took seven seconds, of anybody who asked."""
    begun = time.process_time()
    for body in (b"a&" * 3_000_000, b"a&" * 9_000_000, b"a=" + b"x" * FORM_LIMIT * AS_WRITTEN):
        assert client.post("/", data=body, content_type=URLENCODED).status_code == 413
    assert time.process_time() - begun < 5
    many = "&".join(f"a{number}" for number in range(MOST_FIELDS + 1))
    assert client.post("/", data=many, content_type=URLENCODED).status_code == 413


def test_an_article_and_an_act_on_every_claim_are_taken(client: FlaskClient) -> None:
    many = "&".join(f"a{number}=1" for number in range(MOST_FIELDS))
    assert client.post("/", data=many, content_type=URLENCODED).text == str(MOST_FIELDS)
    article = b"text=" + b"x" * (FORM_LIMIT * AS_WRITTEN - 20) + b"&title=x"
    assert client.post("/", data=article, content_type=URLENCODED).text == "2"
