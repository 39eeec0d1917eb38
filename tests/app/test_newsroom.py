"""Who publishes is named by the settings, and what is missing in them is named too."""

from pathlib import Path

import pytest

from app.config import Settings
from app.newsroom import newsroom
from claims.errors import Conflict
from tests.engines import PUBLISHING


def load(tmp_path: Path, **environ: str) -> Settings:
    return Settings.load({"DESK_HOME": str(tmp_path), **environ})


@pytest.mark.parametrize("missing", PUBLISHING)
def test_a_newsroom_without_name_or_address_is_refused_by_the_setting(
    tmp_path: Path, missing: str
) -> None:
    given = {name: value for name, value in PUBLISHING.items() if name != missing}
    with pytest.raises(Conflict) as caught:
        newsroom(load(tmp_path, **given))
    for tongue in ("zh", "en"):
        assert caught.value.message[tongue].rstrip("。.").endswith(missing)


def test_a_newsroom_is_an_organisation_with_a_logo_where_it_has_one(tmp_path: Path) -> None:
    plain = newsroom(load(tmp_path, **PUBLISHING))
    assert plain.as_dict().keys() == {"@type", "name", "url"}
    assert plain.article("ten-years") == ""
    logo = "https://gazette.example/logo.png"
    assert newsroom(load(tmp_path, **PUBLISHING, DESK_NEWSROOM_LOGO=logo)).as_dict()["logo"] == {
        "@type": "ImageObject",
        "url": logo,
    }
