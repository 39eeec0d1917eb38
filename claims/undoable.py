"""What of an act can be taken back by its undo, and what is said instead where it cannot."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sources.columns import Words

SIGNED: Words = {
    "zh": "签发不能撤销。请重新打开这条论断，改好后再提交、再签发。",
    "en": "A signature is not undone. Reopen the claim; it is then submitted and signed anew.",
}
SUBMITTED: Words = {
    "zh": "提交不能撤销。请第二人退回，或直接修改：一有改动就回到核查中。",
    "en": "A submission is not undone. Let the second person return it, or change what is wrong: "
    "with a change it is being checked again.",
}
PUBLISHED: Words = {
    "zh": "文章的签发和紧急发布不能撤销，它们留在记录里。",
    "en": "An article's sign-off or emergency publication is not undone; it stays in the record.",
}
ISSUED: Words = {
    "zh": "已出具的附录是证物，不能撤销；请另出一份。",
    "en": "An issued appendix is a witness and is not undone; issue another one.",
}
OUTSIDE: Words = {
    "zh": "来自外部的答复不能撤销；可以撤回由它而来的证据，或作废链接。",
    "en": "An answer from outside is not undone; withdraw the evidence made of it, "
    "or revoke the link.",
}
ACCOUNTS: Words = {
    "zh": "账号的改动不能撤销；请在账号页上改回。",
    "en": "What was done to an account is not undone; change it on its own page.",
}
TOKENS: Words = {
    "zh": "API 令牌不能这样撤销；请在令牌页上吊销，或另建一个。",
    "en": "A token is not undone; revoke it on the page of tokens, or make another one.",
}
FACTORS: Words = {
    "zh": "第二重验证的改动不能撤销；请本人重新设置。",
    "en": "A second factor is not undone; whoever it belongs to sets it up anew.",
}
LINKS: Words = {
    "zh": "一次性链接不能撤销；另发一个链接，旧的就作废。",
    "en": "A one-time link is not undone; send another one, and the older no longer holds.",
}
IDENTITIES: Words = {
    "zh": "身份的绑定不能这样撤销；请在身份页上解除或重新绑定。",
    "en": "Binding an identity is not undone; let it go, or bind it anew, on its own page.",
}
FILTERS: Words = {
    "zh": "保存的筛选不能这样撤销；请在清单里改名、删除或重新保存。",
    "en": "A saved filter is not undone; rename it, remove it or save it anew beside the list.",
}
ERASED: Words = {
    "zh": "已删除的值不能找回。",
    "en": "What was erased cannot be brought back.",
}
SETTLED: Words = {
    "zh": "争议的裁定不能撤销；请另提一项争议。",
    "en": "The settlement of a contest is not undone; raise another contest.",
}
BLOCKING: Words = {
    "zh": "已经阻止签发的争议，只有了结它才能解除。",
    "en": "A contest that blocks the sign-off does so until it is settled.",
}
MADE: Words = {
    "zh": "新建的论断不能这样撤销；可以标为不再涉及。",
    "en": "A claim that was made is not undone here; drop it on its own page.",
}
TEXTS: Words = {
    "zh": "收下的版本从不改动；请再存一版。",
    "en": "A version that was taken in never changes; store another one.",
}
CONTACTS: Words = {
    "zh": "联系人的保存和销毁不能撤销；请另存一个。",
    "en": "Keeping or destroying a contact is not undone; keep another one.",
}
KNOWING: Words = {
    "zh": "知悉授权不能撤销；请在来源的保密页上收回或重新授予。",
    "en": "Who may know is not undone; revoke it, or let them know again, on its own page.",
}
OTHER: Words = {
    "zh": "这类改动没有撤销；请在它自己的页面上改回。",
    "en": "A change of this kind has no undo; change it back on its own page.",
}
SEEN: Words = {
    "zh": "查看网页的结果不能撤销；下次查看会更新。",
    "en": "What a look at a page found is not undone; the next look tells anew.",
}
WATCHED: Words = {
    "zh": "查看频率不能这样撤销；请在来源页上改回。",
    "en": "How often a source is looked at is changed back on the source's page.",
}
REASONS: Mapping[str, Words] = MappingProxyType(
    {
        "sign_off": SIGNED,
        "article_sign_off": PUBLISHED,
        "appendix": ISSUED,
        "appendix_file": ISSUED,
        "answer": OUTSIDE,
        "invitation": OUTSIDE,
        "invited_claim": OUTSIDE,
        "account": ACCOUNTS,
        "role_grant": ACCOUNTS,
        "account_identity": IDENTITIES,
        "account_link": LINKS,
        "api_token": TOKENS,
        "factor": FACTORS,
        "recovery_code": FACTORS,
        "saved_filter": FILTERS,
        "article_version": TEXTS,
        "observation": SEEN,
        "page_state": SEEN,
        "watch_wish": WATCHED,
        "contact": CONTACTS,
        "need_to_know": KNOWING,
    }
)
"""Why nothing of a table is undone; a table neither here nor below has :data:`OTHER`."""

UNDONE: Mapping[str, str] = MappingProxyType(
    {
        "article": "U",
        "claim": "U",
        "claim_anchor": "U",
        "citation": "U",
        "figure": "IUD",
        "figure_relation": "IUD",
        "evidence": "IU",
        "evidence_target": "ID",
        "formula_check": "IU",
        "assessment": "I",
        "claim_author": "I",
        "contest": "IU",
        "contest_evidence": "I",
        "comment": "IU",
        "finding": "IUD",
        "snooze": "ID",
        "source": "IU",
        "duplicate_answer": "I",
        "snapshot": "I",
        # What was asked of a site stays on record; the source or evidence beside it is undone.
        "capture_attempt": "I",
        "awaited_copy": "I",
    }
)
"""What is undone of each table: insertions, updates, deletions."""


def why_not(table: str, operation: str, after: Mapping[str, Any]) -> Words | None:
    """Why a change of a row is not undone; None where it is.

    ``operation`` is I, U or D; ``after`` holds the plain values that the change set.
    """
    if operation not in UNDONE.get(table, ""):
        return MADE if table == "claim" else REASONS.get(table, OTHER)
    if table == "claim" and "submission" in after:
        return SUBMITTED
    if table == "contest" and operation == "U":
        if after.get("outcome") not in {None, "withdrawn"}:
            return SETTLED
        if after.get("blocking"):
            return BLOCKING
    return None
