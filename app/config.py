"""The settings of one installation, read once from the environment and an optional .env file."""

import datetime as dt
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from app import defaults, provider_settings
from app.kept_secrets import MASK, SECRET_LENGTH, kept_secret, without_password
from app.secret_key import UnsafeFileError, check_mode, former_secrets, is_weak
from claims.policy import LEVELS
from sources.citation_styles import Style

ROOT = Path(__file__).resolve().parents[1]
SECRET_FILE = Path("keys", "secret")
DRAFT_DAYS, MOST_DRAFT_DAYS = 30, 365
WORKERS, MOST_WORKERS = 4, 64
BRACED = re.compile(r"\{[^{}]*\}|[{}]")
TRUE = {"1", "true", "yes", "on"}
FALSE = {"", "0", "false", "no", "off"}


class SettingError(ValueError):
    """A setting nobody can work with; ``name`` is the environment variable."""

    def __init__(self, name: str, reason: str) -> None:
        """Keep the variable's name so that a form or a shell can point at it."""
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


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
            fonts=Path(folder) if (folder := read.text("DESK_FONTS")) else None,
            second_factor=read.second_factor("DESK_SECOND_FACTOR"),
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


class Reader:
    """One variable after the other, each with a sentence for the person who mistyped it."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        """Keep the variables to read from."""
        self.environ = environ

    def text(self, name: str) -> str:
        """The variable without surrounding space; empty where it is not set."""
        return self.environ.get(name, "").strip()

    def path(self, name: str, default: Path) -> Path:
        """An absolute path; ``~`` is the home of whoever runs this."""
        text = self.text(name)
        return Path(text).expanduser().resolve() if text else default

    def flag(self, name: str, *, default: bool = False) -> bool:
        """A yes or a no; the default where it is not set."""
        text = self.text(name).lower()
        if not text:
            return default
        if text not in TRUE | FALSE:
            raise SettingError(name, f"say 1 or 0, not {text!r}")
        return text in TRUE

    def count(self, name: str, default: int = 0) -> int:
        """A whole number, the default where it is not set."""
        text = self.text(name) or str(default)
        if not (text.isascii() and text.isdigit()):
            raise SettingError(name, f"{text!r} is not a whole number")
        return int(text)

    def up_to(self, name: str, most: int, default: int = 0) -> int:
        """A whole number that is not larger than another, the default where it is not set."""
        number = self.count(name, default)
        if number > most:
            raise SettingError(name, f"{number} is more than {most}")
        return number

    def words(self, name: str) -> tuple[str, ...]:
        """A list separated by commas."""
        return tuple(word for part in self.text(name).split(",") if (word := part.strip()))

    def amounts(self, name: str, default: Mapping[str, int]) -> Mapping[str, int]:
        """Amounts by name, as in ``writes=600,reads=0``; the default's where one is not named."""
        found = dict(default)
        for word in self.words(name):
            key, _equals, text = (part.strip() for part in word.partition("="))
            if key not in default:
                raise SettingError(name, f"{key!r} is none of {', '.join(default)}")
            if not (text.isascii() and text.isdigit()):
                raise SettingError(name, f"{word!r} is not like {key}=100")
            found[key] = int(text)
        return found

    def one_of(self, name: str, allowed: tuple[str, ...]) -> str:
        """One of a few words; the first is the default."""
        text = self.text(name) or allowed[0]
        if text not in allowed:
            raise SettingError(name, f"{text!r} is none of {', '.join(allowed)}")
        return text

    def second_factor(self, name: str) -> str:
        """Whose second factor is required: nobody's, everybody's, or that of some roles."""
        words = self.words(name) or ("optional",)
        if len(words) == 1 and words[0] in {"optional", "required"}:
            return words[0]
        strange = [word for word in words if word in {"optional", "required"}]
        if strange:
            raise SettingError(name, f"{strange[0]!r} stands alone, or roles stand there")
        return ",".join(words)

    def timezone(self, name: str, default: str) -> str:
        """A zone of the IANA data base."""
        text = self.text(name) or default
        try:
            ZoneInfo(text)
        except (KeyError, ValueError, OSError) as problem:
            raise SettingError(name, f"{text!r} is no known time zone") from problem
        return text

    def database_url(self, name: str, default: Path) -> str:
        """An SQLite file or a PostgreSQL database, with the driver this project uses."""
        text = self.text(name)
        if not text:
            return f"sqlite:///{default}"
        scheme, separator, rest = text.partition("://")
        if not separator or scheme not in {"sqlite", "postgresql", "postgresql+psycopg"}:
            raise SettingError(name, "begin with sqlite:/// or postgresql://")
        if scheme == "sqlite":
            if not rest.strip("/") or ":memory:" in rest:
                raise SettingError(name, "name a file: a database in memory keeps no history")
            return text
        return f"postgresql+psycopg://{rest}"

    def address(self, name: str, default: str = "", parts: tuple[str, ...] = ()) -> str:
        """A public web address; of ``parts`` it must have the first and may have the others."""
        text = self.text(name) or default
        if not text:
            return ""
        try:
            whole = urlsplit(BRACED.sub("x", text))
        except ValueError as problem:
            raise SettingError(name, f"{text!r}: {problem}") from problem
        if whole.scheme not in {"http", "https"} or not whole.hostname or whole.username:
            raise SettingError(name, f"{text!r} is not an address like https://news.example.org/")
        if whole.fragment or not text.isprintable() or any(char in text for char in ' "<>\\'):
            raise SettingError(
                name, f"{text!r} has a character or a # that an address may not have"
            )
        if parts and parts[0] not in text:
            raise SettingError(name, f"{text!r} does not say where {parts[0]} stands in it")
        for braced in BRACED.findall(text):
            if braced not in parts:
                raise SettingError(name, f"{braced} is none of {', '.join(parts) or 'its parts'}")
        return text

    def origin(self, name: str) -> str:
        """Scheme, host and port of the desk as its people open it, without what follows."""
        parts = urlsplit(self.address(name))
        if parts.path.strip("/") or parts.query:
            raise SettingError(name, "say scheme and host alone, as in https://desk.example.org")
        return f"{parts.scheme}://{parts.netloc}".lower() if parts.netloc else ""

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
