"""Somebody with a telephone: sets it up at the desk, and knows the code of any moment."""

import re

import pyotp

from app.accounts import totp
from sources.base import now
from tests.app.views.visit import Visit


class Telephone:
    """A program for one-time codes, with a clock that is set forward."""

    def __init__(self, visit: Visit, name: str = "my telephone") -> None:
        """Set it up as a person does: scan, type the first code, keep the recovery codes."""
        self.visit, self.steps = visit, 0
        place = visit.post("/account/factors/telephone", name=name).headers["Location"]
        found = re.search(r'id="seed">([A-Z2-7 ]+)<', visit.get(place).text)
        assert found is not None
        self.place, self.seed = place, found[1].replace(" ", "")
        page = visit.post(place, 200, code=self.code()).text
        self.recovery_codes = re.findall(r'<code class="nw">([^<]+)</code>', page)

    def code(self, ahead: int = 0) -> str:
        """The code that it shows, steps ahead of now."""
        moment = int(now().timestamp()) // totp.STEP
        return pyotp.TOTP(self.seed).generate_otp(moment + ahead)
