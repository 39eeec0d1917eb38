"""`manage.py check` asks the identity provider, and says so where it does not answer."""

from dataclasses import replace
from pathlib import Path

from app.cli.check import provider_findings
from app.config import Settings

REFUSED = "http://127.0.0.1:1"


def test_a_provider_that_does_not_answer_is_a_finding_and_none_is_not(tmp_path: Path) -> None:
    settings = Settings.load({"DESK_HOME": str(tmp_path)})
    assert list(provider_findings(settings)) == []
    asked = replace(
        settings,
        demo=True,
        oidc_issuer=REFUSED,
        oidc_client_id="desk",
        oidc_client_secret="a secret that no finding tells",
        oidc_redirect_url="http://localhost/sign-in/provider/answer",
    )
    (name, well, said), *rest = provider_findings(asked)
    assert (name, well, rest) == ("provider", False, [])
    assert said.startswith(REFUSED)
    assert asked.oidc_client_secret not in said
