"""What the tools hold of people: mails, traces, history."""

from collections.abc import Iterator

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet

from .audit.models import AuditRecord
from .models import OutgoingMail, UnwantedFile
from .personal_data import Area, Basis, Deletion, NotPersonal, PersonalData, personal_data

LEAD = "OGL-Leitung"


@personal_data.register
def declare() -> Iterator[PersonalData | NotPersonal]:
    yield PersonalData(
        OutgoingMail,
        title="Mails an Sie",
        area=Area.LETTERS,
        purpose="Zustellung, und Auskunft, ob und wann eine Mail hinausging.",
        basis=Basis.TASK,
        kept="MAIL_RECORD_DAYS Tage; Texte nur bis zum Versand",
        seen_by=LEAD,
        of=("recipient",),
        shows=("subject", "recipient", "created_at", "sent_at", "failed_at"),
    )
    yield PersonalData(
        LogEntry,
        title="Was Sie in der Verwaltung geändert haben",
        area=Area.TRACES,
        purpose="Verlauf, der neben jedem Ding in der Verwaltung steht.",
        basis=Basis.TASK,
        kept="AUDIT_RECORD_DAYS Tage",
        seen_by=LEAD,
        of=("user",),
        shows=(
            ("action_time", "Wann"),
            ("action_flag", "Art"),
            ("content_type__model", "Tabelle"),
            ("object_repr", "Woran"),
        ),
        also=("user", "object_repr"),
    )
    yield PersonalData(
        AuditRecord,
        title="Was der Prüfpfad von Ihrer Arbeit festhält",
        area=Area.TRACES,
        purpose="Nachweis, wer personenbezogene Daten gelesen, geändert oder exportiert hat.",
        basis=Basis.LAW,
        kept="AUDIT_RECORD_DAYS Tage",
        seen_by=LEAD,
        find=acts_of,
        shows=("at", "kind", "what", "label", "page"),
        also=("actor",),
        deletion=Deletion.STAYS,
        why="Der Nachweis, wer mit den Daten anderer gearbeitet hat, darf bis zum Ende seiner Frist nicht "
        "veränderbar sein (Art. 5 Abs. 2 und Art. 17 Abs. 3 DSGVO). Er enthält Ihren Namen und was Sie getan haben.",
    )
    yield NotPersonal(Group, ("name",), "Name einer Gruppe")
    yield NotPersonal(Permission, ("name", "codename"), "Name eines Rechts")
    yield NotPersonal(ContentType, ("model",), "Name einer Tabelle")
    yield NotPersonal(UnwantedFile, ("name",), "ausgeloster Name einer Datei in der Ablage")


def acts_of(user) -> QuerySet:
    return AuditRecord.objects.filter(actor_key=user.pk)
