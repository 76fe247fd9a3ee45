import pytest
from django.core.management import CommandError, call_command

from ogl_portal.directory.models import User
from ogl_portal.lib.audit.models import AuditRecord
from tests.factories.directory import make_person, make_user

pytestmark = pytest.mark.django_db


def test_first_lead_signs_in_once_with_the_link_and_works_in_the_admin(client, capsys):
    call_command("create_lead", "Petra@Example.org", "Petra", "Beispiel")
    path = capsys.readouterr().out.split()[-1].removeprefix("http://testserver")
    assert client.post(path).headers["Location"] == "/admin/"
    user = User.objects.leads().get()
    assert (user.email, str(user.person), user.is_superuser) == ("petra@example.org", "Petra Beispiel", False)
    assert client.get(path).status_code == 410


def test_member_who_becomes_lead_keeps_name_and_sign_in(member):
    call_command("create_lead", member.person.email, "Anders", "Geschrieben")
    assert User.objects.leads().get() == member.user
    assert str(User.objects.get(pk=member.user.pk).person) == "Mia Mitglied"


def test_lead_who_was_blocked_comes_in_again_alone_and_that_is_recorded(lead, member):
    User.objects.update(is_active=False)
    call_command("create_lead", lead.person.email, "Anders", "Geschrieben")
    assert User.objects.get(is_active=True) == lead.user
    row = AuditRecord.objects.get(what="als OGL-Leitung bestätigt")
    assert (row.actor, row.object_key) == ("Systemverwaltung", str(lead.user.pk))


def test_address_that_is_none_or_signs_in_somebody_else_is_refused():
    with pytest.raises(CommandError, match="keine E-Mail-Adresse"):
        call_command("create_lead", "petra", "Petra", "Beispiel")
    user = make_user(person=make_person())
    User.objects.filter(pk=user.pk).update(email="fremd@example.org")
    with pytest.raises(CommandError, match="jemand anderes"):
        call_command("create_lead", "fremd@example.org", "Petra", "Beispiel")
    assert not User.objects.leads().exists()
