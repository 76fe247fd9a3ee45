"""What the directory holds of people, and what goes last when somebody is deleted."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django_otp.plugins.otp_totp.models import TOTPDevice

from ogl_portal.lib import search
from ogl_portal.lib.personal_data import Area, Basis, NotPersonal, PersonalData, forget_history, personal_data

from . import browsers
from .models import (
    BackupCode,
    GroupSubscription,
    KnownNews,
    Logo,
    MailPreference,
    Membership,
    Organisation,
    Person,
    SignedInBrowser,
    SignInLink,
    TargetGroup,
    Topic,
    User,
)
from .models.users import LINKS_KEPT_DAYS

MEMBERS = "Mitglieder und OGL-Leitung"
COMMON = {"area": Area.PERSON, "basis": Basis.TASK, "kept": "bis zum Löschen", "seen_by": MEMBERS}


@personal_data.register
def declare() -> Iterator[PersonalData | NotPersonal]:
    yield PersonalData(
        Membership,
        title="Ihre Mitgliedschaften",
        purpose="Wer wann zur Arbeitsgruppe gehörte: „Verteiler AG, Stand“.",
        of=("person",),
        shows=("organisation__name", "begins_on", "ends_on"),
        **COMMON,
    )
    yield PersonalData(
        MailPreference,
        title="Wie oft wir Sie erinnern dürfen",
        purpose="Ihre Einstellung zu Erinnerungen.",
        of=("person",),
        shows=("steps", "events"),
        **COMMON | {"seen_by": "Sie und die OGL-Leitung"},
    )
    yield from of_subscriptions()
    yield from of_second_factor()
    yield from of_sign_ins()
    yield PersonalData(
        Person,
        title="Ihre Angaben zur Person",
        purpose="Ansprechen, einladen und zuordnen.",
        of=("user",),
        shows=("salutation", "title", "given_name", "family_name", "role", "email", "organisation__name",
               "name_is_public", "name_public_basis",
               ("former_full_names", "Frühere Schreibweisen Ihres Namens")),
        also=("organisation",),
        erase=delete_person,
        **COMMON | {"seen_by": "Mitglieder und OGL-Leitung, mit Ihrer Einwilligung alle"},
    )  # fmt: skip
    yield NotPersonal(Organisation, ("name",), "Name einer Organisation")
    yield NotPersonal(Logo, ("name",), "Dateiname des Logos einer Organisation")
    for model in [TargetGroup, Topic]:
        yield NotPersonal(model, ("name",), "Wort eines Verzeichnisses")


def of_subscriptions() -> Iterator[PersonalData]:
    facts = {"area": Area.PERSON, "basis": Basis.CONSENT, "kept": "bis zur Abbestellung, unbestätigt 7 Tage"}
    yield PersonalData(
        KnownNews,
        title="Was Ihre Abos von Zielgruppen schon gemeldet haben",
        purpose="Damit jede Neuigkeit nur einmal hinausgeht.",
        of=("subscription__email",),
        shows=("key", "known_at"),
        seen_by="niemand",
        **facts,
    )
    yield PersonalData(
        GroupSubscription,
        title="Ihre Abos von Zielgruppen",
        purpose="Nachrichten zu Neuem für eine Zielgruppe.",
        of=("email",),
        shows=("group__name", "email", "requested_at", "confirmed_at", "mailed_at"),
        seen_by="OGL-Leitung",
        **facts,
    )


def of_sign_ins() -> Iterator[PersonalData]:
    facts = COMMON | {"basis": Basis.SECURITY, "seen_by": "niemand; gespeichert ist nur eine Prüfsumme"}
    yield PersonalData(
        SignInLink,
        title="Ihre Anmeldelinks",
        purpose="Anmelden ohne Passwort.",
        of=("user",),
        shows=(("created_at", "Angelegt"), ("expires_at", "Gültig bis"), ("used_at", "Benutzt")),
        **facts | {"kept": f"{LINKS_KEPT_DAYS} Tag über das Ende hinaus"},
    )
    yield PersonalData(
        User,
        title="Ihre Anmeldung",
        purpose="Zugang zum Portal.",
        find=sign_in_of,
        of=("email",),
        shows=("email", "is_active", "is_staff", "is_superuser", "last_login", "created_at"),
        also=("person", "groups", "user_permissions"),
        erase=delete_user,
        **facts | {"seen_by": "OGL-Leitung"},
    )


def of_second_factor() -> Iterator[PersonalData]:
    facts = {"area": Area.PERSON, "basis": Basis.SECURITY, "of": ("user",)}
    yield PersonalData(
        SignedInBrowser,
        title="Wo Sie angemeldet sind",
        purpose="Damit Sie sehen und beenden können, wo Sie angemeldet sind.",
        kept="bis zum Abmelden, höchstens 14 Tage nach dem letzten Besuch",
        seen_by="nur Sie",
        shows=("name", "signed_in_at", "used_at"),
        also=("session",),
        erase=sign_out_everywhere,
        **facts,
    )
    yield PersonalData(
        TOTPDevice,
        title="Ihr zweiter Faktor",
        purpose="Zweites Schloss vor der Verwaltung.",
        kept="bis Sie ihn entfernen",
        seen_by="niemand",
        shows=(("name", "Bezeichnung"), ("created_at", "Angelegt"), ("last_used_at", "Zuletzt benutzt")),
        **facts,
    )
    yield PersonalData(
        BackupCode,
        title="Ihre Backup-Codes",
        purpose="Öffnen die Verwaltung, wenn das Gerät fehlt.",
        kept="bis Sie neue anlegen oder den zweiten Faktor entfernen",
        seen_by="niemand; gespeichert ist nur eine Prüfsumme",
        shows=(("used_at", "Benutzt"),),
        **facts,
    )


def sign_in_of(user) -> QuerySet:
    return User.objects.filter(pk=user.pk)


def sign_out_everywhere(user) -> int:
    return browsers.end(SignedInBrowser.objects.filter(user=user))


def delete_user(user) -> int:
    forget_history(sign_in_of(user))
    return User.objects.filter(pk=user.pk).delete()[1].get(User._meta.label, 0)


def delete_person(user) -> int:
    """The last step: whatever still leads to the person goes with it."""
    person = Person.objects.filter(pk=user.person_id).first()
    if not person:
        return 0
    forget_history(Person.objects.filter(pk=person.pk))
    with search.removal(person):
        person.delete()
    return 1
