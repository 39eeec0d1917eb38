"""The form that keeps a narrowing of the queue under a name, and the one that changes it."""

from urllib.parse import parse_qsl, urlencode

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import InputRequired, Length

from app.forms.base import DeskForm, Readable
from app.forms.queue import asked_filters, asked_sorting, parameters
from claims.errors import Refused

LONGEST = 60
LONGEST_QUERY = 2_000


class SavedFilterForm(DeskForm):
    """A name, and whether everybody on the desk sees it."""

    name = StringField(
        _("Name"), [InputRequired(_("Give it a name.")), Length(max=LONGEST), Readable()]
    )
    shared = BooleanField(_("Everybody on the desk sees it"))
    query = HiddenField()

    @property
    def title(self) -> str:
        """The name that was typed, without surrounding space."""
        name = (self.name.data or "").strip()
        if not name:
            raise Refused("name_missing", {"zh": "请写一个名称。", "en": "Give it a name."}, "name")
        return name

    @property
    def address(self) -> str:
        """The list as an address, written by us; raise Refused for one the queue would refuse."""
        typed = dict(parse_qsl((self.query.data or "")[:LONGEST_QUERY]))
        return urlencode(parameters(asked_filters(typed), asked_sorting(typed)))
