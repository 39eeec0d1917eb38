"""The keys of contacts: one for each, wrapped by a key in a file outside the database."""

from dataclasses import dataclass
from typing import ClassVar

from sources.columns import Words
from sources.keyrings import Keyring


@dataclass(frozen=True, slots=True)
class ContactKeys(Keyring):
    """The file with the keys that the contacts of confidential sources are sealed under."""

    what: ClassVar[str] = "contact"
    code: ClassVar[str] = "contact_locked"
    said: ClassVar[Words] = {"zh": "无法解开联系人", "en": "The contact cannot be opened"}
