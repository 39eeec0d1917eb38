"""The keys of the seeds of one-time codes: one for each, wrapped by a key outside the database."""

from dataclasses import dataclass
from typing import ClassVar

from sources.columns import Words
from sources.keyrings import Keyring


@dataclass(frozen=True, slots=True)
class FactorKeys(Keyring):
    """The file with the keys that the seeds of one-time codes are sealed under."""

    what: ClassVar[str] = "totp seed"
    code: ClassVar[str] = "factor_locked"
    said: ClassVar[Words] = {
        "zh": "无法核对验证码，请联系管理员",
        "en": "No code can be checked; ask an administrator",
    }
