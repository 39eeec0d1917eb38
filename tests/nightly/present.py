"""Which version a form would carry if its page were opened now: a tool opened it an hour ago."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from lxml import html


def present(app: Flask) -> Callable[[dict[str, Any]], str | None]:
    """Tell the version that belongs to a form, by the page from which it says it was sent."""

    def version(environ: dict[str, Any]) -> str | None:
        path = environ["PATH_INFO"]
        page = urlsplit(environ.get("HTTP_REFERER", ""))._replace(scheme="", netloc="").geturl()
        client = app.test_client(use_cookies=False)
        shown = client.get(page or path, headers={"Cookie": environ.get("HTTP_COOKIE", "")})
        if shown.status_code >= 400 or "<form" not in shown.text:
            return None
        for form in html.fromstring(shown.text).forms:
            if form.method == "POST" and urlsplit(form.get("action") or path).path == path:
                found = dict(form.form_values()).get("version")
                return str(found) if found else None
        return None

    return version
