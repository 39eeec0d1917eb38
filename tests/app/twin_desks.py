"""Two desks that differ in a secret alone, and what each answers to the same person.

Whatever a desk answers is written in a way that is the same for both: what differs by itself
(identifiers, times, tokens) gives way to its place in the ledger, and the rest must be equal.
"""

import base64
import itertools
import re
from dataclasses import dataclass

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.accounts import drafts, tokens
from app.accounts.models import Account, OpenSession
from app.accounts.roles import Role
from app.accounts.signin import add_account
from app.accounts.vocabulary import Scope
from app.appendix_issue.issuing import issue
from app.appendix_issue.making import made_at_once
from app.appendix_issue.wish import Wish
from app.db import Database
from app.ledger.tables import EVENT, LEAF, options
from claims import shown_hashes
from claims.article_gate import article_state
from claims.article_sign_offs import publish_in_emergency
from claims.evidence import Passage, attach_evidence
from claims.invitations import Asking, invite
from claims.material import material_sha256
from claims.models import Appendix, AppendixFile, Claim, ClaimAnchor
from claims.sign_offs import sign
from claims.vocabulary import Profile, Side, Stance
from claims.workflow import submit
from sources.contact_keys import ContactKeys
from sources.contacts import Reached, add_contact
from sources.models import Snapshot, Source
from sources.store import Store
from tests.app.browser import PASSWORD
from tests.app.planted import KEEPER, Planted, Secret
from tests.claims import newsroom
from tests.sources import stories
from tests.sources.stories import WIRE, copy, kept

READER = "mo.sheng"
ONE = Secret(language="de", issued="2021-03-04", text=copy("en", 1))
"""The text is a reprint of what an open source says."""
OTHER = Secret(
    title="一份备忘录",
    publisher="TrendForce",
    host="trendforce.com",
    quote="另一句话，长得多，而且在它的副本里找不到",
    file="a",
    language="fr",
    issued="1999",
    text="Not a word of it is known to anybody else. 5.0 %",
)
LOOSE = re.compile(
    r"""(?P<kept>(?:name="(?:csrf_token|receipt|typist|draft|seen)"[^>]*value|data-token)="
        | "propertyID":\s*"(?:appendix|claim)-root-sha256",\s*"value":\s*"
        | "salts":\s\{\}\},\s"root":\s")[^"]*
    | [0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}
    | \d{4}-\d\d-\d\d[T ]\d\d:\d\d[\d:.]*(?:Z|\+\d\d:?\d\d)?
    | \d\d:\d\d(?::\d\d)? | \b\d+[ ](?:milliseconds?|seconds?|minutes?|hours?) | \b\d+[ ]ms\b
    | <rect[ ]class="b[^>]*><title>.*?</title></rect> | (?:<path[ ]class="m".*?>)+
    | value="\d+"(?=[^>]*data-slider) | (?<=request[ ]<span[ ]class="mono">)[0-9a-f]{8}
    | (?<="withheld":[ ]")[0-9a-f]{64} | (?<=\[withheld[ ])[0-9a-f]{8}
    """,
    re.VERBOSE,
)
"""What is another each time somebody asks: tokens, numbers of incidents, times, durations."""
KEY = re.compile(r"(?<![0-9a-f])[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}(?![0-9a-f])")
DIGEST = re.compile(r"\b(?:[0-9a-f]{64}|[0-9a-f]{8})\b")
DRAWN = re.compile(
    r'"(?:body_sha256|token_sha256|sealed_sha256|claims_sha256|key_name)":\s*"([0-9a-f]+)"'
)
"""What is made of a random number, or of commitments salted with some."""
SHORT = re.compile(r"(?<![\w-])[\w-]{22}(?![\w-])")
PROOF = re.compile(r'"integrity":.*')
ISSUED = re.compile(r"/appendix/\d+/(?:json|csv)$")
"""Files whose digests are commitments with salts; what else stands in them is compared."""
TAIL = re.compile(r"(?<= · )[0-9a-f]{4}(?![\w-])")
"""How the title of a confidential source tells it from others: the end of its key."""
UNLIKE = frozenset({"Content-Length", "Date", "ETag", "Set-Cookie", "X-Request-ID"})
"""Headers that differ by themselves; the length and the ETag are of what is compared anyway."""


@dataclass
class Twin:
    """One of the two desks, and the people who ask it and may not know."""

    planted: Planted
    signed_claim: str
    token: str

    def __post_init__(self) -> None:
        """Sign the reader in."""
        self.reader = self.planted.person(READER)
        self.planted.desk.app.config.update(WTF_CSRF_ENABLED=False)
        self.keys: dict[str, str] = {}
        self.learn()

    def learn(self) -> None:
        """Read the ledger for the names and digests that differ by themselves."""
        with self.planted.database.reading() as session:
            known = options(session)
            events = session.execute(
                select(EVENT.c.pk, EVENT.c.old, EVENT.c.new).order_by(EVENT.c.eid),
                execution_options=known,
            )
            drawn = list[str]()
            for cell in itertools.chain.from_iterable(events):
                for key in KEY.findall(cell or ""):
                    self._learn(key)
                drawn += DRAWN.findall(cell or "")
            for key in session.scalars(select(OpenSession.id).order_by(OpenSession.id)):
                self._learn(str(key))
            leaves = session.scalars(select(LEAF.c.leaf), execution_options=known)
            self.last = session.scalars(
                select(func.max(EVENT.c.eid)), execution_options=known
            ).one()
            seen = EVENT.c.new.contains('"profile":"public"') & EVENT.c.new.contains("shown_sha256")
            public = session.scalars(select(EVENT.c.new).where(seen), execution_options=known)
            drawn += [digest for told in public for digest in DIGEST.findall(told)]
            self.digests = {*drawn, *(bytes(leaf).hex() for leaf in leaves)}
            entered = session.scalars(select(Source.key).where(~Source.confidential))
            self.digests |= {key.rpartition("-")[2] for key in entered}
            # An issue is a tree of salted commitments; its digests give no guess away.
            issues = session.execute(
                select(
                    Appendix.root_sha256,
                    Appendix.document_sha256,
                    Appendix.state_sha256,
                    AppendixFile.file_sha256,
                    AppendixFile.proof_sha256,
                ).join(AppendixFile)
            )
            self.digests |= {digest for row in issues for digest in row if digest}

    def _learn(self, key: str) -> None:
        plain = key.replace("-", "")
        if plain in self.keys:
            return
        name = self.keys[plain] = f"key {len(self.keys)}"
        self.keys[base64.urlsafe_b64encode(bytes.fromhex(plain))[:-2].decode()] = name

    def written(self, answer: TestResponse) -> str:
        """An answer with its headers, as both desks would have to give it."""
        head = [f"{name}: {value}" for name, value in answer.headers if name not in UNLIKE]
        text = "\n".join((answer.status, *head, "", answer.get_data(as_text=True)))
        issued = ISSUED.search(answer.request.path)
        answer.close()
        text = TAIL.sub("tail", text)
        text = LOOSE.sub(lambda found: found["kept"] or "-", text)
        text = KEY.sub(lambda found: self.keys.get(found[0].replace("-", ""), found[0]), text)
        if issued:
            text = DIGEST.sub("salted", PROOF.sub("", text))
        text = DIGEST.sub(lambda found: "leaf" if found[0] in self.digests else found[0], text)
        return SHORT.sub(lambda found: self.keys.get(found[0], found[0]), text)


def twins(make: tuple[Database, Database], monkeypatch: pytest.MonkeyPatch) -> tuple[Twin, Twin]:
    """Two desks on which the same was done; of one source each says something else."""
    made = []
    for database, secret in zip(make, (ONE, OTHER), strict=True):
        # Both count from one: articles, claims and sources have the same keys.
        monkeypatch.setattr(newsroom, "_numbers", itertools.count(1))
        monkeypatch.setattr(stories, "NUMBERS", itertools.count(1))
        made.append(a_twin(database, secret))
    # Without the secret all that stands for a hash of something withheld is one and the same.
    monkeypatch.setattr(shown_hashes, "HASHES_KEY", "none")
    return made[0], made[1]


def a_twin(database: Database, secret: Secret) -> Twin:
    """A desk with one secret: signed, published and issued upon, with a draft about it."""
    planted, by = Planted(database, secret), f"editor:{KEEPER}"
    store = Store(database.settings.store)
    with database.writing(by) as session:
        account = add_account(
            session,
            name=READER,
            display_name=READER,
            password=PASSWORD,
            roles=set(Role),
            by="system:test",
        )
        session.flush()
        keeper = session.scalars(select(Account).where(Account.name == KEEPER)).one()
        read = [Scope.READ, Scope.EXPORT, Scope.AUDIT]
        token = tokens.issue(session, keeper.id, "reads", read, 30, by).text
        # What only its writer sees may be there or not.
        for number in range(len(secret.title)):
            typed = {"body": [secret.title]}
            drafts.keep(session, keeper.id, drafts.Key("comment", f"x{number}"), typed, None)
        assert account.active
    with database.writing(by) as session:
        claim = _signed(session, planted, by)
        signed_claim = str(claim.id)
        _told_and_asked(session, database, planted, by)
    for profile in Profile:
        made = issue(database, store, Wish(planted.article, profile), by=by)
        made_at_once(database, store, made.key, ["json", "csv"], by=by)
    return Twin(planted, signed_claim, token)


def _signed(session: Session, planted: Planted, by: str) -> Claim:
    """A claim on the confidential source, signed, whose article went out in an emergency."""
    source = session.get_one(Source, planted.source_id)
    told = session.get_one(Claim, planted.desk.claim_id)
    claim = newsroom.a_claim(session, article=told.article)
    passage = Passage(
        stance=Stance.SUPPORTS,
        source=source,
        quote=planted.secret.quote,
        snapshot=session.get_one(Snapshot, planted.snapshot_id),
    )
    attach_evidence(session, claim, passage, by=by)
    newsroom.assessed(session, claim)
    submit(session, claim, by=by)
    sign(session, claim, by=newsroom.REVIEWER, seen_sha256=material_sha256(claim))
    state = article_state(session, told.article)
    words = {"by": newsroom.LEAD, "reason": "Now.", "seen_sha256": state.sha256}
    publish_in_emergency(session, told.article, **words)
    return claim


def _told_and_asked(session: Session, database: Database, planted: Planted, by: str) -> None:
    """Whom the source is, an open source with a text, and a question to somebody outside."""
    source = session.get_one(Source, planted.source_id)
    told = Reached(name=planted.secret.title, phone=planted.secret.quote)
    add_contact(session, ContactKeys(database.settings.contact_key_file), source, told, by=by)
    kept(session, WIRE["en"], issued="2025-11-25")
    claim = session.get_one(Claim, planted.desk.claim_id)
    version = claim.article.versions[0]
    place = {"exact": "5%", "prefix": "", "suffix": "", "start": 10, "stop": 12}
    session.add(ClaimAnchor(claim=claim, article_version=version, created_by=by, **place))
    session.flush()
    invite(session, [claim], Asking(name="Wang", side=Side.EXPERT, question="Is it?"), by=by)
