"""The place in a page where it verifies itself: the words its script shows, and the script."""

from functools import cache
from html import escape
from pathlib import Path

from app.exports.verifier.findings import MEANINGS

SCRIPT = Path(__file__).with_name("verify.js")
WORDS = {
    "button": ("核验本页", "Verify this page"),
    "choose": ("核验保存下来的文件（HTML）：", "Verify a file you saved (HTML):"),
    "working": ("正在核验……", "Checking…"),
    "holds": ("成立：与出具时一致。", "It holds: this is what was issued."),
    "fails": ("不成立：", "It does not hold:"),
    "key": (
        "签名所用的公钥，请与编辑部另行公布的核对：",
        "It is signed with this key; compare it with the one the newsroom publishes elsewhere:",
    ),
    "honest": (
        (
            "文件里的程序不能为自己作证：造假者可以连程序一起改。"
            "请核对公钥，或改用从编辑部得到的 verify_appendix.py。"
        ),
        (
            "A program inside a file vouches for nothing: a forger could have changed both. Compare"
            " the key, or use verify_appendix.py as you got it from the newsroom."
        ),
    ),
}
LEGEND = ("各项结论的意思", "What each finding means")
ABOUT_FILES = frozenset(
    {"WRONG", "UNKNOWN_NUMBER", "FOREIGN_DESK", "NOT_IN_LEDGER", "OTHER_CONTENT"}
)
"""Findings that only the program or the desk can come to."""


def place(tongues: tuple[str, ...]) -> str:
    """The element that the script fills, with its words in the page's languages."""
    data = "".join(
        f' data-{name}="{escape(said(words, tongues))}"' for name, words in WORDS.items()
    )
    listed = "".join(
        f"<dt>{name}</dt><dd>{escape(said(words, tongues))}</dd>"
        for name, words in MEANINGS.items()
        if name not in ABOUT_FILES
    )
    legend = f"<summary>{escape(said(LEGEND, tongues))}</summary><dl>{listed}</dl>"
    return f'<div id="verify"{data}><details>{legend}</details></div>'


def said(words: tuple[str, str], tongues: tuple[str, ...]) -> str:
    """Words in the languages of a page, one after the other."""
    return " / ".join(words[tongue == "en"] for tongue in tongues)


@cache
def script() -> str:
    """The text of the script; a page holds it as it stands here."""
    return SCRIPT.read_text(encoding="utf-8")
