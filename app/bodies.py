"""What a form brings with it: a file past every limit still reaches its form, which refuses it.

A request that is refused before its form is looked at loses what was typed beside the file. So the
application takes more than any form does, and the server shortens what is longer still.
"""

from typing import Any, Final

from flask import Request, request
from werkzeug.exceptions import HTTPException

from app.form_bodies import BoundedForms
from sources.store import LIMIT

PLAIN_LIMIT: Final = 20 * 1024 * 1024
"""Bytes of a request without files, which is read into memory at once."""
BODY_LIMIT: Final = 2 * PLAIN_LIMIT
"""Bytes of a form with files, which lie on the disk while it is read."""
CUT: Final = "desk.cut"
"""Stands in the environment of a form out of whose middle the server left something."""
WITH_FILES: Final = "multipart/form-data"


class DeskRequest(Request):
    """A request of which the files are refused by their form, however large they are."""

    form_data_parser_class = BoundedForms

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take less of what has no files."""
        super().__init__(*args, **kwargs)
        if self.mimetype != WITH_FILES:
            self.max_content_length = PLAIN_LIMIT

    def _load_form_data(self) -> None:
        """Read the form; what is left of files that were shortened is too large for every form."""
        super()._load_form_data()
        if CUT not in self.environ:
            return
        for file in self.files.values():
            if file.filename:
                file.stream.truncate(LIMIT + 1)


def is_readable() -> bool:
    """Tell whether the form of this request can be read: not one that is longer than any."""
    try:
        request.form  # noqa: B018 - Reading it is what may be refused.
    except HTTPException:
        return False
    return True
