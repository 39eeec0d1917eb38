"""Further people on a desk under attack, what each of them can be asked, and how time passes."""

import datetime as dt
import itertools
import secrets
from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import delete, select, update
from webauthn.helpers import bytes_to_base64url

from app.accounts import identities, passkeys
from app.accounts.administration import invite
from app.accounts.factor_models import FailedProof
from app.accounts.models import Account, OpenSession
from app.accounts.passkeys import Site as PasskeySite
from app.accounts.roles import Role
from app.limits.models import SignInAttempt
from sources.base import now
from tests.app.access.asks import Ask, Asks
from tests.app.access.desk import HALF, OWNER, STRANGER, AccessDesk
from tests.app.accounts.authenticator import Authenticator
from tests.app.browser import PASSWORD
from tests.app.oidc.hostile import SUBJECT, Hostile
from tests.benchmarks.hostile import doors
from tests.benchmarks.hostile.assault import Assault
from tests.benchmarks.hostile.browsers import (
    SECOND,
    SIGN_IN,
    Browser,
    Way,
    by_passkey,
    by_password,
    nobody,
)
from tests.benchmarks.hostile.forms import Sent
from tests.benchmarks.hostile.kinds import Scene
from tests.benchmarks.hostile.lines import HOST, Line
from tests.benchmarks.hostile.proofs import OLD, Prover
from tests.benchmarks.hostile.ways import ANSWER, OWN, STARTS, TRAVELLER, Errand

LONG_AGO = dt.timedelta(hours=1)
REVIEWER, BY = "zhang.min", "system:test"
FILES = ("html", "csv")


def peopled(
    scene: Scene, desk: AccessDesk, assault: Assault, opened: Callable[[], Line], provider: Hostile
) -> Scene:
    """Let further people in, each in a browser of their own; return the scene with what they do."""
    asks = _apart(desk, Asks(desk).all())
    origin = assault.line.origin
    devices = {name: _device(desk, name, origin) for name in (OWNER, STRANGER)}
    link = _bound(desk, provider)

    def enter(who: str, way: Way, page: str = "/sources/new", inside: str = "/account") -> None:
        assault.browsers[who] = Browser(opened(), way, page, inside)
        assault.browsers[who].renew()

    for name, device in devices.items():
        enter(name, by_passkey(device))
    enter(doors.VISITOR, nobody, page=SIGN_IN, inside="")
    enter(TRAVELLER, nobody, page=SIGN_IN, inside="")
    enter(doors.WAITING, by_password(HALF, PASSWORD), page=SECOND, inside=SECOND)
    enter(OLD, by_password(REVIEWER, PASSWORD))
    assault.waited = lambda: _waited(desk)
    known, found = {ask.path for ask in asks if ask.method == "GET"}, doors.doors(asks)
    return replace(
        scene,
        pages=tuple(sorted(known)),
        doors=found,
        turn=itertools.cycle(found),
        tokens={who: browser.token for who, browser in assault.browsers.items()},
        prover=Prover(OWNER, devices[OWNER], desk.accounts[OWNER]),
        aged=lambda: _aged(desk),
        provider=provider,
        errands=_errands(link),
        issued=_issued(desk, assault),
    )


def _device(desk: AccessDesk, name: str, origin: str) -> Authenticator:
    """Give somebody a passkey, as the desk takes one."""
    device, challenge = Authenticator(origin=origin), secrets.token_bytes(32)
    with desk.database.writing(BY) as session:
        account = session.get_one(Account, desk.accounts[name])
        passkeys.add(
            session,
            PasskeySite(HOST, origin),
            account,
            "device",
            answer=device.made(bytes_to_base64url(challenge), account.id),
            challenge=challenge,
            by=BY,
        )
    return device


def _bound(desk: AccessDesk, provider: Hostile) -> str:
    """Bind the provider's person to an account, and invite somebody who may come through it."""
    with desk.database.writing(BY) as session:
        account = session.get_one(Account, desk.accounts[STRANGER])
        known = {"issuer": provider.issuer, "subject": SUBJECT, "label": "", "by": BY}
        identities.bind(session, account, **known)
        made = invite(
            session, name="yao.qing", display_name="Yao Qing", roles={Role.REPORTER}, by=BY
        )
        return made.token


def _apart(desk: AccessDesk, asks: list[Ask]) -> list[Ask]:
    """Give an identity and a link of its own to whatever would find them used up by another ask."""
    with desk.database.writing(BY) as session:
        account = session.get_one(Account, desk.accounts[OWNER])
        known = {"issuer": "https://elsewhere.example", "subject": "owner", "label": "", "by": BY}
        identity = identities.bind(session, account, **known).id
        made = invite(session, name="he.miao", display_name="He Miao", roles={Role.REPORTER}, by=BY)
    changed = {
        "identities.unbind_for": (str(desk.identity), str(identity)),
        "accounts.link_used": (desk.known["link"], made.token),
    }

    def own(ask: Ask) -> Ask:
        old, new = changed.get(ask.endpoint, ("", ""))
        page = ask.page.replace(old, new) if ask.page else ask.page
        return replace(ask, path=ask.path.replace(old, new), page=page) if old else ask

    return [own(ask) for ask in asks]


def _errands(link: str) -> tuple[Errand, ...]:
    identity = "/account/identities"
    return (
        Errand(TRAVELLER, SIGN_IN, STARTS),
        Errand(TRAVELLER, f"{SIGN_IN}/link/{link}", f"{SIGN_IN}/link/{link}/provider"),
        Errand(OWNER, identity, identity),
        Errand(STRANGER, "/account", "/confirm/provider"),
        Errand(TRAVELLER, OWN, OWN),
        Errand(TRAVELLER, ANSWER, STARTS),
    )


def _issued(desk: AccessDesk, assault: Assault) -> tuple[bytes, ...]:
    """Files that the desk handed out, and their proofs."""
    place, line = f"/articles/{desk.told}/appendix/1", assault.browsers[OWNER].line
    paths = [f"{place}/{form}{proof}" for form in FILES for proof in ("", "/proof")]
    found = [line.send(Sent("form", "GET", path)) for path in paths]
    return tuple(answer.body for answer in found if answer.status == 200 and answer.body)


def _aged(desk: AccessDesk) -> None:
    """Let the last proof of the reviewer be of long ago."""
    with desk.database.writing(BY) as session:
        owner = select(Account.id).where(Account.name == REVIEWER).scalar_subquery()
        stale = update(OpenSession).where(OpenSession.account_id == owner)
        session.execute(stale.values(proved_at=now() - LONG_AGO))


def _waited(desk: AccessDesk) -> None:
    """Let the time pass after which attempts at getting in count anew."""
    with desk.database.writing(BY) as session:
        session.execute(delete(SignInAttempt))
        session.execute(delete(FailedProof))
