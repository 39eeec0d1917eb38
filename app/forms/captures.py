"""The forms about copies from the web: buttons all, with what each is about."""

from wtforms import HiddenField
from wtforms.validators import AnyOf

from app.forms.base import DeskForm
from sources.suggestions import SAID

EVERYTHING = "all"


class CaptureForm(DeskForm):
    """A button: capture this address now."""


class LateCopyForm(DeskForm):
    """A button: rest this evidence on the copy that came late."""


class AcceptForm(DeskForm):
    """A button beside each thing a page says, and one for all of them."""

    chosen = HiddenField(validators=[AnyOf([*SAID, EVERYTHING])])

    @property
    def names(self) -> list[str]:
        """The fields of the source to fill."""
        return list(SAID) if self.chosen.data == EVERYTHING else [self.chosen.data or ""]
