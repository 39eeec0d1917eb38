"""The file a form brings, read before the one writing transaction others wait for."""

from dataclasses import dataclass
from typing import Any, Self

from flask import request
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import SelectChoice, SelectField

from claims.errors import DeskError
from claims.text import ENCODINGS
from sources.admission import CLAIMED, STATED
from sources.snapshots import Received, received


@dataclass(frozen=True, slots=True)
class Brought:
    """What was received, None where nothing was chosen, or the reason why it cannot be kept."""

    file: Received | None = None
    problem: DeskError | None = None

    @classmethod
    def read(cls) -> Self:
        """Read the file of this request; what it is refused for is said where it is asked for."""
        chosen = request.files.get("file")
        if chosen is None or not chosen.filename:
            return cls()
        encoding = request.form.get("encoding")
        try:
            return cls(
                received(
                    chosen.stream,
                    chosen.filename,
                    stated=chosen.mimetype,
                    encoding=encoding if encoding in ENCODINGS else None,
                )
            )
        except DeskError as problem:
            return cls(problem=problem)

    @property
    def received(self) -> Received | None:
        """The file; raises why there is none that could be kept."""
        if self.problem is not None:
            raise self.problem
        return self.file


def file_field(label: Any) -> FileField:
    """Return the field that asks for a file."""
    return FileField(
        label,
        description=_(
            "PDF, Word, Excel, CSV, web page (.html, .mht), picture or text of at most 20 MB. "
            "Kept as it is under its SHA-256; its content must be what its name says."
        ),
        render_kw={"accept": ",".join([*CLAIMED, *STATED])},
    )


def encoding_field() -> SelectField:
    """Return the field that asks for the encoding of a text."""
    return SelectField(
        _("Encoding of the file"),
        choices=[
            SelectChoice("", _("UTF-8, or as the file says")),  # type: ignore[arg-type]
            *(SelectChoice(name, name.upper()) for name in ENCODINGS[1:]),
        ],
        default="",
        description=_("Only for text and CSV; named by you, never guessed."),
    )
