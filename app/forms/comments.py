"""The form of a remark."""

import uuid

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, TextAreaField
from wtforms.validators import InputRequired, Optional, ValidationError

from app.forms.base import DeskForm, Readable


class CommentForm(DeskForm):
    """What somebody remarks about a claim, or answers to a remark."""

    body = TextAreaField(_("Comment"), [InputRequired(_("Write something.")), Readable()])
    reply_to = HiddenField(validators=[Optional()])

    def validate_reply_to(self, field: HiddenField) -> None:
        """Want the identifier of a remark; whose it is the domain asks."""
        try:
            uuid.UUID(field.data or "")
        except ValueError as problem:
            raise ValidationError(_("Not a remark.")) from problem

    @property
    def answered(self) -> uuid.UUID | None:
        """The remark that is answered."""
        return uuid.UUID(self.reply_to.data) if self.reply_to.data else None


class ResolveForm(DeskForm):
    """A remark is dealt with."""
