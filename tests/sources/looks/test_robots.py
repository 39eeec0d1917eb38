"""What a robots.txt lets this program read."""

import pytest

from sources.looks.robots import Rules, asked, host_of_pace, robots_address
from tests.sources.servers import answer, fetcher, serving

PAGE = "https://example.org:8443/reports/rain?year=2024"


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("", True),
        ("User-agent: *\nDisallow: /reports", False),
        ("User-agent: *\nDisallow: /\nAllow: /reports", True),
        ("User-agent: ClaimDesk\nDisallow:\n\nUser-agent: *\nDisallow: /", True),
        ("User-agent: *\nDisallow: /*?year=", False),
        ("no robots file at all \x00 <html>", True),
    ],
)
def test_the_longest_rule_for_us_decides(text: str, *, allowed: bool) -> None:
    assert Rules(text).allow(PAGE) is allowed


def test_the_pause_a_site_asks_for_is_read() -> None:
    assert Rules("User-agent: *\nCrawl-delay: 7.5").pause == 7.5
    assert Rules("User-agent: *\nDisallow:").pause is None


def test_the_rules_of_an_address_stand_at_its_own_host_and_port() -> None:
    assert robots_address(PAGE) == "https://example.org:8443/robots.txt"
    assert host_of_pace(PAGE) == "example.org:8443"


@pytest.mark.parametrize(
    ("content", "allowed"),
    [
        (answer(b"", status="404 Not Found"), True),
        (answer(b"", status="403 Forbidden"), True),
        (answer(b"", status="503 Busy"), False),
        (answer(b"User-agent: *\nDisallow: /r", kind="text/plain"), False),
        (answer(b"\xff\xfe\x00 junk"), True),
        (b"", False),
    ],
)
def test_a_site_without_rules_is_open_and_one_that_cannot_answer_is_not(
    content: bytes, *, allowed: bool
) -> None:
    with serving(content) as server:
        page = f"http://rain.example:{server.port}/rain"
        assert asked(fetcher(server), page).allow(page) is allowed
