"""Capturing a source at its address: what the site sent, its record, and what can be read in it.

Nothing here touches the database before the files are in the store: the file first, its row second.
"""

import io
import json
import re
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from urllib.parse import unquote, urlsplit

from sqlalchemy.orm import Session

from sources import edtf, names, warc
from sources.attempt_models import CaptureAttempt
from sources.attempts import kept
from sources.documents.kinds import ENDINGS
from sources.errors import DeskError, Refused
from sources.extraction import Extracted
from sources.fetch_refusals import FIELD, status
from sources.fetching import Fetched, Fetcher, Watch, unwatched
from sources.file_names import cleaned
from sources.models import Snapshot
from sources.page_text import kind_of, read_page
from sources.registry import LANGUAGE
from sources.snapshots import together
from sources.store import LIMIT, Store
from sources.vocabulary import Capture

LONGEST_RECORD = 2 * LIMIT
"""Bytes of a record: a page that cannot be packed, and the frames around it."""


@dataclass(frozen=True, slots=True)
class Captured:
    """What a site sent: its type by its bytes, and its text; ``problem`` says it is no copy."""

    fetched: Fetched
    kind: str
    text: Extracted
    problem: DeskError | None = None


@dataclass(frozen=True, slots=True)
class Filed:
    """The digests under which a capture lies in the store; no file where there is no copy.

    ``working`` is that of a picture without what it says of its origin.
    """

    warc: str
    file: str | None
    working: str | None = None


def fetch(fetcher: Fetcher, address: str, watch: Watch = unwatched) -> Fetched:
    """Return what stands at an address, whatever it is; raise Refused where nothing came."""
    return fetcher.fetch(address, watch=watch)


def read(fetched: Fetched) -> Captured:
    """Read what came; an answer that says there is no page is told as the problem it is."""
    problem = status(fetched.status) or (None if fetched.content else _empty())
    kind = kind_of(fetched.content, fetched.media_type)
    if problem is None:
        try:
            return Captured(fetched, kind, read_page(fetched.content, kind, fetched.charset))
        except DeskError as harm:
            problem = harm
    return Captured(fetched, kind, Extracted(), problem)


def file(store: Store, found: Captured, agent: str) -> Filed:
    """Bring the record, and the page where there is one, to the disk; raise NoRoom."""
    page = store.put(io.BytesIO(found.fetched.content)) if found.problem is None else None
    facts: dict[str, object] = {
        "final-address": found.fetched.address,
        "http-status": found.fetched.status,
        "redirects": len(found.fetched.exchanges) - 1,
        "media-type": found.kind,
    }
    if page is not None:
        facts |= {"page-sha256": page.sha256, "page-size": page.size}
    record = warc.record(found.fetched.exchanges, facts, agent)
    clean = found.text.copy
    return Filed(
        warc=store.put(io.BytesIO(record), LONGEST_RECORD).sha256,
        file=page.sha256 if page is not None else None,
        working=store.put(io.BytesIO(clean)).sha256 if clean is not None else None,
    )


def keep(session: Session, attempt: CaptureAttempt, found: Captured, filed: Filed) -> Snapshot:
    """Note a copy that lies in the store as what an attempt brought."""
    fetched, told = found.fetched, found.text.document
    snapshot = Snapshot(
        source_id=attempt.source_id,
        capture=Capture.WEB,
        retrieved_at=fetched.retrieved_at,
        sha256=filed.file,
        media_type=found.kind,
        size=len(fetched.content),
        file_name=file_name(fetched, found.kind),
        extracted_text=found.text.text or None,
        places=found.text.places if found.text.text else None,
        remarks=together(found.text.remarks),
        working_sha256=filed.working,
        final_url=fetched.address,
        http_status=fetched.status,
        http_headers=json.dumps(fetched.headers, ensure_ascii=False, separators=(",", ":")),
        warc_sha256=filed.warc,
        page_title=told.title,
        page_authors=told.authors or _as_printed(told.byline),
        page_publisher=told.publisher,
        page_published=_date(told.published or told.made),
        page_language=_language(told.language, fetched),
        created_by=attempt.created_by,
    )
    session.add(snapshot)
    session.flush()
    kept(session, attempt, snapshot)
    return snapshot


def file_name(fetched: Fetched, kind: str) -> str | None:
    """Return the name a person would save it under: the site's own, or the address's last part."""
    path = unquote(urlsplit(fetched.address).path).rstrip("/").rpartition("/")[2]
    given = _stated_name(fetched) or path or urlsplit(fetched.address).hostname
    try:
        name = cleaned(given)
    except Refused:
        name = None
    ending = next((end for end, known in ENDINGS.items() if known == kind and end != ".text"), "")
    known = name and (not ending or ENDINGS.get("." + name.rpartition(".")[2].lower()) == kind)
    return name if known else cleaned(f"{name or 'page'}{ending}")


def _stated_name(fetched: Fetched) -> str | None:
    message = Message()
    for name, value in fetched.headers:
        if name.lower() == "content-disposition":
            message["Content-Disposition"] = re.sub(r"[\r\n]", " ", value)
            with suppress(ValueError):
                # A parameter in numbered parts has as many digits as the site likes.
                return message.get_filename()
    return None


def _language(stated: str | None, fetched: Fetched) -> str | None:
    """Return the language the page states, else the site, as a tag the register takes."""
    headers = [value for name, value in fetched.headers if name.lower() == "content-language"]
    for one in (stated, *headers):
        primary, dash, rest = (one or "").strip().partition("-")
        tag = f"{primary.lower()}{dash}{rest}"
        if LANGUAGE.fullmatch(tag):
            return tag
    return None


def _as_printed(byline: str | None) -> str | None:
    """Authors of whom nothing tells which word is the family name: kept together, unaltered."""
    parts = [part.strip() for part in (byline or "").split(";")]
    return names.written([{"literal": part} for part in parts if part])


def _date(stated: str | None) -> str | None:
    """Return a date where it is one."""
    return stated if stated and edtf.is_date(stated) else None


def _empty() -> Refused:
    return Refused(
        "fetch_empty",
        {
            "zh": "网站的回应是空的，没有内容可以保留。",
            "en": "The site's answer is empty; there is nothing to keep.",
        },
        FIELD,
    )
