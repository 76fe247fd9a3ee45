"""What series, events, reports and workshop topics hold of people."""

from collections.abc import Iterator

from django.db.models import QuerySet

from ogl_portal.lib.personal_data import Area, Basis, Deletion, NotPersonal, PersonalData, personal_data

from .models import (
    AgendaProposal,
    Attendance,
    EventMail,
    EventMaterial,
    EventSpeaker,
    PersonalCalendar,
    Registration,
    RegistrationLink,
    RegistrationMail,
    ReportAnnex,
    ReportVersion,
    ReviewComment,
    ReviewConfirmation,
    ReviewMail,
    Subscription,
    SubscriptionMail,
    TopicComment,
    TopicDot,
    WorkshopTopic,
)
from .own_topics import delete_topics
from .workflow import forget_registrations, withdrawn_names

LEAD, MEMBERS = "OGL-Leitung", "Mitglieder und OGL-Leitung"
EVENTS = {"area": Area.EVENTS, "basis": Basis.TASK, "kept": "solange es den Termin gibt", "seen_by": LEAD}
REPORTS = {"area": Area.REPORTS, "basis": Basis.TASK, "kept": "solange es den Report gibt", "seen_by": MEMBERS}
AFTER_EVENT = "REGISTRATION_DAYS Tage nach dem Termin, unbestätigt oder abgemeldet 7 Tage"
TOPICS = "365 Tage nach dem Workshop"


@personal_data.register
def declare() -> Iterator[PersonalData | NotPersonal]:
    yield from of_reports()
    yield from of_meetings()
    yield from of_registrations()
    yield from of_topics()
    for model in [EventMaterial, ReportAnnex]:
        yield NotPersonal(model, ("name",), "Name einer Datei")


def of_reports() -> Iterator[PersonalData]:
    yield PersonalData(
        ReportVersion,
        title="Freigegebene Reports mit Ihrem Namen",
        purpose="Was die Arbeitsgruppe beschlossen hat und wer dabei war.",
        find=versions_naming,
        by=("released_by",),
        shows=("title", "number", "released_at", "redacted_at"),
        deletion=Deletion.STAYS,
        why="Im öffentlichen Text und im öffentlichen PDF steht statt Ihres Namens Ihre Organisation. Die Fassung für "
        "Mitglieder bleibt als Protokoll der Arbeitsgruppe; wünschen Sie auch dort die Löschung, schreiben Sie der "
        "OGL-Leitung.",
        **REPORTS | {"seen_by": "alle nur mit Einwilligung, sonst Mitglieder und OGL-Leitung"},
    )
    yield PersonalData(
        ReviewComment,
        title="Ihre Anmerkungen zu Entwürfen",
        purpose="Prüfung eines Reports durch die Mitglieder.",
        of=("author",),
        by=("answered_by",),
        shows=(("section__report__title", "Report"), "text", "created_at", "outcome", "answer"),
        **REPORTS,
    )
    yield PersonalData(
        ReviewConfirmation,
        title="Ihre Bestätigungen von Entwürfen",
        purpose="Wer einen Entwurf für richtig hält.",
        of=("user",),
        shows=("report__title", "at"),
        **REPORTS,
    )
    yield PersonalData(
        ReviewMail,
        title="Mails zur Prüfung eines Reports",
        purpose="Damit jede nur einmal hinausgeht.",
        of=("person",),
        shows=("report__title", ("sent_at", "Gesendet")),
        **REPORTS | {"seen_by": LEAD},
    )


def of_meetings() -> Iterator[PersonalData]:
    yield PersonalData(
        Attendance,
        title="Ihre Zusagen und Teilnahmen",
        purpose="Wer kommt und wer dabei war.",
        of=("person",),
        shows=("event__title", ("event__starts_at", "Beginn"), "status", "as_member"),
        **EVENTS | {"seen_by": MEMBERS},
    )
    yield PersonalData(
        EventSpeaker,
        title="Termine, bei denen Sie mitwirken",
        purpose="Wer vorträgt oder moderiert.",
        of=("person",),
        shows=("event__title", "role"),
        **EVENTS | {"basis": Basis.CONSENT, "seen_by": "alle nur mit Einwilligung, sonst Mitglieder"},
    )
    yield PersonalData(
        AgendaProposal,
        title="Ihre Vorschläge zur Tagesordnung",
        purpose="Worüber Mitglieder sprechen möchten.",
        of=("proposed_by",),
        shows=("event__title", "title", "description", "created_at", "outcome", "answer"),
        **EVENTS | {"seen_by": MEMBERS},
    )
    yield PersonalData(
        EventMail,
        title="Mails zu Sitzungen und Workshops",
        purpose="Damit Sie jede Nachricht einmal und von jeder Änderung hören.",
        of=("person",),
        shows=("event__title", "stage", ("sent_at", "Gesendet")),
        **EVENTS,
    )
    yield PersonalData(
        PersonalCalendar,
        title="Ihr persönlicher Kalender",
        purpose="Das Kalenderabo mit Ihren Terminen; seine Adresse steht unter „Mein Bereich“.",
        of=("user",),
        shows=("renewed_at",),
        **EVENTS | {"kept": "bis zum Löschen", "seen_by": "Sie"},
    )


def of_registrations() -> Iterator[PersonalData]:
    facts = EVENTS | {"basis": Basis.REQUEST, "kept": AFTER_EVENT}
    yield PersonalData(
        Registration,
        title="Ihre Anmeldungen zu Terminen",
        purpose="Plätze, Warteliste und Nachrichten zum Termin.",
        of=("email",),
        shows=("event__title", "name", "email", "organisation", "status", "requested_at", "confirmed_at",
               "cancelled_at", "has_attended"),
        erase=delete_registrations,
        **facts,
    )  # fmt: skip
    yield PersonalData(
        RegistrationLink,
        title="Links zu Ihren Anmeldungen",
        purpose="Bestätigen und abmelden ohne Zugang; gespeichert ist nur eine Prüfsumme des Links.",
        of=("registration__email",),
        shows=(("created_at", "Angelegt"), ("name", "Name"), ("organisation", "Organisation")),
        **facts,
    )
    yield PersonalData(
        RegistrationMail,
        title="Mails zu Ihren Anmeldungen",
        purpose="Damit jede nur einmal hinausgeht.",
        of=("registration__email",),
        shows=("stage", ("sent_at", "Gesendet")),
        also=("mail",),
        **facts,
    )
    abo = facts | {"basis": Basis.CONSENT, "kept": "bis zur Abbestellung, unbestätigt 7 Tage"}
    yield PersonalData(
        SubscriptionMail,
        title="Mails zu Ihren Abos",
        purpose="Damit jede Nachricht nur einmal hinausgeht.",
        of=("subscription__email",),
        shows=(("event__title", "Termin"), "stage", ("sent_at", "Gesendet")),
        **abo,
    )
    yield PersonalData(
        Subscription,
        title="Ihre Abos von Serien",
        purpose="Nachrichten zu neuen Terminen einer Serie.",
        of=("email",),
        shows=("series__title", "email", "requested_at", "confirmed_at"),
        **abo,
    )


def of_topics() -> Iterator[PersonalData]:
    facts = EVENTS | {"kept": TOPICS, "seen_by": MEMBERS}
    yield PersonalData(
        TopicDot,
        title="Ihre Punkte für Workshop-Themen",
        purpose="Welche Themen die meisten möchten.",
        of=("member",),
        shows=(("collection__event__title", "Workshop"), "topic__title"),
        **facts | {"seen_by": "Sie; andere sehen nur die Summe"},
    )
    yield PersonalData(
        TopicComment,
        title="Ihre Kommentare zu Workshop-Themen",
        purpose="Gespräch über ein Thema.",
        of=("author",),
        shows=("topic__title", "text", "at"),
        **facts,
    )
    yield PersonalData(
        WorkshopTopic,
        title="Ihre Workshop-Themen",
        purpose="Worüber ein Workshop sprechen soll.",
        of=("proposed_by",),
        shows=(("collection__event__title", "Workshop"), "title", "text", "proposed_at"),
        deletion=Deletion.DETACHED,
        why="Ein Thema, das andere aufgegriffen haben, bleibt ohne Ihren Namen; die übrigen werden gelöscht.",
        erase=delete_topics,
        **facts | {"kept": "solange es den Termin gibt"},
    )


def versions_naming(user) -> QuerySet:
    """Released versions whose text for members names the person, in any spelling of the name."""
    found = withdrawn_names.versions_naming(user.person, "members_html") if user.person_id else []
    return ReportVersion.objects.defer(*ReportVersion.LONG).filter(pk__in=[version.pk for version in found])


def delete_registrations(user) -> int:
    return forget_registrations(email=user.email)
