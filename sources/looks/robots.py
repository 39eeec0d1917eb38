"""What a site lets a machine read: its robots.txt (RFC 9309), fetched by the guarded fetcher.

Only looks that nobody asked for keep to it. A person who wants a copy of a page is no robot.
"""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from protego import Protego

from sources.errors import DeskError
from sources.fetching import AGENT, Fetcher
from sources.looks.models import HostPace
from sources.looks.policy import WatchPolicy

LARGEST = 500 * 1024
"""Bytes of a robots.txt that are read (RFC 9309, 2.5)."""
KEPT = 64_000
"""Characters that are kept: the rest of a longer one is not heeded."""
CLIENT_ERROR, SERVER_ERROR = 4, 5


@dataclass(frozen=True, slots=True)
class Rules:
    """What a robots.txt says; ``refuses_all`` where the site could not be asked for it."""

    text: str
    refuses_all: bool = False

    def allow(self, address: str) -> bool:
        """Whether a machine of ours may read an address."""
        return not self.refuses_all and bool(Protego.parse(self.text).can_fetch(address, AGENT))

    @property
    def pause(self) -> float | None:
        """The seconds between two requests that the site asks for."""
        asked = Protego.parse(self.text).crawl_delay(AGENT)
        return float(asked) if asked is not None else None


def host_of_pace(address: str) -> str:
    """Return the name under which a site is paced: host and port, as the address spells them."""
    return urlsplit(address).netloc


def robots_address(address: str) -> str:
    """Return where the robots.txt for an address stands."""
    parts = urlsplit(address)
    return urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))


def asked(fetcher: Fetcher, address: str) -> Rules:
    """Ask a site for its rules (RFC 9309, 2.3.1): without a file all is allowed.

    While a site cannot answer, nothing of it is read.
    """
    try:
        found = fetcher.fetch(robots_address(address))
    except DeskError:
        return Rules("", refuses_all=True)
    if found.status // 100 == CLIENT_ERROR:
        return Rules("")
    if found.status // 100 == SERVER_ERROR:
        return Rules("", refuses_all=True)
    return Rules(found.content[:LARGEST].decode("utf-8", "replace")[:KEPT].replace("\x00", ""))


def known(row: HostPace | None, policy: WatchPolicy, moment: dt.datetime) -> Rules | None:
    """Return the rules that are on record for a site; None where they are too old or not there."""
    if row is None or row.robots_at is None:
        return None
    # A site that could not be asked is asked again sooner.
    hours = 1 if row.refuses_all else policy.robots_hours
    if moment - row.robots_at > dt.timedelta(hours=hours):
        return None
    return Rules(row.robots or "", refuses_all=row.refuses_all)
