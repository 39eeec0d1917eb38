"""What entries of the ledger about accounts say: who was let in, given a role, shut out."""

from collections.abc import Callable, Mapping

from flask_babel import gettext

from app.accounts.roles import Role
from app.accounts.vocabulary import LinkPurpose
from app.filters import label
from app.ledger.history import Entry
from app.object_names import Name

Names = Mapping[tuple[str, str], Name]


def title_of(entry: Entry, names: Names) -> str | None:
    """What an entry about an account means; None for every other entry."""
    told = TITLES.get(entry.table)
    if entry.kind == "row" and told is not None:
        return told(entry, names)
    if entry.table == "account":
        return _act_title(entry, _who(entry, names))
    return None


def _act_title(entry: Entry, who: str) -> str | None:
    factor = (entry.new or {}).get("factor", "—")
    return {
        "proved": gettext("Proved once more who they are: %(who)s", who=who),
        "factor_added": gettext("Second factor added by %(who)s: %(name)s", who=who, name=factor),
        "factor_removed": gettext(
            "Second factor removed by %(who)s: %(name)s", who=who, name=factor
        ),
        "factors_reset": gettext("Second factors reset: %(who)s", who=who),
        "recovery_codes_made": gettext("Recovery codes made: %(who)s", who=who),
        "password_changed": gettext("Password changed: %(who)s", who=who),
        "password_set": gettext("Password set by a command: %(who)s", who=who),
        "session_ended": gettext("A session ended: %(who)s", who=who),
        "signed_out_by_desk": gettext("Signed out everywhere: %(who)s", who=who),
        "sessions_ended": gettext("Signed out everywhere else: %(who)s", who=who),
        "link_used": _link_used(entry, who),
        "signed_out_by_provider": gettext("Signed out by the provider: %(who)s", who=who),
    }.get(entry.op)


def _link_used(entry: Entry, who: str) -> str:
    if (entry.new or {}).get("by") == "provider":
        return gettext("Account taken over through the provider: %(who)s", who=who)
    return gettext("Password chosen through a one-time link: %(who)s", who=who)


def _who(entry: Entry, names: Names) -> str:
    """The name of the account an entry is about."""
    image = {**(entry.old or {}), **(entry.new or {})}
    key = image.get("account_id") or entry.pk
    known = names.get(("account", str(key)))
    return known.short if known is not None else str(image.get("display_name") or "—")


def _account_title(entry: Entry, names: Names) -> str | None:
    old, new, who = entry.old or {}, entry.new or {}, _who(entry, names)
    if entry.op == "I":
        if new.get("active") in (True, 1):
            return gettext("Account opened: %(who)s", who=who)
        return gettext("Account prepared, its owner invited: %(who)s", who=who)
    if entry.op == "U" and "active" in new and new["active"] != old.get("active"):
        if new["active"] in (True, 1):
            return gettext("Account in use: %(who)s", who=who)
        return gettext("Account disabled: %(who)s", who=who)
    return None


def _role_title(entry: Entry, names: Names) -> str:
    word = str(((entry.new or {}) | (entry.old or {})).get("role", ""))
    role, who = label(Role(word)) if word in set(Role) else word, _who(entry, names)
    if entry.op == "D":
        return gettext("Role %(role)s taken from %(who)s", role=role, who=who)
    return gettext("Role %(role)s given to %(who)s", role=role, who=who)


def _link_title(entry: Entry, names: Names) -> str:
    new, who = entry.new or {}, _who(entry, names)
    if entry.op == "I":
        word = str(new.get("purpose", ""))
        purpose = label(LinkPurpose(word)) if word in set(LinkPurpose) else word
        return gettext("One-time link made for %(who)s: %(purpose)s", who=who, purpose=purpose)
    if new.get("used_at"):
        return gettext("One-time link used")
    return gettext("One-time link withdrawn")


def _token_title(entry: Entry, names: Names) -> str:
    new, who = entry.new or {}, _who(entry, names)
    if entry.op == "I":
        return gettext("API token made by %(who)s: %(name)s", who=who, name=new.get("name", "—"))
    return gettext("API token revoked")


def _factor_title(entry: Entry, names: Names) -> str:
    new, old, who = entry.new or {}, entry.old or {}, _who(entry, names)
    name = new.get("name") or old.get("name") or "—"
    if entry.op == "D":
        return gettext("Second factor taken away from %(who)s: %(name)s", who=who, name=name)
    if entry.op == "I" and not new.get("confirmed_at"):
        return gettext("Second factor of %(who)s being set up: %(name)s", who=who, name=name)
    if entry.op == "U" and not new.get("confirmed_at"):
        return gettext("The seed of a second factor is under another key")
    if entry.op == "U":
        # Of a row that changed the entry holds what changed, and that is neither whose nor which.
        return gettext("The second factor being set up counts from now on")
    return gettext("Second factor of %(who)s counts: %(name)s", who=who, name=name)


def _code_title(entry: Entry, names: Names) -> str:
    who = _who(entry, names)
    if entry.op == "I":
        return gettext("Recovery code made for %(who)s", who=who)
    if entry.op == "D":
        return gettext("Recovery code of %(who)s taken away", who=who)
    return gettext("A recovery code was used")


def _identity_title(entry: Entry, names: Names) -> str:
    image, who = {**(entry.old or {}), **(entry.new or {})}, _who(entry, names)
    known = str(image.get("label") or image.get("subject") or "—")
    if entry.op == "D":
        return gettext("Identity let go, of %(who)s: %(identity)s", who=who, identity=known)
    return gettext("Identity bound to %(who)s: %(identity)s", who=who, identity=known)


TITLES: Mapping[str, Callable[[Entry, Names], str | None]] = {
    "account": _account_title,
    "role_grant": _role_title,
    "account_link": _link_title,
    "api_token": _token_title,
    "factor": _factor_title,
    "recovery_code": _code_title,
    "account_identity": _identity_title,
}
"""The tables about accounts, and who tells their rows."""
