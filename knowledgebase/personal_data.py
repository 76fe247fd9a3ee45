"""What the Wissensdatenbank holds of people."""

from collections.abc import Iterator

from django.db.models import F

from ogl_portal.lib import audit, search
from ogl_portal.lib.audit.models import AuditRecord
from ogl_portal.lib.files import delete_files
from ogl_portal.lib.personal_data import Area, Basis, Deletion, NotPersonal, PersonalData, forget_history, personal_data

from .models import (
    Attachment,
    Contact,
    LifeSituation,
    PublicService,
    Reuse,
    Review,
    Snapshot,
    Solution,
    Suggestion,
    Transfer,
)

LEAD = "OGL-Leitung"
COMMON = {"area": Area.KNOWLEDGE, "basis": Basis.TASK, "seen_by": LEAD}
ONESELF, CONSENT_ENDED = "eine Ansprechperson", "Einwilligung einer Ansprechperson beendet: Konto gelöscht"
HISTORY = "Der Verlauf gehört zur Lösung; in ihm steht dann niemand mehr."


@personal_data.register
def declare() -> Iterator[PersonalData | NotPersonal]:
    yield PersonalData(
        Contact,
        title="Wo Sie als Ansprechperson stehen",
        purpose="An wen sich wenden kann, wer eine Lösung nachnutzen möchte.",
        kept="bis zum Widerruf oder Ende der Einwilligung, danach EXPIRED_CONTACT_DAYS Tage",
        of=("email",),
        shows=("solution__title", "name", "role", "email", "consented_on", "valid_until", "consent_wording", "told_at"),
        erase=forget_contacts,
        **COMMON | {"basis": Basis.CONSENT, "seen_by": "alle, solange die Einwilligung gilt"},
    )
    yield from of_solutions()
    yield from of_what_came_in()
    yield NotPersonal(LifeSituation, ("name",), "Name einer Lebens- oder Geschäftslage")
    yield NotPersonal(PublicService, ("name",), "Name einer Leistung")
    yield NotPersonal(Attachment, ("name",), "Name einer Datei")
    yield NotPersonal(Reuse, ("organisation_name",), "Name einer Organisation")


def of_solutions() -> Iterator[PersonalData]:
    yield PersonalData(
        Solution,
        title="Ihre Vorschläge für Lösungen",
        purpose="Wem ein Entwurf gehört und wer ihn eingereicht, geprüft und veröffentlicht hat.",
        kept="solange es die Lösung gibt",
        of=("proposed_by",),
        by=("submitted_by", "published_by", "changed_alone_by", "authors"),
        shows=("title", "summary", "description", "status"),
        also=("origin",),
        deletion=Deletion.DETACHED,
        why="Was veröffentlicht war oder eingereicht ist, nutzen andere; Ihr Name steht nicht mehr dabei. "
        "Entwürfe, die nie veröffentlicht waren, werden gelöscht.",
        erase=forget_drafts,
        **COMMON,
    )
    yield PersonalData(
        Snapshot,
        title="Frühere Stände von Lösungen",
        purpose="Wer was geändert hat, und der Weg zurück.",
        kept="solange es die Lösung gibt",
        by=("made_by",),
        deletion=Deletion.DETACHED,
        why=HISTORY,
        **COMMON,
    )
    yield PersonalData(
        Review,
        title="Prüfungen von Lösungen",
        purpose="Wer wann geprüft hat, ob die Seite noch stimmt.",
        kept="solange es die Lösung gibt",
        by=("checked_by",),
        deletion=Deletion.DETACHED,
        why=HISTORY,
        **COMMON,
    )
    yield PersonalData(
        Transfer,
        title="Übernahmen aus dem Fragebogen",
        purpose="Aus welcher Rückmeldung eine Lösung entstand, damit sie einem Widerruf folgt.",
        kept="solange es die Lösung gibt",
        by=("transferred_by",),
        also=("response",),
        deletion=Deletion.DETACHED,
        why="Dass eine Lösung aus dem Fragebogen stammt, bleibt vermerkt, ohne Bezug zu einer Rückmeldung.",
        **COMMON,
    )


def of_what_came_in() -> Iterator[PersonalData]:
    yield PersonalData(
        Suggestion,
        title="Ihre Hinweise auf Lösungen",
        purpose="Rückfragen zu einem Hinweis von außen.",
        kept="Name und Adresse bis 90 Tage nach der Entscheidung",
        of=("email",),
        by=("decided_by",),
        shows=("title", "text", "url", "name", "email", "created_at", "decided_at"),
        **COMMON | {"basis": Basis.REQUEST},
    )
    yield PersonalData(
        Reuse,
        title="Nachnutzungen, die Sie gemeldet haben",
        purpose="Bestätigen und jährlich nachfragen, ob eine Lösung noch genutzt wird.",
        kept="Name und Adresse bis 90 Tage, nachdem die Angabe abgelehnt wurde oder nicht mehr gilt",
        of=("reported_by", "reporter_email"),
        by=("confirmed_by", "changed_by"),
        shows=("solution__title", "organisation_name", "status", "reporter_name", "reporter_email", "reported_at"),
        deletion=Deletion.DETACHED,
        why="Dass eine Organisation eine Lösung nutzt, bleibt; Ihr Name und Ihre Adresse nicht.",
        erase=forget_reporter,
        **COMMON | {"basis": Basis.REQUEST},
    )


def forget_contacts(user) -> int:
    """Take the user off the solutions that name them; members of the page's public see it at once."""
    contacts = Contact.objects.filter(email__iexact=user.email)
    solutions = list(Solution.objects.filter(contacts__in=contacts).distinct())
    ended = contacts.filter(consented_on__isnull=False).select_related("solution")
    for contact in ended:
        audit.record(AuditRecord.Kind.CONSENT, CONSENT_ENDED, actor=ONESELF, thing=contact.solution)
    count = contacts.count()
    contacts.delete()
    for solution in solutions:
        Solution.objects.filter(pk=solution.pk).update(revision=F("revision") + 1)
        search.update(solution)
    return count


def forget_drafts(user) -> int:
    """Delete drafts that were never published; what is submitted or published stays without the name."""
    drafts = Solution.objects.filter(proposed_by=user, status=Solution.Status.DRAFT, version=0)
    gone = list(drafts)
    delete_files(Attachment.objects.filter(solution__in=gone))
    forget_history(drafts)
    with search.removal(*gone):
        drafts.delete()
    return len(gone) + Solution.objects.filter(proposed_by=user).update(proposed_by=None)


def forget_reporter(user) -> int:
    """The report stays, and nobody is asked about it again."""
    nobody = {"reporter_name": "", "reporter_email": "", "reported_by": None, "contact_released": False}
    rows = Reuse.objects.filter(pk__in=Reuse.objects.filter(reporter_email__iexact=user.email).values("pk"))
    count = rows.update(**nobody, revision=F("revision") + 1)
    return count + Reuse.objects.filter(reported_by=user).update(**nobody, revision=F("revision") + 1)
