"""What the questionnaire and the Vernetzung hold of people."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet

from ogl_portal.lib.audit.models import AuditRecord
from ogl_portal.lib.personal_data import Area, Basis, Deletion, NotPersonal, PersonalData, personal_data

from . import workflow
from .models import (
    Answer,
    CodedEntry,
    Coding,
    Consent,
    Entry,
    EntryReview,
    Invitation,
    KeptDraft,
    Match,
    MatchSide,
    NeedFigures,
    PersonalLink,
    PublishedFigures,
    Reminder,
    Response,
    Round,
    SkippedSection,
    Submission,
    Upload,
)
from .workflow.matches import forget_matches_of_person

ANSWERS = "bis zu dem Tag, den die Runde für das Löschen der Rohdaten nennt"
WITH_RESPONSE = "wie die Rückmeldung"
COMMON = {
    "area": Area.SURVEYS,
    "basis": Basis.TASK,
    "kept": WITH_RESPONSE,
    "seen_by": "Sie, wen Sie zur Mitarbeit einladen, und nach dem Absenden die OGL-Leitung",
}
LEAD = "OGL-Leitung"


@personal_data.register
def declare() -> Iterator[PersonalData | NotPersonal]:
    yield from of_trails()
    yield from of_matches()
    yield from of_the_leads_work()
    yield from of_responses()
    yield from of_answers()
    yield from of_invitations()
    yield NotPersonal(Round, ("controller",), "Name der verantwortlichen Stelle")
    yield NotPersonal(Upload, ("name",), "Name einer Datei")


def of_responses() -> Iterator[PersonalData]:
    yield PersonalData(
        Response,
        title="Ihre Rückmeldungen",
        purpose="Antworten auf den Fragebogen der Arbeitsgruppe.",
        of=("respondent",),
        by=("entered_by",),
        shows=("round__title", "organisation__name", "status", "created_at", "submitted_at", "answers_deleted_at",
               "is_paper"),
        also=("mails",),
        erase=delete_responses,
        **COMMON | {"kept": f"{ANSWERS}; Freigaben, auf denen Veröffentlichtes beruht, bis zum Löschen"},
    )  # fmt: skip
    yield PersonalData(
        Consent,
        title="Ihre Freigaben mit Wortlaut",
        purpose="Nachweis, wem Sie was erlaubt haben (Art. 7 Abs. 1 DSGVO).",
        of=("response__respondent",),
        shows=("question_key", "about", "wording", "value_label", "given_at", "ended_at"),
        also=("entry",),
        **COMMON | {"basis": Basis.LAW, "kept": "mit der Rückmeldung, auch nach dem Löschen der Rohdaten"},
    )
    yield PersonalData(
        Submission,
        title="Was Sie abgesendet haben",
        purpose="Jede Absendung, wie sie war.",
        of=("response__respondent",),
        shows=("number", "submitted_at", ("document", "Inhalt")),
        **COMMON,
    )


def of_answers() -> Iterator[PersonalData]:
    facts = COMMON | {"kept": ANSWERS}
    mine = ("response__respondent",)
    yield PersonalData(
        Entry, title="Ihre Einträge und Entwürfe", purpose="Zwischenstände des Fragebogens.", of=mine,
        shows=("section_key", "position", "draft", "saved_at", "removed_at"),
        **facts | {"kept": f"{ANSWERS}; danach leer, soweit eine Freigabe für einen einzelnen Eintrag gilt"},
    )  # fmt: skip
    yield PersonalData(
        Answer, title="Ihre Antworten", purpose="Auswertung Frage für Frage.", of=("entry__response__respondent",),
        shows=("question_key", "value", "text"), **facts,
    )  # fmt: skip
    yield PersonalData(
        Upload, title="Ihre Dateien", purpose="Belege zu einer Antwort.", of=("entry__response__respondent",),
        shows=("question_key", "name", "content_type", "size", "sha256", "created_at", "removed_at"), **facts,
    )  # fmt: skip
    yield PersonalData(
        SkippedSection, title="Abschnitte ohne Angaben", purpose="Was Sie ausdrücklich übergangen haben.", of=mine,
        shows=("section_key",), **facts,
    )  # fmt: skip
    yield PersonalData(
        KeptDraft, title="Aufgehobene Texte", purpose="Was auf eine neue Anmeldung wartete.",
        of=("entry__response__respondent",), shows=(("created_at", "Aufgehoben am"), ("fields", "Text")),
        **COMMON | {"kept": "so lange wie eine Sitzung"},
    )  # fmt: skip


def of_the_leads_work() -> Iterator[PersonalData]:
    facts = COMMON | {"seen_by": LEAD}
    yield PersonalData(
        EntryReview,
        title="Wie die OGL-Leitung Ihre Einträge geprüft hat",
        purpose="Stand der Prüfung, Rückfragen und redigierte Fassungen.",
        of=("entry__response__respondent",),
        by=("changed_by",),
        shows=("state", "note", "question", "asked_at", ("redacted", "Redigierte Fassung"), "changed_at"),
        **facts,
    )
    yield PersonalData(
        CodedEntry,
        title="Welche Ihrer Einträge ausgewertet sind",
        purpose="Wie weit die Auswertung ist.",
        of=("entry__response__respondent",),
        by=("done_by",),
        shows=("done_at",),
        **facts,
    )
    yield PersonalData(
        Coding,
        title="Stellen aus Ihren Antworten, die zu Bedarfen gehören",
        purpose="Aus Antworten werden Bedarfe; Zitate sind nur mit Freigabe öffentlich.",
        of=("response__respondent",),
        by=("created_by",),
        shows=("need__title", "target_group__name", "question_key", "quote", "created_at"),
        also=("entry",),
        deletion=Deletion.DETACHED,
        why="Gezählt wird weiter, dass eine Organisation den Bedarf nennt; Zitat und Bezug zu Ihnen gehen.",
        **facts,
    )
    yield PersonalData(
        PublishedFigures,
        title="Festgeschriebene Zahlen",
        purpose="Wer Zahlen zur Veröffentlichung freigegeben hat.",
        by=("published_by",),
        deletion=Deletion.DETACHED,
        why="Veröffentlichte Zahlen nennen niemanden; kleine Gruppen sind zurückgehalten.",
        **facts | {"kept": "solange es die Runde gibt"},
    )
    yield PersonalData(
        NeedFigures,
        title="Festgeschriebene Zahlen zu Bedarfen",
        purpose="Wer Zahlen zur Veröffentlichung freigegeben hat.",
        by=("frozen_by",),
        deletion=Deletion.DETACHED,
        why="Veröffentlichte Zahlen nennen niemanden; kleine Gruppen sind zurückgehalten.",
        **facts | {"kept": "solange es den Bedarf gibt"},
    )


def of_invitations() -> Iterator[PersonalData]:
    facts = COMMON | {"seen_by": LEAD, "kept": "solange es die Runde gibt"}
    yield PersonalData(
        PersonalLink,
        title="Persönliche Links zum Fragebogen",
        purpose="Zugang ohne Anmeldung, auch für Kolleginnen und Kollegen, die mitarbeiten.",
        of=("invitation__person", "email"),
        shows=("invitation__round__title", "email", "is_shared", "created_at", "used_at", "revoked_at"),
        also=("mail",),
        **facts,
    )
    yield PersonalData(
        Reminder,
        title="Erinnerungen an den Fragebogen",
        purpose="Damit jede Erinnerung nur einmal hinausgeht.",
        of=("invitation__person",),
        shows=("invitation__round__title", "stage", "last_day", "created_at"),
        also=("mail",),
        **facts,
    )
    yield PersonalData(
        Invitation,
        title="Ihre Einladungen zum Fragebogen",
        purpose="Wer gefragt wurde, und wer abgesagt hat.",
        of=("person",),
        shows=("round__title", "created_at", "mailed_at", "declined_at", "declined_reason"),
        also=("last_mail",),
        erase=delete_invitations,
        **facts,
    )


def of_matches() -> Iterator[PersonalData]:
    facts = COMMON | {"area": Area.MATCHES, "basis": Basis.CONSENT, "kept": "bis zum Widerruf oder Löschen"}
    yield PersonalData(
        MatchSide,
        title="Ihre Seite einer Vernetzung",
        purpose="Vorhaben, Angebote und Gesuche zusammenbringen.",
        find=sides_of,
        of=("entry__response__respondent", "person"),
        shows=("title", "organisation__name", "source", "consented_on", "consent_wording", "asked_at"),
        erase=forget_own_matches,
        **facts | {"seen_by": "mit Ihrer Freigabe die Mitglieder, den Kontakt nur die andere Seite"},
    )
    yield PersonalData(
        Match,
        title="Vernetzung",
        purpose="Wer über ein Paar entschieden hat.",
        by=("decided_by",),
        also=("mails",),
        deletion=Deletion.DETACHED,
        why="Von einer Vorstellung bleibt die Zahl, ohne Grund, Titel und Beteiligte.",
        **facts | {"seen_by": LEAD},
    )


def of_trails() -> Iterator[PersonalData]:
    yield PersonalData(
        AuditRecord,
        title="Wer mit Ihrer Rückmeldung gearbeitet hat",
        area=Area.TRACES,
        purpose="Sie und die Aufsicht können prüfen, wann jemand Ihre Antworten gelesen, geändert oder exportiert hat.",
        basis=Basis.LAW,
        kept="AUDIT_RECORD_DAYS Tage",
        seen_by="Sie und die OGL-Leitung",
        find=trail_of,
        shows=("at", "kind", "what"),
        deletion=Deletion.STAYS,
        why="Der Nachweis nennt keine Antwort und nicht Ihren Namen, nur die Nummer der gelöschten Rückmeldung.",
    )


def sides_of(user) -> QuerySet:
    """The sides that belong to a response of the user, or name them by hand."""
    person = user.person_id
    return MatchSide.objects.filter(Q(entry__response__respondent=person) | Q(person=person), match__isnull=not person)


def trail_of(user) -> QuerySet:
    """What was noted of the user's responses."""
    return AuditRecord.objects.about(Response, Response.objects.of(user).values_list("pk", flat=True))


def delete_responses(user) -> int:
    responses = list(Response.objects.of(user))
    for response in responses:
        workflow.delete_response(response=response)
    return len(responses)


def delete_invitations(user) -> int:
    invitations = list(Invitation.objects.filter(person=user.person_id)) if user.person_id else []
    workflow.delete_invitations(invitations=invitations)
    return len(invitations)


def forget_own_matches(user) -> int:
    """Those made of a response go with it; those put together by hand go here."""
    count = sides_of(user).count()
    if user.person_id:
        forget_matches_of_person(person=user.person)
    return count
