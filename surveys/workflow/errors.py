"""Why a verb refuses, in words for people."""

from datetime import date

from ogl_portal.lib import dates


class SurveyError(Exception):
    """Base of the refusals; ``str()`` is the German message."""


class RoundClosed(SurveyError):
    """The deadline has passed, or the round is not open yet."""

    def __init__(self) -> None:
        super().__init__("Die Frist ist abgelaufen. Änderungen sind nicht mehr möglich.")


class ChangedMeanwhile(SurveyError):
    """Somebody, perhaps the same person in a second window, saved something newer."""

    def __init__(self) -> None:
        super().__init__("Inzwischen wurde an anderer Stelle eine neuere Fassung gespeichert.")


class LimitReached(SurveyError):
    """A repeatable section holds as many entries as it may."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"In diesem Abschnitt sind höchstens {limit} Einträge möglich.")


class TooManyFiles(SurveyError):
    """A question holds as many files as it may."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"Zu dieser Frage sind höchstens {limit} Dateien möglich.")


class NotReady(SurveyError):
    """Answers are missing or wrong."""

    def __init__(self) -> None:
        super().__init__("Es fehlen noch Angaben. Bitte ergänzen Sie sie vor dem Absenden.")


class NotPublishable(SurveyError):
    """A questionnaire that nobody could answer as it stands; ``messages`` says why."""

    def __init__(self, messages: list[str]) -> None:
        self.messages = messages
        super().__init__(" ".join(messages))


class CannotMove(SurveyError):
    """A round that may not get this version; the message says why."""


class AlreadyBegun(SurveyError):
    """A person who has a response in the round already."""

    def __init__(self, person) -> None:
        super().__init__(f"Von {person} gibt es in dieser Runde schon eine Rückmeldung.")


class NoTimeLeft(SurveyError):
    """Something was to be opened again until a moment that has passed."""

    def __init__(self) -> None:
        super().__init__("Die neue Frist muss in der Zukunft liegen.")


class AfterDeletion(SurveyError):
    """Something was to be opened again for longer than the raw answers may be kept."""

    def __init__(self, day: date) -> None:
        super().__init__(f"Die Rohdaten werden am {dates.day(day)} gelöscht. Die neue Frist muss vorher enden.")


class NothingKept(SurveyError):
    """Something new was to be typed into a round whose raw answers may be kept no longer."""

    def __init__(self, day: date) -> None:
        gone = f"Seit {dates.day(day)} werden in dieser Runde keine Antworten mehr aufbewahrt."
        super().__init__(f"{gone} Erfassen lässt sich nichts mehr.")


class AnswersDeleted(SurveyError):
    """A response was to be opened again whose answers are gone."""

    def __init__(self) -> None:
        super().__init__("Die Antworten dieser Rückmeldung sind schon gelöscht. Sie lässt sich nicht wieder öffnen.")


class NotSubmitted(SurveyError):
    """A single entry was to be opened again, but nothing has been submitted yet."""

    def __init__(self) -> None:
        super().__init__("Diese Rückmeldung ist noch nicht abgesendet. Bitte öffnen Sie sie als Ganzes.")


class EntryRemoved(SurveyError):
    """The entry was taken out of the response."""

    def __init__(self) -> None:
        super().__init__("Diesen Eintrag gibt es nicht mehr.")


class NoMailPossible(SurveyError):
    """An invitation cannot be mailed; the message says why."""


class AlreadyMailed(NoMailPossible):
    """An invitation that somebody else has just mailed."""


class NotShared(SurveyError):
    """The response cannot be shared with this address; the message says why."""


class AlreadySubmitted(SurveyError):
    """Who has submitted cannot say „nicht zuständig“ any more."""

    def __init__(self) -> None:
        super().__init__("Sie haben schon eine Rückmeldung abgesendet.")


class NotOver(SurveyError):
    """The figures of a round were to be frozen that still takes answers."""

    def __init__(self) -> None:
        super().__init__("Die Runde läuft noch. Festschreiben lassen sich die Zahlen nach dem Ende der Frist.")


class TooFewResponses(SurveyError):
    """The figures of a round were to be frozen in which too few have answered."""

    def __init__(self) -> None:
        super().__init__("Für eine Veröffentlichung liegen zu wenige Rückmeldungen vor.")


class AlreadyCoded(SurveyError):
    """The same words say the same need for the same target group already."""

    def __init__(self, quote: str) -> None:
        super().__init__(f"Diese Stelle ist für die Zielgruppe schon so kodiert: „{quote}“.")
