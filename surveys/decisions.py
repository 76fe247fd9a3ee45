"""The consents of a response as people read them: what holds now, since when, and what held before."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from .definition import Kind, Question
from .models import Consent, Response
from .sheet import Sheet


@dataclass
class Decision:
    """One thing that was asked for, generally or for one entry, with everything that was decided about it."""

    question: Question | None
    about: str
    consents: list[Consent] = field(default_factory=list)

    @classmethod
    def all_of(cls, response: Response) -> list["Decision"]:
        """Every decision of a response, in the order of the questionnaire, the newest consent of each first."""
        consents = response.consents.select_related("entry").order_by("question_key", "entry", "-given_at", "-pk")
        names = names_of_entries(response, consents)
        found: dict[tuple, Decision] = {}
        for consent in consents:
            key = (consent.question_key, consent.entry_id)
            question = response.round.definition.questions.get(consent.question_key)
            found.setdefault(key, cls(question, names.get(consent.entry_id, ""))).consents.append(consent)
        return [found[key] for key in sorted(found, key=lambda key: (key[0], key[1] or 0))]

    @classmethod
    def of(cls, consent: Consent, response: Response) -> "Decision":
        """The decision that one consent is."""
        return cls(response.round.definition.questions.get(consent.question_key), "", [consent])

    @property
    def latest(self) -> Consent:
        """What was decided last, whether it still holds or not."""
        return self.consents[0]

    @property
    def current(self) -> Consent | None:
        """What holds now; nothing where the last decision has ended and none has come in its place."""
        return None if self.latest.ended_at else self.latest

    @property
    def label(self) -> str:
        words = self.question.label if self.question else self.latest.wording
        return f"{words} ({self.about})" if self.about else words

    @property
    def is_given(self) -> bool:
        return bool(self.current and self.current.value != Consent.REFUSED)

    @property
    def is_withdrawn(self) -> bool:
        """Whether what is refused now was allowed until then."""
        if self.is_given or not self.current:
            return False
        before = self.consents[1:2]
        return any(one.value != Consent.REFUSED and one.ended_at == self.current.given_at for one in before)

    @property
    def is_condition(self) -> bool:
        """Whether nothing may be stored without it: that is withdrawn by deleting the response."""
        return bool(self.question and self.question.kind == Kind.CONFIRMATION and self.question.is_required)

    @property
    def is_withdrawable(self) -> bool:
        return self.is_given and not self.is_condition


def names_of_entries(response: Response, consents: Iterable[Consent]) -> dict[int, str]:
    """What the entries are called for which something special was decided, as submitted last.

    Of an entry that is no longer part of that, only its number is left.
    """
    special = [consent for consent in consents if consent.entry_id]
    submission = response.submissions.first() if special else None
    cards = Sheet.of_submission(submission, submission.definition).cards if submission else []
    names = {card.entry.uuid: card.name for card in cards}
    return {consent.entry_id: names.get(consent.entry.uuid) or name_left(consent) for consent in reversed(special)}


def name_left(consent: Consent) -> str:
    """Beispiel 2, of which there is nothing to read any more."""
    return f"{consent.about}, entfernt" if consent.entry.removed_at else consent.about
