"""The variables of an environment, read one after the other: each as what it is meant to be."""

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

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


class Variables:
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

    def named(self, name: str) -> Path | None:
        """A file or a folder; None where none is named."""
        return self.path(name, Path()) if self.text(name) else None

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
