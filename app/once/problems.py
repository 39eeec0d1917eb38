"""What is said of a key that is missing, was used for something else, or is still being used."""

from claims.errors import Conflict, DeskError, Refused

RETRY_AFTER = 2
"""Seconds after which whoever was told to wait may ask again."""


class Unkeyed(DeskError):
    """A writing request without a key that we could know it by again."""


class StillRunning(DeskError):
    """The first request of this key has not been answered yet."""


def no_key() -> Unkeyed:
    """A request that carries no key, or two, or one that cannot be kept."""
    return Unkeyed(
        "key_missing",
        {
            "zh": "这个请求没有带上可用的编号，无法防止重复保存，所以没有执行。"
            "请重新打开页面再提交；程序须带 Idempotency-Key 标头（1 至 64 个可见的 ASCII 字符）。",
            "en": "This request carries no usable key, so it could be done twice and was not "
            "done. Open the page again and send its form; a program sends an Idempotency-Key "
            "header of 1 to 64 visible ASCII characters.",
        },
    )


def reused() -> Refused:
    """A key that was sent before, with something else."""
    return Refused(
        "key_reused",
        {
            "zh": "这张表单已经用别的内容提交过一次，那一次已经保存。您现在填写的内容没有保存，"
            "还在下面；再次提交会作为新的内容保存。",
            "en": "This form was already sent once with other content, and that was saved. What "
            "you typed now is not saved and is still below; sending it again saves it as new.",
        },
    )


def reused_without_form() -> Refused:
    """The same where there is nothing typed that could be shown again."""
    return Refused(
        "key_reused",
        {
            "zh": "这个编号已经用于另一个请求，所以这次没有执行。请重新打开页面再提交。",
            "en": "This key was already used for another request, so nothing was done. Open the "
            "page again and send its form.",
        },
    )


def done_before() -> Conflict:
    """A repetition whose first answer is not shown any more."""
    return Conflict(
        "done_before",
        {
            "zh": "这张表单已经提交过一次，没有再次执行。那一次的答复不再显示；"
            "如果您没有看到其中的链接或口令，请重新生成。",
            "en": "This form was already sent once and was not done again. What was answered then "
            "is not shown any more; if you have not seen the link or token in it, make it anew.",
        },
    )


def still_running() -> StillRunning:
    """A repetition that has waited long enough for the first."""
    return StillRunning(
        "still_running",
        {
            "zh": "同一个请求还在执行，没有重复执行。请稍候再提交一次。",
            "en": "The same request is still being done, and was not done twice. Send it again "
            "in a moment.",
        },
    )
