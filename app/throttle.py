"""Who asks for too much waits: each request that costs is counted before it does anything."""

from typing import Final

import structlog
from flask import Flask, current_app, request
from werkzeug.exceptions import TooManyRequests

from app.accounts.current import account
from app.limits.places import place_sha256
from app.limits.reserves import Reserves
from app.limits.vocabulary import Quota
from app.unit_of_work import SAFE_METHODS
from sources.columns import Words

log = structlog.get_logger()

MEGABYTE = 1024 * 1024
SMALL = 64 * 1024
"""Bytes of a form without a file worth the name."""
NOTES: Final = frozenset({"drafts.keep", "watching.edit"})
"""What an open page sends by itself, every few seconds."""
COSTLY: Final[dict[Quota, frozenset[str]]] = {
    Quota.CAPTURES: frozenset(
        {"captures.ask", "captures.take", "looks.look", "looks.take_copy", "sources.recheck"}
    ),
    Quota.EXPORTS: frozenset(
        {
            "appendices.export",
            "appendix_issues.again",
            "appendix_issues.make",
            "appendix_issues.proof",
            "citations.listed",
            "citations.of_article",
            "contested.as_csv",
            "looks.report_as_csv",
            "queue.as_csv",
            "queue_bulk.export",
            "questions.as_csv",
            "snapshots.download",
            "snapshots.original",
        }
    ),
    Quota.READS: frozenset(
        {
            "appendices.as_json",
            "appendices.page",
            "audit.as_json",
            "audit.page",
            "comparison.as_json",
            "comparison.page",
            "feeds.claim_reviews",
            "reviews.as_json",
            "reviews.page",
            "search.as_json",
            "search.page",
            "verifying.verify",
        }
    ),
}
PAST = "at"
"""The word in an address that asks for the past, which is replayed from the ledger."""
SPENT: Final[Words] = {
    "zh": "这个账户在短时间内的操作太多，请稍候再继续。",
    "en": "This account did more in a short time than the desk allows one account. Wait a moment.",
}


class QuotaSpent(TooManyRequests):
    """The quota is spent until it begins anew."""

    message = SPENT


def subject() -> str:
    """Return whom a request is counted for: the account, or the place of somebody without one."""
    known = account()
    return str(known.id) if known is not None else place_sha256(request.remote_addr or "")


def asked() -> dict[Quota, int]:
    """Return what the request takes of which quota."""
    taken: dict[Quota, int] = {}
    if request.method not in SAFE_METHODS:
        taken[_of_writing()] = 1
        size = request.content_length or 0
        if request.mimetype == "multipart/form-data" and size > SMALL:
            taken[Quota.UPLOADS] = 1
            taken[Quota.MEGABYTES] = -(-size // MEGABYTE)
    elif PAST in request.args:
        taken[Quota.READS] = 1
    for quota, endpoints in COSTLY.items():
        if request.endpoint in endpoints:
            taken[quota] = 1
    return taken


def _of_writing() -> Quota:
    if account() is None:
        return Quota.VISITORS
    return Quota.NOTES if request.endpoint in NOTES else Quota.WRITES


def count() -> None:
    """Count a request before its view; raise QuotaSpent where there is nothing left."""
    reserves: Reserves = current_app.extensions["reserves"]
    for quota, units in asked().items():
        wait = reserves.wait(quota, subject(), units)
        if wait is not None:
            log.warning("quota spent", quota=quota.value, endpoint=request.endpoint)
            raise QuotaSpent(retry_after=wait)


def init_throttle(app: Flask) -> None:
    """Count each request once it is known who asks."""
    app.extensions["reserves"] = Reserves(app.extensions["database"])
    app.before_request(count)
