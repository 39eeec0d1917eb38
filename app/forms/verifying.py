"""The form that takes a file of an appendix to check it; nothing of it is kept."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField

from app.forms.base import DeskForm
from sources.errors import Refused, TooLarge
from sources.store import LIMIT, too_large

ACCEPTED = ".html,.pdf,.docx,.xlsx,.csv,.md,.json"
NO_FILE = {"zh": "请选择一个文件。", "en": "Choose a file."}


class VerifyForm(DeskForm):
    """A file, and the proof beside it where its format has no place for one."""

    keeps = False

    file = FileField(
        _("Appendix"),
        description=_("HTML, PDF, Word, Excel, CSV, Markdown or JSON of at most 20 MB."),
        render_kw={"accept": ACCEPTED},
    )
    proof = FileField(
        _("Proof beside it"),
        description=_("For PDF, CSV and ClaimReview: the file whose name ends in .proof.json."),
        render_kw={"accept": ".json"},
    )

    @contextmanager
    def handed_over(self) -> Iterator[tuple[Path, Path | None]]:
        """The files as long as they are looked at; raise Refused where there is none."""
        if not getattr(self.file.data, "filename", None):
            raise Refused("no_file", NO_FILE, "file")
        with tempfile.TemporaryDirectory() as folder:
            ending = PurePath(self.file.data.filename).suffix
            file = Path(folder) / f"appendix{ending if ending.isascii() else ''}"
            _save(self.file, file)
            proof = None
            if getattr(self.proof.data, "filename", None):
                proof = Path(folder) / "proof.json"
                _save(self.proof, proof)
            yield file, proof


def _save(field: FileField, place: Path) -> None:
    """Write a file that was handed over; raise TooLarge past the limit, at its field."""
    content = field.data.read(LIMIT + 1)
    if len(content) > LIMIT:
        raise TooLarge("file_too_large", too_large(LIMIT), field.name)
    place.write_bytes(content)
