"""The name an uploaded file keeps: what a person can read, never a path."""

import unicodedata

from sources.errors import Refused

LONGEST = 120
"""Characters; with an ending this stays below the 255 bytes of every file system in Chinese too."""
HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories nobody sees: controls, direction marks, lone surrogates, line separators."""
RESERVED = str.maketrans(dict.fromkeys('<>:"|?*', "_"))


def cleaned(name: str | None) -> str | None:
    """Return a file name without folders and unseen characters; None where nothing is left.

    Raises Refused for a name that climbs out of its folder: nobody's file is called that by
    accident.
    """
    parts = (name or "").replace("\\", "/").split("/")
    if ".." in (part.strip() for part in parts):
        raise Refused(
            "file_name_climbs",
            {
                "zh": "文件名含有“../”，会指向别的文件夹，因此没有保存。请改名后再上传。",
                "en": "The file's name contains “../”, which points into another folder, so it was "
                "not stored. Rename the file and upload it again.",
            },
            "file",
        )
    text = unicodedata.normalize("NFC", parts[-1])
    text = "".join(char for char in text if unicodedata.category(char) not in HIDDEN)
    return _shortened(text.translate(RESERVED).strip().lstrip(".")) or None


def _shortened(name: str) -> str:
    """Cut a long name in its middle, so that its ending stays."""
    if len(name) <= LONGEST:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:  # noqa: PLR2004 - longer is no ending but a sentence
        return name[:LONGEST]
    return f"{stem[: LONGEST - len(ending) - 2]}….{ending}"
