from io import BytesIO

import pytest
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from ogl_portal.directory import workflow
from ogl_portal.directory.leads import may_touch
from ogl_portal.directory.models import Logo, Membership, Person, SignInLink, Topic, User
from ogl_portal.lib.audit.models import AuditRecord
from ogl_portal.lib.models import OutgoingMail
from tests.factories import directory

pytestmark = pytest.mark.django_db

PERSONS = "/admin/directory/person/"
USERS = "/admin/directory/user/"
TOPICS = "/admin/directory/topic/"


def person_form(**values) -> dict:
    """The data of the admin's form for a person, without memberships."""
    management = {f"memberships-{key}": value for key, value in [("TOTAL_FORMS", 0), ("INITIAL_FORMS", 0)]}
    return {"family_name": "Beispiel", "seen_revision": 0, **management, **values}


def memberships(*spans) -> dict:
    """The data of the inline of memberships."""
    data = {"memberships-TOTAL_FORMS": len(spans), "memberships-INITIAL_FORMS": 0}
    for number, (begin, end) in enumerate(spans):
        data |= {f"memberships-{number}-begins_on": begin, f"memberships-{number}-ends_on": end}
    return data


def errors_of(response) -> str:
    context = response.context
    inline = [error for formset in context["inline_admin_formsets"] for error in formset.formset.non_form_errors()]
    return " ".join([context["adminform"].form.errors.as_text(), *inline])


@pytest.mark.parametrize("model", ["organisation", "person", "membership", "user", "topic", "targetgroup"])
def test_lists_are_the_leads_and_nobody_elses(lead, member, model):
    directory.make_member()
    url = reverse(f"admin:directory_{model}_changelist")
    assert lead.client.get(url).status_code == 200
    assert lead.client.get(url, {"q": "Beispiel"}).status_code == 200
    assert member.client.get(url).status_code == 302


@pytest.mark.parametrize("count", [1, 30])
def test_list_of_persons_takes_the_same_queries(lead, count, django_assert_max_num_queries):
    for _ in range(count):
        directory.make_member()
    with django_assert_max_num_queries(12):
        lead.client.get(PERSONS)


def test_filter_shows_members_former_members_and_others(lead):
    former = directory.make_membership(ends_on="2021-05-27").person
    other = directory.make_person()
    shown = {
        value: set(lead.client.get(PERSONS, {"mitglied": value}).context["cl"].queryset)
        for value in ["ja", "frueher", "nie"]
    }
    assert shown == {"ja": {lead.person}, "frueher": {former}, "nie": {other}}


def test_lead_adds_a_member(lead):
    data = person_form(given_name="Erika", email="Erika@Example.org") | memberships(("28.01.2021", ""))
    response = lead.client.post(f"{PERSONS}add/", data)
    assert response.status_code == 302
    person = Person.objects.get(email="erika@example.org")
    assert person.memberships.exists()


def test_overlapping_memberships_are_refused(lead):
    data = person_form() | memberships(("28.01.2021", "27.05.2021"), ("27.05.2021", ""))
    response = lead.client.post(f"{PERSONS}add/", data)
    assert "überschneiden sich" in errors_of(response)
    assert not Person.objects.filter(family_name="Beispiel").exists()


@pytest.mark.parametrize("begin", ["31.02.2021", "gestern", "0", "99999-01-01"])
def test_membership_with_a_wrong_date_is_refused(lead, begin):
    response = lead.client.post(f"{PERSONS}add/", person_form() | memberships((begin, "")))
    assert response.status_code == 200
    assert begin in response.content.decode()


def test_public_name_without_basis_is_refused(lead):
    response = lead.client.post(f"{PERSONS}add/", person_form(name_is_public="on"))
    assert "Grundlage" in errors_of(response)


@pytest.mark.parametrize(("text", "message"), [("Bei\x00spiel", "Steuerzeichen"), ("B" * 1_000_000, "80 Zeichen")])
def test_hostile_name_is_refused_and_kept(lead, text, message):
    response = lead.client.post(f"{PERSONS}add/", person_form(family_name=text))
    assert message in errors_of(response)
    assert text.replace("\x00", "") in response.content.decode()


def test_changed_email_moves_the_sign_in(lead, member):
    lead.client.post(f"{PERSONS}{member.person.pk}/change/", person_form(email="neu@example.org"))
    assert User.objects.get(pk=member.user.pk).email == "neu@example.org"


def test_lead_who_changes_the_own_address_signs_in_anew_with_it_before_reading_what_is_stored_of_it(lead):
    url = f"{PERSONS}{lead.person.pk}/change/"
    page = lead.client.post(url, person_form(email="fremd@example.org"), follow=True)
    assert page.redirect_chain[-1][0].startswith("/anmelden/")
    assert "meldet sich ab jetzt mit fremd@example.org an." in page.content.decode()
    assert lead.client.get("/mein-bereich/daten/").status_code == 302


@pytest.mark.parametrize(("email", "message"), [("", "meldet sich mit der Adresse an"), ("other", "jemand anderes")])
def test_email_that_would_break_a_sign_in_is_refused(lead, member, other_member, email, message):
    email = other_member.user.email if email else ""
    Person.objects.filter(pk=other_member.person.pk).update(email="")
    response = lead.client.post(f"{PERSONS}{member.person.pk}/change/", person_form(email=email))
    assert message in errors_of(response)


def test_lead_cannot_take_over_a_superuser(lead, superuser):
    before = superuser.user.email
    lead.client.post(f"{PERSONS}{superuser.person.pk}/change/", person_form(email="lead@example.org"))
    assert User.objects.get(pk=superuser.user.pk).email == before
    assert Person.objects.get(pk=superuser.person.pk).email == before
    assert lead.client.post(f"{USERS}{superuser.user.pk}/change/", {"is_active": ""}).status_code == 403
    assert lead.client.post(f"{USERS}{superuser.user.pk}/delete/", {"post": "yes"}).status_code == 403
    assert lead.client.post(f"{PERSONS}{superuser.person.pk}/delete/", {"post": "yes"}).status_code == 403


def test_lead_cannot_make_superusers_or_leads(lead, member):
    url = f"{USERS}{member.user.pk}/change/"
    lead.client.post(url, {"is_active": "on", "is_superuser": "on", "is_staff": "on", "groups": "1"})
    user = User.objects.get(pk=member.user.pk)
    assert (user.is_superuser, user.is_staff, user.groups.count()) == (False, False, 0)


def test_lead_deactivates_a_sign_in(lead, member):
    lead.client.post(f"{USERS}{member.user.pk}/change/", {})
    assert member.client.get("/mein-bereich/").status_code == 302


def test_who_is_blocked_is_signed_out_for_good_also_where_it_was_oneself(lead, second_lead, member):
    link = workflow.create_sign_in_link(user=member.user)
    for data in [{}, {"is_active": "on"}]:
        lead.client.post(f"{USERS}{member.user.pk}/change/", data)
    assert User.objects.get(pk=member.user.pk).is_active
    assert member.client.get("/mein-bereich/").status_code == 302 and member.client.post(link).status_code == 410
    assert lead.client.post(f"{USERS}{lead.user.pk}/change/", {}).status_code == 302
    User.objects.filter(pk=lead.user.pk).update(is_active=True)
    assert lead.client.get("/mein-bereich/").status_code == 302


def test_mails_that_wait_for_a_person_do_not_leave_once_the_lead_deleted_the_person(lead, member, other_member):
    for actor in [member, other_member]:
        workflow.mail_sign_in_link(user=actor.user)
        lead.client.post(f"{PERSONS}{actor.person.pk}/delete/", {"post": "yes"})
    assert not Person.objects.exclude(pk=lead.person.pk).exists() and not OutgoingMail.objects.exists()


def test_superuser_makes_a_lead(superuser, member, lead):
    group = lead.user.groups.get()
    data = {"is_active": "on", "is_staff": "on", "groups": group.pk}
    superuser.client.post(f"{USERS}{member.user.pk}/change/", data)
    assert User.objects.get(pk=member.user.pk).is_lead
    told = OutgoingMail.objects.filter(text__contains="gehört jetzt zur OGL-Leitung")
    assert {each.recipient for each in told} == {lead.user.email, member.user.email}


@pytest.mark.parametrize(
    ("who", "path", "data"),
    [
        ("lead", USERS + "{user}/change/", {}),
        ("superuser", USERS + "{user}/change/", {"is_active": "on", "is_staff": "on"}),
        ("lead", USERS + "{user}/delete/", {"post": "yes"}),
        ("lead", PERSONS + "{person}/delete/", {"post": "yes"}),
    ],
    ids=["block", "take the group", "delete", "delete the person"],
)
def test_last_lead_stays_and_a_lead_who_goes_is_told_of(lead, second_lead, superuser, who, path, data):
    actor = {"lead": lead, "superuser": superuser}[who]
    for each, stays in [(second_lead, False), (lead, True)]:
        OutgoingMail.objects.all().delete()
        url = path.format(user=each.user.pk, person=each.person.pk)
        page = actor.client.post(url, data, follow=True).content.decode()
        assert User.objects.leads().filter(pk=each.user.pk).exists() is stays
        assert ("ist die letzte Person der OGL-Leitung" in page) is stays
        told = OutgoingMail.objects.filter(text__contains="gehört nicht mehr zur OGL-Leitung")
        assert {mail.recipient for mail in told} == (set() if stays else {lead.user.email, second_lead.user.email})
    assert LogEntry.objects.filter(action_flag=DELETION).count() == ("change" not in path)


def test_last_lead_may_be_saved_as_one_and_another_group_does_not_stand_for_the_leads(lead, superuser):
    page, data = f"{USERS}{lead.user.pk}/change/", {"is_active": "on", "is_staff": "on"}
    other = Group.objects.create(name="Andere")
    assert "ist die letzte Person" in superuser.client.post(page, data | {"groups": other.pk}).content.decode()
    assert superuser.client.post(page, data | {"groups": lead.user.groups.get().pk}).status_code == 302
    assert list(User.objects.leads()) == [lead.user]


def test_superuser_blocks_somebody_where_nobody_leads_yet(superuser, member):
    assert superuser.client.post(f"{USERS}{member.user.pk}/change/", {}).status_code == 302
    assert not User.objects.get(pk=member.user.pk).is_active


@pytest.mark.parametrize("address", [USERS, PERSONS])
def test_nobody_is_deleted_in_a_list(lead, second_lead, member, address):
    assert 'value="delete_selected"' not in lead.client.get(address).content.decode()
    things = User.objects.all() if address == USERS else Person.objects.all()
    data = {"action": "delete_selected", "post": "yes", "_selected_action": [thing.pk for thing in things]}
    lead.client.post(address, data)
    assert (User.objects.count(), Person.objects.count()) == (3, 3)


def test_page_of_a_user_shows_no_password(lead, member):
    page = lead.client.get(f"{USERS}{member.user.pk}/change/").content.decode()
    assert "asswor" not in page


def test_action_creates_access_and_says_what_it_could_not(lead, member):
    person, without = directory.make_person(), directory.make_person(email="")
    data = {"action": "create_access", "_selected_action": [person.pk, without.pk, member.person.pk]}
    page = lead.client.post(PERSONS, data, follow=True).content.decode()
    assert person.email in page
    assert "tragen Sie zuerst eine E-Mail-Adresse ein" in page
    assert "gibt es schon" in page
    assert User.objects.filter(person=person).exists()


def test_action_mails_a_link(lead, member):
    data = {"action": "mail_link", "_selected_action": [member.user.pk]}
    lead.client.post(USERS, data)
    assert OutgoingMail.objects.get().recipient == member.user.email
    assert SignInLink.objects.get().next_path == ""


def test_distribution_of_a_chosen_day(lead):
    person = directory.make_membership(ends_on="2021-05-27").person
    url = reverse("admin:directory_person_distribution")
    assert url in lead.client.get(PERSONS).content.decode()
    for day in ["2021-05-27", "27.05.2021"]:
        page = lead.client.get(url, {"tag": day}).content.decode()
        assert person.full_name in page
        assert "Stand 27.05.2021" in page
    assert person.full_name not in lead.client.get(url).content.decode()


@pytest.mark.parametrize("day", ["31.02.2021", "morgen", "1.2", "2021-13-01", "…"])
def test_distribution_of_no_day_says_so(lead, day):
    page = lead.client.get(reverse("admin:directory_person_distribution"), {"tag": day}).content.decode()
    assert "ist kein Tag" in page


def test_distribution_is_the_leads(member, visitor):
    url = reverse("admin:directory_person_distribution")
    assert visitor.client.get(url).status_code == member.client.get(url).status_code == 302


def test_deleting_a_person_deletes_the_sign_in(lead, member):
    lead.client.post(f"{PERSONS}{member.person.pk}/delete/", {"post": "yes"})
    assert not User.objects.filter(pk=member.user.pk).exists()
    assert not Membership.objects.filter(person=member.person.pk).exists()


def test_person_without_email_is_added_beside_a_superuser_without_person(lead):
    User.objects.create_superuser("root@example.org")
    response = lead.client.post(f"{PERSONS}add/", person_form())
    assert response.status_code == 302, errors_of(response)


def test_person_with_the_email_of_a_superuser_without_person_is_refused(lead):
    User.objects.create_superuser("root@example.org")
    assert "jemand anderes" in errors_of(lead.client.post(f"{PERSONS}add/", person_form(email="root@example.org")))


@pytest.mark.parametrize(("begin", "status"), [("01.06.2021", 302), ("31.05.2021", 200)])
def test_change_of_organisation_ends_one_membership_and_begins_another(lead, begin, status):
    old = directory.make_membership(begins_on="2021-01-28")
    row = {"id": old.pk, "person": old.person.pk, "organisation": old.organisation_id or ""}
    data = person_form(email=old.person.email) | memberships(("28.01.2021", "31.05.2021"), (begin, ""))
    data |= {f"memberships-0-{name}": value for name, value in row.items()}
    data |= {"memberships-INITIAL_FORMS": 1, "memberships-1-person": old.person.pk}
    response = lead.client.post(f"{PERSONS}{old.person.pk}/change/", data)
    assert response.status_code == status
    assert old.person.memberships.count() == (2 if status == 302 else 1)


def test_person_changed_meanwhile_is_not_overwritten(lead, second_lead, member):
    url = f"{PERSONS}{member.person.pk}/change/"
    data = person_form(email=member.user.email)
    assert lead.client.post(url, data | {"role": "Von Lea"}).status_code == 302
    response = second_lead.client.post(url, data | {"role": "Von Luis"})
    assert response.status_code == 409
    assert "Gespeichert ist: Von Lea" in response.content.decode()
    assert Person.objects.get(pk=member.person.pk).role == "Von Lea"


def logo_form(organisation, file=None, **values) -> dict:
    """The data of the admin's form for an organisation, with its logo."""
    count = int(organisation.logo is not None)
    data = {"name": organisation.name, "slug": organisation.slug, "kind": "other", "logo_row-INITIAL_FORMS": count}
    data |= {
        "logo_row-TOTAL_FORMS": 1,
        "logo_row-0-alternative_text": "Ein Turm",
        "logo_row-0-organisation": organisation.pk,
    }
    data |= {"logo_row-0-id": organisation.logo.pk} if count else {}
    return data | ({"logo_row-0-file": file} if file else {}) | values


def test_lead_uploads_a_logo_that_is_drawn_anew_and_small_and_takes_it_away(lead, django_capture_on_commit_callbacks):
    organisation = directory.make_organisation()
    path = f"/admin/directory/organisation/{organisation.pk}/change/"
    drawn = BytesIO()
    Image.new("RGB", (3000, 1000), "red").save(drawn, "JPEG", comment=b"geheim")
    refused = lead.client.post(path, logo_form(organisation, SimpleUploadedFile("l.pdf", b"%PDF-1.7 %%EOF")))
    assert "Ein Logo ist ein Bild" in refused.content.decode()
    assert "Ein Turm" in refused.content.decode()
    assert (
        lead.client.post(path, logo_form(organisation, SimpleUploadedFile("l.jpg", drawn.getvalue()))).status_code
        == 302
    )
    logo = Logo.objects.get()
    with logo.file.open() as stored:
        picture = Image.open(stored)
        assert (picture.format, picture.size, picture.info) == ("PNG", (480, 160), {})
    organisation.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        lead.client.post(path, logo_form(organisation, **{"logo_row-0-DELETE": "on"}))
    assert not Logo.objects.exists()
    assert not logo.file.storage.exists(logo.file.name)


def test_superuser_alone_may_touch_the_sign_in_of_a_superuser(lead, member, superuser):
    pairs = [(superuser, superuser), (lead, member), (lead, superuser)]
    assert [may_touch(user.user, other.user) for user, other in pairs] == [True, True, False]
    assert may_touch(lead.user, None)


def test_lead_appoints_and_releases_leads_after_asking_and_all_leads_hear_of_it(lead, second_lead, member, superuser):
    data = {"action": "appoint_leads", "_selected_action": [member.user.pk]}
    assert "Ja, aufnehmen" in lead.client.post(USERS, data).content.decode()
    assert not User.objects.leads().filter(pk=member.user.pk).exists()
    assert member.client.post(USERS, data | {"confirmed": "1"}).status_code == 302
    page = lead.client.post(USERS, data | {"confirmed": "1"}, follow=True).content.decode()
    assert "gehört jetzt zur OGL-Leitung" in page
    everybody = {lead.user.email, second_lead.user.email, member.user.email}
    assert set(OutgoingMail.objects.values_list("recipient", flat=True)) == everybody
    assert {lead.user, second_lead.user, member.user} == set(User.objects.leads())
    row = AuditRecord.objects.get(kind="access")
    assert (row.what, row.actor_key) == ("zur OGL-Leitung gemacht", lead.user.pk)
    gone = [lead.user.pk, second_lead.user.pk, member.user.pk, superuser.user.pk]
    data = {"action": "release_leads", "_selected_action": gone, "confirmed": "1"}
    superuser.client.post(USERS, data)
    assert User.objects.leads().count() == 1 and User.objects.get(pk=superuser.user.pk).is_staff


@pytest.mark.parametrize("key", ["9" * 40, "x"])
def test_list_that_can_be_changed_takes_plain_text_and_no_key_that_no_row_can_have(lead, key):
    topic = Topic.objects.order_by("position", "name").first()
    rows = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "_save": "Sichern"}
    forged = lead.client.post(TOPICS, rows | {"form-0-id": key, "form-0-position": "7"})
    assert forged.status_code in {200, 400}
    page = lead.client.post(TOPICS, rows | {"form-0-id": topic.pk, "form-0-position": "vor\x00nach"}).content.decode()
    assert 'value="vornach"' in page and "Steuerzeichen" in page
    assert Topic.objects.get(pk=topic.pk).position == topic.position
