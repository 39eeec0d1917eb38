"""The tables of what an article asserts and where its checking stands."""

from claims.models.appendix import Appendix, AppendixFile
from claims.models.article import Article, ArticleVersion, QuantityMention
from claims.models.article_sign_off import ArticleSignOff
from claims.models.assessment import Assessment, SignOff
from claims.models.attention import Snooze
from claims.models.awaited_copy import AwaitedCopy
from claims.models.claim import Claim, ClaimAnchor, ClaimAuthor
from claims.models.contest import Contest, ContestEvidence
from claims.models.discussion import Comment, Finding
from claims.models.evidence import Citation, Evidence, EvidenceTarget
from claims.models.figure import Figure, FigureRelation
from claims.models.formula import FormulaCheck
from claims.models.house import FigureTopic, Reconciliation
from claims.models.invitation import Answer, Invitation, InvitedClaim
from claims.models.observation import Observation
from claims.models.resemblance import ClaimWord, FigureMark
from claims.models.triage import (
    Proposal,
    ProposedFigure,
    Reading,
    ReadingDifference,
    TriageAct,
)

__all__ = [
    "Answer",
    "Appendix",
    "AppendixFile",
    "Article",
    "ArticleSignOff",
    "ArticleVersion",
    "Assessment",
    "AwaitedCopy",
    "Citation",
    "Claim",
    "ClaimAnchor",
    "ClaimAuthor",
    "ClaimWord",
    "Comment",
    "Contest",
    "ContestEvidence",
    "Evidence",
    "EvidenceTarget",
    "Figure",
    "FigureMark",
    "FigureRelation",
    "FigureTopic",
    "Finding",
    "FormulaCheck",
    "Invitation",
    "InvitedClaim",
    "Observation",
    "Proposal",
    "ProposedFigure",
    "QuantityMention",
    "Reading",
    "ReadingDifference",
    "Reconciliation",
    "SignOff",
    "Snooze",
    "TriageAct",
]
