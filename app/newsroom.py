"""Who publishes: the newsroom's name, and where readers find what it has checked."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from app.config import Settings
from claims.errors import Conflict

NEEDED = ("newsroom", "newsroom_url", "appendix_url")
"""Without these nobody outside could tell whose review it is, or find it."""


@dataclass(frozen=True, slots=True)
class Newsroom:
    """The publisher of reviews; the last three are empty where the settings say nothing.

    ``appendix_url`` and ``article_url`` have ``{article}`` where an article's key belongs, the
    former perhaps ``{claim}`` where a claim's number does.
    """

    name: str
    url: str
    appendix_url: str
    logo: str = ""
    article_url: str = ""

    def review(self, article: str, number: int) -> str:
        """The address of the review of a claim: the same in every issue of the appendix."""
        page = self.appendix_url.replace("{article}", quote(article, safe=""))
        if "{claim}" in page:
            return page.replace("{claim}", str(number))
        return f"{page}#c{number}"

    def article(self, key: str) -> str:
        """The address of an article, or nothing."""
        return self.article_url.replace("{article}", quote(key, safe=""))

    def as_dict(self) -> dict[str, Any]:
        """The newsroom as an organisation of schema.org."""
        found: dict[str, Any] = {"@type": "Organization", "name": self.name, "url": self.url}
        if self.logo:
            found["logo"] = {"@type": "ImageObject", "url": self.logo}
        return found


def newsroom(settings: Settings) -> Newsroom:
    """Return who publishes; raise Conflict naming the settings that are missing."""
    missing = [f"DESK_{name.upper()}" for name in NEEDED if not getattr(settings, name)]
    if missing:
        named = ", ".join(missing)
        raise Conflict(
            "newsroom_unnamed",
            {
                "zh": "还没有设置由谁发布、在哪里发布，写不出 ClaimReview。"
                f"请管理员设置：{named}。",
                "en": "It is not set who publishes and where, so no ClaimReview can be written. "
                f"Ask an administrator to set {named}.",
            },
        )
    return Newsroom(
        name=settings.newsroom,
        url=settings.newsroom_url,
        logo=settings.newsroom_logo,
        appendix_url=settings.appendix_url,
        article_url=settings.article_url,
    )
