"""The saved questions, by name."""

from app.questions import entries, publication, security, signing
from app.questions.question import Answer, Narrowed, Question
from claims.errors import Missing

QUESTIONS: dict[str, Question] = {
    question.name: question
    for question in (
        *publication.QUESTIONS,
        *signing.QUESTIONS,
        *entries.QUESTIONS,
        *security.QUESTIONS,
    )
}

__all__ = ["QUESTIONS", "Answer", "Narrowed", "Question", "question"]


def question(name: str) -> Question:
    """The question of this name; raise Missing where there is none."""
    found = QUESTIONS.get(name)
    if found is None:
        raise Missing(
            "no_such_question", {"zh": "没有这个问题。", "en": "There is no such question."}
        )
    return found
