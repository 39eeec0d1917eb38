"""What is said about an identity provider is looked at before the desk starts, and kept secret."""

import json
from pathlib import Path

import pytest

from app import provider_settings
from app.config import Settings
from app.kept_secrets import MASK
from app.variables import SettingError

SECRET = "canary-0a1b2c3d4e"
WHOLE = {
    "DESK_OIDC_ISSUER": "https://id.example.org/realms/news",
    "DESK_OIDC_CLIENT_ID": "desk",
    "DESK_OIDC_CLIENT_SECRET": SECRET,
    "DESK_OIDC_REDIRECT_URL": "https://desk.example.org/sign-in/provider/answer",
}


def load(tmp_path: Path, **environ: str) -> Settings:
    return Settings.load({"DESK_HOME": str(tmp_path), **environ})


def test_a_provider_needs_three_settings_and_has_a_name_of_its_own(tmp_path: Path) -> None:
    settings = load(tmp_path, **WHOLE)
    assert settings.oidc_name == "id.example.org"
    assert settings.oidc_scopes == "openid email"
    assert settings.oidc_mfa == ()
    assert load(tmp_path).oidc_issuer == ""


def test_the_secret_comes_from_a_file_and_is_shown_nowhere(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(f"{SECRET}\n", encoding="utf-8")
    rest = {name: value for name, value in WHOLE.items() if name != "DESK_OIDC_CLIENT_SECRET"}
    settings = load(tmp_path, **rest, DESK_OIDC_CLIENT_SECRET_FILE=str(file))
    assert settings.oidc_client_secret == SECRET
    shown = settings.public()
    assert shown["DESK_OIDC_CLIENT_SECRET"] == MASK
    assert SECRET not in json.dumps(shown)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DESK_OIDC_ISSUER", "http://id.example.org"),
        ("DESK_OIDC_ISSUER", "https://id.example.org/?realm=news"),
        ("DESK_OIDC_ISSUER", "https://li:secret@id.example.org"),
        ("DESK_OIDC_ISSUER", "https://id.example.org:x"),
        ("DESK_OIDC_ISSUER", "id.example.org"),
        ("DESK_OIDC_CLIENT_ID", ""),
        ("DESK_OIDC_CLIENT_SECRET", ""),
        ("DESK_OIDC_REDIRECT_URL", ""),
        ("DESK_OIDC_REDIRECT_URL", "https://desk.example.org/"),
        ("DESK_OIDC_REDIRECT_URL", "http://desk.example.org/sign-in/provider/answer"),
        ("DESK_OIDC_SCOPES", "email"),
        ("DESK_OIDC_CLIENT_SECRET_FILE", "/nowhere/at/all"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_name(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingError) as caught:
        load(tmp_path, **{**WHOLE, name: value})
    assert caught.value.name == name
    assert SECRET not in str(caught.value)


def test_plain_http_is_for_this_machine_and_for_a_demo(tmp_path: Path) -> None:
    here = {**WHOLE, "DESK_OIDC_ISSUER": "http://localhost:8080"}
    there = {**WHOLE, "DESK_OIDC_ISSUER": "http://keycloak:8080"}
    assert load(tmp_path, **here).oidc_issuer
    assert load(tmp_path, **there, DESK_DEMO="1").oidc_issuer


def test_a_setting_without_an_issuer_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="DESK_OIDC_MFA"):
        load(tmp_path, DESK_OIDC_MFA="mfa")


def test_without_the_library_a_provider_keeps_the_desk_from_starting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(provider_settings, "LIBRARY", "a_library_nobody_has")
    assert load(tmp_path).oidc_issuer == ""
    with pytest.raises(SettingError, match="extra `oidc`"):
        load(tmp_path, **WHOLE)
