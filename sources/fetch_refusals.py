"""Why a page could not be fetched, each reason in a sentence an editor can act on."""

from sources.errors import DeskError, Passing, Refused, TooLarge

FIELD = "url"
INNER_IN_CHINESE = {
    "private use": "专用网络",
    "this machine": "本机",
    "this network": "本网络",
    "shared by a carrier": "运营商内部",
    "link-local, where clouds keep their metadata": "链路本地",
    "link-local": "链路本地",
    "site-local": "站点本地",
    "multicast": "组播",
    "documentation": "文档示例",
    "given to nobody": "未分配",
}
"""Why an address is none of the public web; the rarer registries' words stay out of a sentence."""
LONGEST_NAMED = 200
"""Characters of a strange address that a sentence repeats."""


def refused(code: str, zh: str, en: str) -> Refused:
    """The refusal of a fetch, at the field ``url``."""
    return Refused(f"fetch_{code}", {"zh": zh, "en": en}, FIELD)


def passing(code: str, zh: str, en: str) -> Passing:
    """The refusal of a fetch that may succeed another time."""
    return Passing(f"fetch_{code}", {"zh": zh, "en": en}, FIELD)


def inner(host: str, why: str) -> Refused:
    """The name leads to an address nobody outside can look at; ``why`` is a registry's word."""
    known = INNER_IN_CHINESE.get(why)
    return refused(
        "inner",
        f"{host} 指向内部地址{f'（{known}）' if known else ''}，没有连接。请改为上传文件。",
        f"{host} leads to an address inside a network ({why}); no connection was made. "
        "Upload the document instead.",
    )


def port(number: int) -> Refused:
    """Pages are fetched from the two ports of the web only."""
    return refused(
        "port",
        f"只从 80 和 443 端口取网页，不从 {number} 端口取。",
        f"Pages are fetched from ports 80 and 443 only, not from {number}.",
    )


def unknown_host(host: str) -> Refused:
    """No name server knows the host."""
    return refused(
        "unknown_host",
        f"找不到 {host} 这个网站。请检查网址，或稍后再试。",
        f"There is no site called {host}. Check the address, or try again later.",
    )


def unreachable(host: str) -> Passing:
    """Nothing answers at the host."""
    return passing(
        "unreachable",
        f"{host} 拒绝连接或没有回应。请稍后再试，或在浏览器里另存后上传。",
        f"{host} refuses the connection or does not answer. Try again later, or save the page "
        "and upload it.",
    )


def certificate(host: str) -> Refused:
    """The site cannot prove that it is the one it says it is."""
    return refused(
        "certificate",
        f"{host} 的证书无效或加密方式已过时，无法确认内容出自该网站，因此没有读取。",
        f"The certificate or encryption of {host} is not valid, so nothing proves that the text "
        "comes from there; it was not read.",
    )


def slow(seconds: float) -> Passing:
    """The whole fetch took too long."""
    return passing(
        "slow",
        f"网站太慢：{seconds:g} 秒内没有传完。请稍后再试，或在浏览器里另存后上传。",
        f"The site is too slow: the page was not complete after {seconds:g} seconds. "
        "Try again later, or save the page and upload it.",
    )


def broken(host: str) -> Passing:
    """The answer is no HTTP, or ended before its end."""
    return passing(
        "broken",
        f"{host} 的回应不完整或不合 HTTP 规范，没有读取。",
        f"The answer of {host} is incomplete or not valid HTTP; it was not read.",
    )


def length(host: str) -> Refused:
    """The answer goes on behind the end it announced."""
    return refused(
        "length",
        f"{host} 的回应比它声明的长度长，不知道哪一部分是网页，没有读取。",
        f"The answer of {host} goes on behind the length it announced, so nobody can say what is "
        "the page; it was not read.",
    )


def large(limit: int) -> TooLarge:
    """The page has more bytes than are taken in."""
    return TooLarge(
        "fetch_large",
        {
            "zh": f"网页超过 {limit / 1_000_000:g} MB，没有读取。",
            "en": f"The page is larger than {limit / 1_000_000:g} MB and was not read.",
        },
        FIELD,
    )


def compressed(ratio: int) -> Refused:
    """The answer unpacks into far more than was sent."""
    return refused(
        "compressed",
        f"回应解压后超过传输量的 {ratio} 倍，疑似压缩炸弹，没有读取。",
        f"The answer unpacks to more than {ratio} times what was sent, as a decompression bomb "
        "does; it was not read.",
    )


def packing(name: str) -> Refused:
    """The answer is packed in a way that was not asked for."""
    return refused(
        "packing",
        f"网站用了没有请求的压缩方式（{name}）。",
        f"The site packed its answer in a way that was not asked for ({name}).",
    )


def kind(media_type: str) -> Refused:
    """The answer is no text."""
    return refused(
        "kind",
        f"这个网址不是文字内容（{media_type}）。可读取网页、纯文本、Markdown、PDF 和 .docx。",
        f"The address holds no text ({media_type}). Web pages, plain text, Markdown, PDF and .docx "
        "are read.",
    )


def redirected(address: str, problem: Refused) -> Refused:
    """The site sends its visitors to an address that is not fit to be fetched."""
    place = address[:LONGEST_NAMED]
    return Refused(
        problem.code,
        {
            "zh": f"网站转到了 {place}。{problem.message['zh']}",
            "en": f"The site redirects to {place}. {problem.message['en']}",
        },
        FIELD,
    )


def redirects(most: int) -> Refused:
    """The site sends its visitors on and on."""
    return refused(
        "redirects",
        f"网站转了 {most} 次还没有到达网页。请直接填写最终网址。",
        f"The site redirected {most} times without arriving. Give the final address.",
    )


def status(code: int) -> DeskError | None:
    """The refusal for an answer that is not the page; None for one that is."""
    if code in {401, 403, 407, 451}:
        return refused(
            "signed_out",
            f"网站不让未登录的访客阅读（{code}）。请登录后把网页另存，再上传。",
            f"The site does not show this page to visitors ({code}). Sign in there, save "
            "the page and upload it.",
        )
    if code in {404, 410}:
        return refused(
            "missing",
            f"网站上没有这个网页（{code}）。请检查网址。",
            f"The site has no such page ({code}). Check the address.",
        )
    if code == 429:  # noqa: PLR2004 - Too Many Requests
        return passing(
            "busy",
            "网站说请求太多（429）。请过几分钟再试，或在浏览器里另存后上传。",
            "The site says there were too many requests (429). Try again in some minutes, or "
            "save the page and upload it.",
        )
    if code // 100 != 2:  # noqa: PLR2004 - the class of success
        # The server's own trouble passes; what it says of the request stays true.
        tell = passing if code // 100 == 5 else refused  # noqa: PLR2004 - the class of that trouble
        return tell(
            "status",
            f"网站没有给出网页，而是错误 {code}。请稍后再试，或在浏览器里另存后上传。",
            f"The site gave error {code} instead of the page. Try again later, or save the page "
            "and upload it.",
        )
    return None
