"""Why a verb refuses, in words for people."""


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
