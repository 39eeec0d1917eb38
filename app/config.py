"""The settings of one installation, read once from the environment and an optional .env file."""

import datetime as dt
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any, Self

from app import defaults, provider_settings
from app.kept_secrets import MASK, SECRET_LENGTH, kept_secret, without_password
from app.secret_key import UnsafeFileError, check_mode, former_secrets, is_weak
from app.variables import SettingError, Variables
from claims.policy import LEVELS
from sources.citation_styles import Style

ROOT = Path(__file__).resolve().parents[1]
SECRET_FILE = Path("keys", "secret")
DRAFT_DAYS, MOST_DRAFT_DAYS = 30, 365
WORKERS, MOST_WORKERS = 4, 64


@dataclass(frozen=True)
class Settings:
    """Everything an installation may set; each field is ``DESK_`` + its name in capitals.

    ``sign_off_levels`` is 0 where the desk leaves it to the policy; ``draft_days`` is how long
    what somebody typed and never sent is kept; ``workers`` how many background jobs the server does
    at once. ``citation_style`` is empty where the language of the page decides. ``newsroom`` and
    the addresses after it are for reviews that leave the house; each is empty where none is given.
    ``fonts`` is a folder of typefaces beside the shipped ones. ``second_factor`` is ``optional``,
    ``required``, or the roles that must have one, with commas between them; ``origin`` is where
    people open the desk, empty where each request says so itself. What begins with ``oidc`` is
    about the newsroom's identity provider; ``oidc_issuer`` is empty where there is none.
    ``leaked_passwords_file`` is a list that new passwords are looked up in; ``rsa_bits`` the length
    of the shortest RSA key of a provider whose signature is believed.
    ``quotas`` says how often one account may do what costs, 0 for as often as it likes;
    ``statement_seconds`` how long a page may wait for one statement of the database, 0 for as long
    as it takes.
    """

    home: Path
    database_url: str
    secret_key: str
    secret_key_fallbacks: tuple[str, ...]
    ledger_key_file: Path
    signing_key_file: Path
    checkpoint_file: Path
    store: Path
    demo: bool
    trusted_hosts: tuple[str, ...]
    proxies: int
    timezone: str
    log_format: str
    sign_off_levels: int
    contact_key_file: Path
    factor_key_file: Path
    draft_days: int = DRAFT_DAYS
    watch: bool = True
    workers: int = WORKERS
    citation_style: str = ""
    newsroom: str = ""
    newsroom_url: str = ""
    newsroom_logo: str = ""
    appendix_url: str = ""
    article_url: str = ""
    public_feed: bool = False
    second_factor: str = "optional"
    origin: str = ""
    fonts: Path | None = None
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    oidc_client_secret_file: str = ""
    oidc_redirect_url: str = ""
    oidc_name: str = ""
    oidc_scopes: str = ""
    oidc_mfa: tuple[str, ...] = ()
    leaked_passwords_file: Path | None = None
    rsa_bits: int = defaults.RSA_BITS[0]
    quotas: Mapping[str, int] = field(default_factory=lambda: defaults.QUOTAS, hash=False)
    statement_seconds: int = defaults.STATEMENT[1]

    @classmethod
    def load(
        cls,
        environ: Mapping[str, str] | None = None,
        *,
        dotenv: Path | None = None,
        demo: bool = False,
    ) -> Self:
        """Read the settings; raise :class:`SettingError` for what cannot be meant.

        The environment wins over ``.env`` (``dotenv``, by default the one beside manage.py, and
        only when ``environ`` is not given). Missing keys are drawn once and kept with mode 0600.
        ``demo`` says what ``DESK_DEMO=1`` says: some defaults are others then.
        """
        if environ is None:
            environ = {**read_dotenv(dotenv or ROOT / ".env"), **os.environ}
        read = Reader(environ)
        home = read.path("DESK_HOME", ROOT / "instance")
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        demo = demo or read.flag("DESK_DEMO")
        return cls(
            home=home,
            database_url=read.database_url("DESK_DATABASE_URL", home / "desk.sqlite3"),
            **read.secrets(home / SECRET_FILE, demo=demo),
            ledger_key_file=read.path("DESK_LEDGER_KEY_FILE", home / "keys" / "ledger"),
            signing_key_file=read.path("DESK_SIGNING_KEY_FILE", home / "keys" / "checkpoint"),
            checkpoint_file=read.path("DESK_CHECKPOINT_FILE", home / "checkpoints"),
            store=read.path("DESK_STORE", home / "store"),
            demo=demo,
            trusted_hosts=read.words("DESK_TRUSTED_HOSTS"),
            proxies=read.count("DESK_PROXIES"),
            timezone=read.timezone("DESK_TIMEZONE", "Asia/Shanghai"),
            log_format=read.one_of("DESK_LOG_FORMAT", ("text", "json")),
            sign_off_levels=read.up_to("DESK_SIGN_OFF_LEVELS", LEVELS[-1]),
            citation_style=read.one_of("DESK_CITATION_STYLE", ("", *Style)),
            contact_key_file=read.path("DESK_CONTACT_KEY_FILE", home / "keys" / "contacts"),
            factor_key_file=read.path("DESK_FACTOR_KEY_FILE", home / "keys" / "factors"),
            origin=read.origin("DESK_ORIGIN"),
            watch=read.flag("DESK_WATCH", default=not demo),
            draft_days=read.up_to("DESK_DRAFT_DAYS", MOST_DRAFT_DAYS) or DRAFT_DAYS,
            workers=read.up_to("DESK_WORKERS", MOST_WORKERS, WORKERS),
            fonts=read.named("DESK_FONTS"),
            **read.proofs(),
            **read.publishing(demo=demo),
            **read.provider(demo=demo),
            **read.limits(),
        )

    def ledger_key(self) -> bytes:
        """The 32 bytes that authenticate the ledger; they live outside the database."""
        text = kept_secret(self.ledger_key_file)
        try:
            key = bytes.fromhex(text)
        except ValueError:
            key = b""
        if len(key) != SECRET_LENGTH:
            raise SettingError(
                "DESK_LEDGER_KEY_FILE", f"{self.ledger_key_file} does not hold 64 hex digits"
            )
        return key

    def public(self) -> dict[str, Any]:
        """The settings as anybody may see them: secrets and passwords are masked."""
        shown: dict[str, Any] = {}
        for one in fields(self):
            value = getattr(self, one.name)
            if one.name.startswith("secret_key") or one.name == "oidc_client_secret":
                value = MASK if value else ""
            elif one.name == "database_url":
                value = without_password(value)
            elif isinstance(value, Path):
                value = str(value)
            elif isinstance(value, tuple):
                value = list(value)
            elif isinstance(value, Mapping):
                value = ",".join(f"{key}={amount}" for key, amount in value.items())
            shown[f"DESK_{one.name.upper()}"] = value
        return shown


class Reader(Variables):
    """What belongs together among the settings of this desk, read together."""

    def publishing(self, *, demo: bool) -> dict[str, Any]:
        """Who publishes what, and where; a demo has an invented newsroom."""
        name, site, checks = defaults.DEMO if demo else ("", "", "")
        return {
            "newsroom": self.text("DESK_NEWSROOM") or name,
            "newsroom_url": self.address("DESK_NEWSROOM_URL", site),
            "newsroom_logo": self.address("DESK_NEWSROOM_LOGO"),
            "appendix_url": self.address("DESK_APPENDIX_URL", checks, ("{article}", "{claim}")),
            "article_url": self.address("DESK_ARTICLE_URL", "", ("{article}",)),
            "public_feed": self.flag("DESK_PUBLIC_FEED"),
        }

    def proofs(self) -> dict[str, Any]:
        """What a proof of who somebody is has to be."""
        lengths = tuple(map(str, defaults.RSA_BITS))
        return {
            "second_factor": self.second_factor("DESK_SECOND_FACTOR"),
            "leaked_passwords_file": self.named("DESK_LEAKED_PASSWORDS_FILE"),
            "rsa_bits": int(self.one_of("DESK_RSA_BITS", lengths)),
        }

    def provider(self, *, demo: bool) -> dict[str, Any]:
        """The newsroom's identity provider; all empty where people sign in by the desk alone."""
        texts = (
            "DESK_OIDC_ISSUER",
            "DESK_OIDC_CLIENT_ID",
            "DESK_OIDC_CLIENT_SECRET",
            "DESK_OIDC_CLIENT_SECRET_FILE",
            "DESK_OIDC_REDIRECT_URL",
            "DESK_OIDC_NAME",
            "DESK_OIDC_SCOPES",
        )
        read = {name.removeprefix("DESK_").lower(): self.text(name) for name in texts}
        given = {**read, "oidc_mfa": self.words("DESK_OIDC_MFA")}
        found = provider_settings.completed(given, demo=demo)
        if isinstance(found, provider_settings.Wrong):
            raise SettingError(*found)
        return found

    def limits(self) -> dict[str, Any]:
        """How often, and how long."""
        most = self.up_to("DESK_STATEMENT_SECONDS", *defaults.STATEMENT)
        return {"quotas": self.amounts("DESK_QUOTAS", defaults.QUOTAS), "statement_seconds": most}

    def secrets(self, file: Path, *, demo: bool) -> dict[str, Any]:
        """What seals sessions and forms, and what still opens them."""
        return {
            "secret_key": self.secret("DESK_SECRET_KEY", file, demo=demo),
            "secret_key_fallbacks": self.former("DESK_SECRET_KEY_FALLBACKS", file, demo=demo),
        }

    def secret(self, name: str, file: Path, *, demo: bool) -> str:
        """The key that signs sessions; refused when it could be guessed, except in a demo."""
        text = self.text(name) or kept_secret(file)
        try:
            check_mode(file)
        except UnsafeFileError as problem:
            raise SettingError(name, str(problem)) from problem
        if not demo:
            self._strong(name, text)
        return text

    def former(self, name: str, file: Path, *, demo: bool) -> tuple[str, ...]:
        """The secrets that still open what they sealed: those named, and those put aside."""
        named = self.words(name)
        for text in () if demo else named:
            self._strong(name, text)
        try:
            return (*named, *former_secrets(file, dt.datetime.now(dt.UTC)))
        except ValueError as problem:
            raise SettingError(name, str(problem)) from problem

    @staticmethod
    def _strong(name: str, text: str) -> None:
        if is_weak(text):
            raise SettingError(
                name, "too weak: use `python -c 'import secrets; print(secrets.token_hex(32))'`"
            )


def read_dotenv(file: Path) -> dict[str, str]:
    """The ``NAME=value`` lines of a file; comments, quotes and ``export`` as in a shell."""
    found: dict[str, str] = {}
    if not file.is_file():
        return found
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        text = line.strip().removeprefix("export ").strip()
        if not text or text.startswith("#"):
            continue
        name, separator, value = text.partition("=")
        if not separator:
            raise SettingError(".env", f"line {number} is not NAME=value")
        value = value.strip()
        if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
            value = value[1:-1]
        found[name.strip()] = value
    return found


@cache
def release() -> str:
    """The version in pyproject.toml: this project is run from its folder, never installed."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    version: str = project["project"]["version"]
    return version


def agent() -> str:
    """The name under which pages are fetched: who asks, and that a person wanted it."""
    return f"ClaimDesk/{release()} (newsroom fact checking; one page at a person's request)"
