"""Settings refuse nonsense with the variable's name, and show no secret."""

import stat
from pathlib import Path

import pytest

from app.config import Settings, read_dotenv, release
from app.kept_secrets import MASK
from app.variables import SettingError

STRONG = "0123456789abcdefghijklmnopqrstuvwxyz"


def load(tmp_path: Path, **environ: str) -> Settings:
    return Settings.load({"DESK_HOME": str(tmp_path), **environ})


def test_an_installation_without_any_setting_works(tmp_path: Path) -> None:
    settings = load(tmp_path)
    assert settings.database_url == f"sqlite:///{tmp_path}/desk.sqlite3"
    assert len(settings.secret_key) == 64
    assert len(settings.ledger_key()) == 32
    assert settings.demo is False


def test_keys_are_drawn_once_and_belong_to_nobody_else(tmp_path: Path) -> None:
    first, second = load(tmp_path), load(tmp_path)
    assert first.secret_key == second.secret_key
    assert first.ledger_key() == second.ledger_key()
    for file in (tmp_path / "keys").iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(list((tmp_path / "keys").iterdir())) == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DESK_DEMO", "perhaps"),
        ("DESK_PROXIES", "-1"),
        ("DESK_PROXIES", "٤"),
        ("DESK_SIGN_OFF_LEVELS", "4"),
        ("DESK_SIGN_OFF_LEVELS", "two"),
        ("DESK_TIMEZONE", "Asia/Nowhere"),
        ("DESK_LOG_FORMAT", "xml"),
        ("DESK_DATABASE_URL", "mysql://x"),
        ("DESK_DATABASE_URL", "sqlite://"),
        ("DESK_DATABASE_URL", "sqlite:///:memory:"),
        ("DESK_NEWSROOM_URL", "news.example.org"),
        ("DESK_NEWSROOM_URL", "ftp://news.example.org/"),
        ("DESK_NEWSROOM_URL", "https://li:secret@news.example.org/"),
        ("DESK_NEWSROOM_URL", "https://[news/"),
        ("DESK_NEWSROOM_URL", "https://news.example.org/{article}"),
        ("DESK_NEWSROOM_LOGO", "https://news.example.org/a logo.png"),
        ("DESK_APPENDIX_URL", "https://news.example.org/checks/"),
        ("DESK_APPENDIX_URL", "https://news.example.org/{claim}"),
        ("DESK_APPENDIX_URL", "https://news.example.org/{article}#{claim}"),
        ("DESK_APPENDIX_URL", "https://news.example.org/{article}/{}"),
        ("DESK_ARTICLE_URL", "https://news.example.org/{article}/{claim}"),
        ("DESK_PUBLIC_FEED", "maybe"),
        ("DESK_SECRET_KEY", "short"),
        ("DESK_SECRET_KEY", "a" * 64),
    ],
)
def test_nonsense_is_refused_by_name(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingError) as caught:
        load(tmp_path, **{name: value})
    assert caught.value.name == name


def test_the_levels_of_sign_off_are_the_policys_unless_the_desk_says_otherwise(
    tmp_path: Path,
) -> None:
    assert load(tmp_path).sign_off_levels == 0
    assert load(tmp_path, DESK_SIGN_OFF_LEVELS="3").sign_off_levels == 3


def test_who_publishes_is_not_set_unless_it_is_a_demo_or_somebody_says(tmp_path: Path) -> None:
    plain, demo = load(tmp_path), load(tmp_path, DESK_DEMO="1")
    assert not any((plain.newsroom, plain.newsroom_url, plain.appendix_url, plain.public_feed))
    assert demo.newsroom
    assert ".example/" in demo.appendix_url
    own = "https://news.example.org/{article}/{claim}?page=1"
    assert load(tmp_path, DESK_DEMO="1", DESK_APPENDIX_URL=own).appendix_url == own


def test_a_demo_may_have_a_weak_secret(tmp_path: Path) -> None:
    assert load(tmp_path, DESK_DEMO="1", DESK_SECRET_KEY="demo").secret_key == "demo"


def test_a_damaged_ledger_key_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("not hexadecimal")
    with pytest.raises(SettingError, match="DESK_LEDGER_KEY_FILE"):
        load(tmp_path, DESK_LEDGER_KEY_FILE=str(file)).ledger_key()


def test_what_is_shown_holds_no_secret(tmp_path: Path) -> None:
    settings = load(
        tmp_path,
        DESK_SECRET_KEY=STRONG,
        DESK_SECRET_KEY_FALLBACKS=f"old-canary-{STRONG}, older-{STRONG}",
        DESK_DATABASE_URL="postgresql://desk:pass-canary@db.example:5432/desk",
    )
    shown = settings.public()
    assert shown["DESK_SECRET_KEY"] == MASK
    assert shown["DESK_DATABASE_URL"] == f"postgresql+psycopg://desk:{MASK}@db.example:5432/desk"
    assert "canary" not in repr(shown)
    assert STRONG not in repr(shown)


def test_dotenv_is_read_as_a_shell_would(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("# comment\nexport DESK_A='a b'\nDESK_B = 2\nDESK_C=\"x=y\"\n\n")
    assert read_dotenv(file) == {"DESK_A": "a b", "DESK_B": "2", "DESK_C": "x=y"}
    file.write_text("DESK_A\n")
    with pytest.raises(SettingError, match="line 1"):
        read_dotenv(file)
    assert read_dotenv(tmp_path / "none") == {}


@pytest.mark.parametrize("name", ["DESK_SECRET_KEY", "DESK_SECRET_KEY_FALLBACKS"])
@pytest.mark.parametrize("weak", ["demo", "claim-desk-demo", "a" * 64, "0123456789" * 3])
def test_a_weak_secret_starts_no_desk_outside_the_demo(
    tmp_path: Path, name: str, weak: str
) -> None:
    """T-AUTH: neither as the present secret nor as a former one."""
    with pytest.raises(SettingError, match=f"{name}: too weak"):
        load(tmp_path, **{name: weak})


def test_a_secret_that_others_can_open_starts_no_desk(tmp_path: Path) -> None:
    """T-AUTH: the file is its owner's alone."""
    load(tmp_path)
    file = tmp_path / "keys" / "secret"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.chmod(0o640)
    with pytest.raises(SettingError, match="chmod 600"):
        load(tmp_path)


@pytest.mark.parametrize("text", ["", "writes=1,reads=0"])
def test_quotas_are_named_one_by_one(tmp_path: Path, text: str) -> None:
    quotas = load(tmp_path, DESK_QUOTAS=text).quotas
    assert quotas["writes"] == (1 if text else 300)
    assert quotas["exports"] == 120
    for wrong in ("writes", "writes=many", "nothing=5", "writes=-1"):
        with pytest.raises(SettingError, match="DESK_QUOTAS"):
            load(tmp_path, DESK_QUOTAS=wrong)


def test_the_release_is_the_one_in_pyproject() -> None:
    assert release().count(".") == 2
