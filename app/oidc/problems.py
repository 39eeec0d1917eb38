"""What can go wrong between the desk and its identity provider, told without a word of its own.

``reason`` is for the log of the desk: it names what did not hold and repeats no secret.
"""

from sources.errors import DeskError
from sources.words import Words


class ProviderProblem(DeskError):
    """Signing in through the provider did not come to its end."""

    def __init__(self, code: str, message: Words, reason: str) -> None:
        """Keep what the page and the log need."""
        super().__init__(code, message)
        self.reason = reason


class Unanswered(ProviderProblem):
    """The provider cannot be asked now, or what it says cannot be used (HTTP 503)."""


class Unproven(ProviderProblem):
    """What came back proves nobody's identity (HTTP 400)."""


def unreachable(reason: str) -> Unanswered:
    """Nothing, too late, too much, or no HTTP came from the provider."""
    return Unanswered(
        "provider_unreachable",
        {
            "zh": "身份提供方没有回应，或回应得太慢。请稍后再试，或用密码登录。",
            "en": "The identity provider does not answer, or too slowly. Try again later, or sign "
            "in with your password.",
        },
        reason,
    )


def unusable(reason: str) -> Unanswered:
    """The provider answered, but not as a provider that is set up for this desk does."""
    return Unanswered(
        "provider_unusable",
        {
            "zh": "身份提供方的回应无法使用，可能是设置有误。请告诉管理员；在此之前可用密码登录。",
            "en": "The answer of the identity provider cannot be used; something may be set up "
            "wrongly. Tell an administrator, and sign in with your password meanwhile.",
        },
        reason,
    )


def busy() -> Unanswered:
    """Too many people are on their way through the provider at this moment."""
    return Unanswered(
        "provider_busy",
        {
            "zh": "正有许多人经身份提供方登录。请过几秒再试。",
            "en": "Many people are signing in through the identity provider right now. Try again "
            "in a few seconds.",
        },
        "as many requests to the provider as are allowed are under way",
    )


def astray(reason: str) -> Unproven:
    """The answer belongs to no way that this browser began, or to one that is over."""
    return Unproven(
        "provider_astray",
        {
            "zh": "这次回应与本浏览器发起的登录对不上，或已用过、已过时。"
            "没有任何改动，请从头再登录一次。",
            "en": "This answer does not belong to a sign-in that this browser began, or it was "
            "used already or came too late. Nothing was changed; begin again.",
        },
        reason,
    )


def unproven(reason: str) -> Unproven:
    """The proof does not hold."""
    return Unproven(
        "provider_unproven",
        {
            "zh": "身份提供方给出的证明未通过核验，因此没有登录。"
            "请从头再试一次；再次失败请告诉管理员。",
            "en": "The proof that came from the identity provider did not pass the checks, so "
            "nobody was signed in. Begin again; tell an administrator if it happens twice.",
        },
        reason,
    )


def not_fresh(reason: str) -> Unproven:
    """The provider did not ask the person again although the desk wanted it."""
    return Unproven(
        "provider_not_fresh",
        {
            "zh": "身份提供方没有让您重新登录，因此不能算作刚刚的证明。"
            "请改用密码、通行密钥或验证码。",
            "en": "The identity provider did not ask you to sign in again, so this is no fresh "
            "proof. Use your password, a passkey or a code instead.",
        },
        reason,
    )


def denied(error: str) -> Unproven:
    """The provider sent the person back with an error; ``error`` is one of its short words."""
    if error in {"temporarily_unavailable", "server_error"}:
        words = {
            "zh": "身份提供方正有故障。请稍后再试，或用密码登录。",
            "en": "The identity provider has a fault at the moment. Try again later, or sign in "
            "with your password.",
        }
    elif error == "access_denied":
        words = {
            "zh": "身份提供方没有放行：您取消了登录，或您在那里无权使用核查台。",
            "en": "The identity provider said no: you cancelled, or you may not use this desk "
            "there.",
        }
    else:
        words = {
            "zh": "身份提供方没有完成登录。请从头再试一次；再次失败请告诉管理员。",
            "en": "The identity provider did not complete the sign-in. Begin again; tell an "
            "administrator if it happens twice.",
        }
    return Unproven("provider_denied", words, f"the provider said {error}")


class Unwelcome(ProviderProblem):
    """The provider knows the person, and no account of this desk does (HTTP 403)."""

    def __init__(self, words: Words, issuer: str, subject: str) -> None:
        """Keep who it was: the person may tell an administrator."""
        super().__init__("provider_unwelcome", words, "no account, or one that is disabled")
        self.issuer, self.subject = issuer, subject


def unwelcome(issuer: str, subject: str) -> Unwelcome:
    """Nobody here is bound to the identity, or whoever is may not come in: alike for both."""
    words = {
        "zh": "身份提供方认得您，但本台没有可以用这个身份登录的账户。",
        "en": "The identity provider knows you, but no account of this desk can be opened with "
        "this identity.",
    }
    return Unwelcome(words, issuer, subject)


def somebody_else() -> Unproven:
    """The identity that came back is not bound to the person who is signed in."""
    return Unproven(
        "provider_somebody_else",
        {
            "zh": "从身份提供方回来的身份没有绑定在您的账户上，不能证明是您。",
            "en": "The identity that came back is not bound to your account, so it proves "
            "nothing about you.",
        },
        "another identity than the account's",
    )
