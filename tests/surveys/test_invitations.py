"""Personal links, sharing the work, „nicht zuständig“, and the lead's board."""

import re
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ogl_portal.directory.models import Person, User
from ogl_portal.directory.workflow import hash_of
from ogl_portal.lib.models import OutgoingMail
from ogl_portal.lib.registry import changed_addresses
from surveys import workflow
from surveys.models import Invitation, PersonalLink, Reminder, Response, Round
from surveys.workflow.links import create_link, way_in
from tests.factories.directory import make_organisation, make_person
from tests.factories.surveys import fill, make_complete_response, make_response, make_round, submit

pytestmark = pytest.mark.django_db
State = Invitation.State


def text_of(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def outsider():
    """Somebody of a guest organisation whom the portal knows, without an account."""
    return make_person(given_name="Greta", family_name="Gastorg", email="greta@gast.example.org")


@pytest.fixture
def invitation(outsider):
    return make_round(outsider).invitations.get()


@pytest.fixture
def post_office(django_capture_on_commit_callbacks):
    """Lets what waits for the commit go out."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def submitted() -> dict:
    """What a response is that was submitted just now."""
    return {"status": Response.Status.SUBMITTED, "submitted_at": timezone.now()}


def link_in(message) -> str:
    """The path of the personal link in a mail."""
    return re.search(r"/fragebogen/e/[\w-]+/", message.body)[0]


def come_in(invitation, **options) -> Client:
    """A browser in which the personal link was opened."""
    _, url = create_link(invitation=invitation, email="x@example.org", **options)
    client = Client()
    client.post("/" + url.split("/", 3)[3])
    return client


def test_invitation_is_mailed_with_a_link_that_only_its_hash_remembers(invitation, post_office):
    with post_office():
        workflow.mail_invitation(invitation=invitation)
    [message] = mail.outbox
    token = link_in(message).split("/")[3]
    assert len(token) >= 43 and message.to == [invitation.person.email]
    assert PersonalLink.objects.get().token_hash == hash_of(token)
    sent = OutgoingMail.objects.get()
    assert (sent.text, sent.valid_until) == ("", invitation.round.closes_at)


def test_looking_at_a_link_opens_nothing_and_is_kept_nowhere(invitation):
    _, url = create_link(invitation=invitation, email="x@example.org")
    client, path = Client(), "/" + url.split("/", 3)[3]
    answer = client.get(path)
    assert "Fragebogen öffnen" in text_of(answer) and PersonalLink.objects.get().used_at is None
    headers = {name: answer[name] for name in ["Referrer-Policy", "Cache-Control", "X-Robots-Tag"]}
    assert headers == {
        "Referrer-Policy": "no-referrer", "Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow",
    }  # fmt: skip
    assert "Jetzt beginnen" not in text_of(client.get(invitation.round.get_absolute_url()))


def test_link_leads_somebody_without_an_account_to_a_submitted_response(invitation):
    _, url = create_link(invitation=invitation, email="x@example.org")
    client = Client()
    entered = client.post("/" + url.split("/", 3)[3])
    start = invitation.round.get_absolute_url()
    assert entered["Location"] == start and "Jetzt beginnen" in text_of(client.get(start))
    client.post(start + "beginnen/")
    response = Response.objects.get(respondent=invitation.person)
    assert client.get(start + "abschnitt/A/").status_code == 200
    complete(response)
    page = client.get(start + "pruefen/")
    fields = {"revision": page.context["response"].revision, "key": page.context["key"]}
    assert "ist angekommen" in text_of(client.post(start + "absenden/", fields, follow=True))


def complete(response) -> None:
    fill(response, "A", {"A1-organisation": "Haus", "A1-name": "N", "A1-email": "n@example.org", "A2": "chamber"})
    fill(response, "G", {"G5": "yes"})


def test_link_opens_its_round_and_nothing_else(invitation, outsider):
    client = come_in(invitation)
    other = make_round(outsider)
    assert "Jetzt beginnen" not in text_of(client.get(other.get_absolute_url()))
    assert client.get(other.get_absolute_url() + "pruefen/").status_code == 302
    assert client.get("/mein-bereich/")["Location"].startswith("/anmelden/")
    assert client.get("/admin/", follow=True).request["PATH_INFO"] == "/anmelden/"


def test_link_does_not_open_the_response_of_somebody_else(invitation, member):
    make_response(member.person, invitation.round)
    workflow.invite(round=invitation.round, person=member.person)
    create_link(invitation=invitation.round.invitations.get(person=member.person), email=member.person.email)
    client = come_in(invitation)
    assert client.get(invitation.round.get_absolute_url() + "pruefen/")["Location"].endswith(
        invitation.round.get_absolute_url()
    )


def test_opening_a_link_gives_the_session_a_new_name(invitation):
    link, url = create_link(invitation=invitation, email="x@example.org")
    create_link(invitation=invitation, email="y@example.org")
    client = Client()
    client.session.save()
    client.get("/" + url.split("/", 3)[3])
    before, form = client.session.session_key, client.cookies["csrftoken"].value
    client.post("/" + url.split("/", 3)[3])
    assert client.session.session_key != before and client.cookies["csrftoken"].value != form
    assert list(PersonalLink.objects.filter(used_at__isnull=False)) == [link]


def test_revoked_link_ends_at_once_also_in_open_sessions(invitation):
    client = come_in(invitation)
    start = invitation.round.get_absolute_url()
    client.post(start + "beginnen/")
    entry = Response.objects.get().entries.get(section_key="A")
    assert [workflow.revoke_links(invitation=invitation) for _ in range(2)] == [1, 0]
    answer = client.post(start + "abschnitt/A/", {"entry": entry.uuid, "revision": 1, "A1-name": "Noch da"})
    assert answer.status_code == 403 and "Noch da" in text_of(answer)
    assert "Anmelden und ausfüllen" in text_of(client.get(start))


def test_revoked_and_unknown_links_are_gone(invitation):
    link, url = create_link(invitation=invitation, email="x@example.org")
    workflow.revoke_link(link=link)
    good, _ = create_link(invitation=invitation, email="y@example.org")
    for path in ["/" + url.split("/", 3)[3], "/fragebogen/e/unbekannt/"]:
        assert [Client().get(path).status_code, Client().post(path).status_code] == [410, 410]
    assert list(PersonalLink.objects.usable()) == [good] and PersonalLink.objects.filter(used_at=None).count() == 2


def test_link_into_a_round_that_is_not_published_is_gone(invitation):
    _, url = create_link(invitation=invitation, email="x@example.org")
    type(invitation.round).objects.update(opened_at=None)
    assert Client().get("/" + url.split("/", 3)[3]).status_code == 410


def test_response_in_a_round_that_is_not_published_is_not_found(member):
    round = make_response(member.person).round
    type(round).objects.update(opened_at=None)
    assert member.client.get(round.get_absolute_url() + "pruefen/").status_code == 404


def test_page_of_a_response_without_one_leads_to_the_own_round_or_is_not_found(member, visitor):
    round, _ = make_round(member.person), make_round(member.person)
    page = round.get_absolute_url() + "pruefen/"
    assert member.client.get(page)["Location"] == round.get_absolute_url()
    assert visitor.client.get(page)["Location"].startswith("/anmelden/")
    visitor.client.force_login(User.objects.create_superuser("it@example.org"))  # without a person
    assert visitor.client.get(page).status_code == 404


def test_link_is_closed_on_a_shared_device(invitation):
    client = come_in(invitation)
    make_round(invitation.person)
    page = text_of(client.post(invitation.round.get_absolute_url() + "link-schliessen/", follow=True))
    assert "auf diesem Gerät wieder geschlossen" in page and "Jetzt beginnen" not in page
    type(invitation.round).objects.update(opened_at=None)
    assert client.post(invitation.round.get_absolute_url() + "link-schliessen/").status_code == 404


def test_mail_about_a_response_leads_in_by_the_account_or_by_a_link_of_who_has_none_that_works(member, other_member):
    round = make_round(other_member.person, make_person())
    make_round(other_member.person)
    User.objects.filter(pk=other_member.user.pk).update(is_active=False)
    ways = []
    for person in [member.person, other_member.person, make_person()]:
        response = Response.objects.create(round=round, respondent=person)
        ways.append(way_in(response=Response.objects.get(pk=response.pk)))
    (link, url), *others = ways
    assert (link, url) == (None, "http://testserver" + round.get_absolute_url())
    assert [link.invitation.round for link, _ in others] == [round, round]
    assert [link.email == link.invitation.person.email for link, _ in others] == [True, True]
    assert all("/fragebogen/e/" in url for _, url in others)


def test_renewing_revokes_the_old_link_and_leaves_colleagues_theirs(invitation, post_office):
    older, _ = create_link(invitation=invitation, email="x@example.org")
    workflow.revoke_link(link=older)
    ended = PersonalLink.objects.get(pk=older.pk).revoked_at
    old, _ = create_link(invitation=invitation, email="x@example.org")
    colleague, _ = create_link(invitation=invitation, email="y@example.org", is_shared=True)
    with post_office():
        workflow.renew_invitation(invitation=invitation)
    usable = PersonalLink.objects.usable()
    assert not usable.filter(pk=old.pk).exists() and usable.filter(pk=colleague.pk).exists()
    assert Client().get(link_in(mail.outbox[0])).status_code == 200
    workflow.revoke_link(link=older)
    assert PersonalLink.objects.get(pk=older.pk).revoked_at == ended


@pytest.mark.parametrize(
    "fields", [{"opened_at": None}, {"closes_at": timezone.now() - timedelta(hours=1)}], ids=["hidden", "over"]
)
def test_nobody_is_invited_into_a_round_that_takes_no_answers(outsider, fields):
    round = make_round(outsider, **fields)
    for verb in [workflow.mail_invitation, workflow.renew_invitation]:
        with pytest.raises(workflow.NoMailPossible):
            verb(invitation=round.invitations.get())


def test_person_without_an_address_is_not_mailed(invitation):
    type(invitation.person).objects.update(email="")
    invitation.person.refresh_from_db()
    with pytest.raises(workflow.NoMailPossible):
        workflow.mail_invitation(invitation=invitation)


def test_mailing_a_round_reaches_everybody_once(invitation, member, post_office):
    workflow.invite(round=invitation.round, person=member.person)
    workflow.invite(round=invitation.round, person=make_person(email=""))
    workflow.invite(round=invitation.round, person=make_person(email="nein@example.org"))
    declined = {"declined_at": timezone.now(), "declined_reason": "Nein"}
    Invitation.objects.filter(person__email="nein@example.org").update(**declined)
    Response.objects.create(round=make_round(), respondent=member.person, **submitted())
    with post_office():
        assert workflow.mail_invitations(round=invitation.round) == 2
        assert workflow.mail_invitations(round=invitation.round) == 0
    assert {message.to[0] for message in mail.outbox} == {invitation.person.email, member.person.email}
    assert all(link.mail.recipient == link.email for link in PersonalLink.objects.select_related("mail"))


def test_what_one_person_does_leaves_the_invitations_of_others_as_they_are(member, other_member):
    round = make_round(member.person, other_member.person)
    submit(make_complete_response(other_member.person, round))
    mine, other = (round.invitations.get(person=each.person) for each in [member, other_member])
    later = make_round(member.person).invitations.get()
    Response.objects.create(round=later.round, respondent=member.person, **submitted())
    Response.objects.create(round=round, respondent=member.person)  # only begun
    link, _ = create_link(invitation=other, email="o@example.org")
    for number, invitation in enumerate([mine, other, later]):
        waiting = OutgoingMail.objects.create(recipient=f"{number}@example.org", subject="Erinnerung", text="")
        Reminder.objects.create(invitation=invitation, stage=7, last_day=round.last_day, mail=waiting)
    workflow.renew_invitation(invitation=mine)
    workflow.decline_invitation(invitation=mine, reason="Nein")
    workflow.revoke_link(link=mine.links.get())
    for invitation in [mine, other]:
        invitation.refresh_from_db()
    assert (other.mailed_at, other.declined_at) == (None, None) and mine.mailed_at
    reminders = OutgoingMail.objects.filter(subject="Erinnerung")
    assert set(reminders.values_list("recipient", flat=True)) == {"1@example.org", "2@example.org"}
    assert list(PersonalLink.objects.usable()) == [link]
    Invitation.objects.filter(pk=other.pk).update(declined_at=timezone.now(), declined_reason="Nein")
    workflow.accept_again(invitation=mine)
    assert set(Invitation.objects.filter(declined_at=None, declined_reason="")) == {mine, later}


def test_who_submits_after_all_is_responsible_in_this_round_and_nobody_else_is(member, other_member):
    round, later = make_round(member.person, other_member.person), make_round(member.person)
    declined = [*round.invitations.all(), later.invitations.get()]
    for invitation in declined:
        workflow.decline_invitation(invitation=invitation, reason="Nein")
    submit(make_complete_response(member.person, round))
    taken_back = round.invitations.get(person=member.person)
    assert (taken_back.declined_at, taken_back.declined_reason) == (None, "")
    assert set(Invitation.objects.exclude(declined_at=None)) == {*declined} - {taken_back}


def mail_one(invitation) -> bool:
    """Whether it was this call that mailed the invitation."""
    try:
        workflow.mail_invitation(invitation=invitation)
    except workflow.AlreadyMailed:
        return False
    return True


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["round", "one by one"])
def test_two_leads_at_once_mail_everybody_once(how, settings):
    settings.MAIL_IN_BACKGROUND = False
    round = make_round(*(make_person(email=f"gast{number}@example.org") for number in range(5)))
    invitations, started, counts = list(round.invitations.select_related("round", "person")), Barrier(4), []

    def send():
        try:
            started.wait(timeout=20)
            counts.append(workflow.mail_invitations(round=round) if how == "round" else sum(map(mail_one, invitations)))
        finally:
            connection.close()

    threads = [Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counts) == 5 and len(mail.outbox) == 5
    assert PersonalLink.objects.count() == 5 and len({message.to[0] for message in mail.outbox}) == 5


# --- Ending an invitation


def delete_on_its_page(lead, invitation):
    return lead.client.post(reverse("admin:surveys_invitation_delete", args=[invitation.pk]), {"post": "yes"})


def delete_by_action(lead, invitation):
    data = {"action": "delete_selected", "_selected_action": [invitation.pk], "post": "yes"}
    return lead.client.post(reverse("admin:surveys_invitation_changelist"), data)


def delete_with_the_round(lead, invitation):
    return lead.client.post(reverse("admin:surveys_round_delete", args=[invitation.round_id]), {"post": "yes"})


def delete_with_rounds(lead, invitation):
    data = {"action": "delete_selected", "_selected_action": [invitation.round_id], "post": "yes"}
    return lead.client.post(reverse("admin:surveys_round_changelist"), data)


@pytest.mark.parametrize(
    "delete",
    [delete_on_its_page, delete_by_action, delete_with_the_round, delete_with_rounds],
)
def test_deleted_invitation_takes_its_links_and_unsent_mails_along(lead, invitation, delete):
    workflow.mail_invitation(invitation=invitation)
    create_link(invitation=invitation, email="k@example.org", is_shared=True)
    reminder = OutgoingMail.objects.create(recipient=invitation.person.email, subject="Erinnerung", text="")
    last_day = invitation.round.last_day
    Reminder.objects.create(invitation=invitation, stage=7, last_day=last_day, mail=reminder)
    other = OutgoingMail.objects.create(recipient="x@example.org", subject="Anderes", text="")
    assert delete(lead, invitation).status_code == 302
    assert not Invitation.objects.exists() and not PersonalLink.objects.exists()
    assert list(OutgoingMail.objects.all()) == [other]


def test_changed_email_ends_links_to_the_old_address_and_leaves_colleagues_theirs(lead, invitation):
    person, round = invitation.person, invitation.round
    workflow.mail_invitation(invitation=invitation)
    colleague = create_link(invitation=invitation, email="kollegin@gast.example.org", is_shared=True)[0]
    address = reverse("admin:directory_person_change", args=[person.pk])
    data = {"family_name": "Gastorg", "email": "neu@gast.example.org", "seen_revision": person.revision}
    data |= {"memberships-TOTAL_FORMS": 0, "memberships-INITIAL_FORMS": 0}
    text = text_of(lead.client.post(address, data, follow=True))
    assert f"„{round}“: Der persönliche Link an die alte Adresse gilt nicht mehr. Einen neuen senden Sie" in text
    assert [link.pk for link in PersonalLink.objects.usable()] == [colleague.pk]
    assert not OutgoingMail.objects.exists(), "The invitation had not left yet."


def test_mails_without_a_link_leave_no_more_for_the_old_address_and_a_reminder_leaves_for_the_new_one(lead, member):
    round = make_round(member.person, closes_at=timezone.now() + timedelta(days=5))
    Invitation.objects.update(created_at=timezone.now() - timedelta(days=10))
    Round.objects.filter(pk=round.pk).update(opens_at=timezone.now() - timedelta(days=20))
    assert [each.recipient for each in workflow.send_due_reminders(now=timezone.now())] == [member.person.email]
    response = make_response(member.person, round)
    response.mails.add(OutgoingMail.objects.create(recipient=member.person.email, subject="Rückfrage", text=""))
    other = OutgoingMail.objects.create(recipient=member.person.email, subject="Anderes", text="")
    Person.objects.filter(pk=member.person.pk).update(email="neu@example.org")
    person = Person.objects.get(pk=member.person.pk)
    assert list(changed_addresses.ask(person=person))[-1].endswith("gehen nicht mehr hinaus: 2.")
    assert list(OutgoingMail.objects.all()) == [other]
    assert [each.recipient for each in workflow.send_due_reminders(now=timezone.now())] == ["neu@example.org"]


def mail_in(*, to: str, sent_at=None) -> OutgoingMail:
    return OutgoingMail.objects.create(recipient=to, subject="Etwas", text="", sent_at=sent_at)


def give_everything(person, round, *, to: str, sent_at=None) -> PersonalLink:
    """What may belong to somebody's invitation, mailed to an address: a link, a reminder, a question."""
    invitation, _ = Invitation.objects.get_or_create(round=round, person=person)
    link = create_link(invitation=invitation, email=to)[0]
    PersonalLink.objects.filter(pk=link.pk).update(mail=mail_in(to=to, sent_at=sent_at))
    mail = mail_in(to=to, sent_at=sent_at)
    Reminder.objects.create(invitation=invitation, stage=mail.pk, last_day=round.last_day, mail=mail)
    response, _ = Response.objects.get_or_create(round=round, respondent=person)
    response.mails.add(mail_in(to=to, sent_at=sent_at))
    return link


def test_changed_email_leaves_what_others_have_what_has_left_and_what_goes_to_the_new_address(invitation, member):
    person, round, now = invitation.person, invitation.round, timezone.now()
    old = give_everything(person, round, to=person.email, sent_at=now)
    stay = [
        give_everything(member.person, round, to=member.person.email),
        give_everything(person, round, to="neu@example.org"),
        create_link(invitation=invitation, email="kollegin@example.org", is_shared=True)[0],
    ]
    PersonalLink.objects.filter(pk=stay[-1].pk).update(mail=mail_in(to="kollegin@example.org"))
    give_everything(person, make_round(), to="neu@example.org")
    before = [list(each.objects.order_by("pk")) for each in [OutgoingMail, Reminder]]
    person.email = "neu@example.org"
    [sentence] = changed_addresses.ask(person=person)
    assert f"„{round}“: Der persönliche Link an die alte Adresse gilt nicht mehr." in sentence
    assert list(changed_addresses.ask(person=person)) == [], "the link has ended already"
    usable = set(PersonalLink.objects.filter(revoked_at=None))
    assert old not in usable and usable >= set(stay)
    assert [list(each.objects.order_by("pk")) for each in [OutgoingMail, Reminder]] == before


def test_ended_invitation_takes_the_links_in_mails_about_the_response_along(lead, invitation):
    """Who has no account got a personal link with the question: it is dead, and the mail need not arrive."""
    response = make_complete_response(invitation.person, invitation.round)
    submit(response, confirm=False)
    response = Response.objects.select_related("round", "respondent").get(pk=response.pk)
    workflow.reopen_response(response=response, until=timezone.now() + timedelta(days=1), by=lead.user)
    assert OutgoingMail.objects.count() == 1
    workflow.end_invitation(invitation=invitation)
    assert not OutgoingMail.objects.exists()


# --- Wer arbeitet mit


@pytest.fixture
def team(member):
    return make_response(member.person).round.get_absolute_url() + "mitarbeit/"


def test_colleague_gets_an_own_link_to_the_same_response(member, team, post_office):
    with post_office():
        answer = member.client.post(team, {"email": "Kollegin@Example.org"}, follow=True)
    assert "ist unterwegs an kollegin@example.org" in text_of(answer).lower()
    [message] = mail.outbox
    assert message.to == ["kollegin@example.org"] and member.person.full_name in message.body
    client = Client()
    client.post(link_in(message))
    start = team.removesuffix("mitarbeit/")
    assert "Abschnitten erledigt" in text_of(client.get(start))
    response = Response.objects.get()
    client.post(start + "abschnitt/F/", {"revision": response.entries.get(section_key="F").revision, "F1": ["talk"]})
    assert response.entries.get(section_key="F").draft["F1"] == ["talk"]
    assert "kollegin@example.org" in text_of(member.client.get(team))


def test_colleague_may_write_but_not_decline(member, team):
    invitation = Response.objects.get().round.invitations.get()
    client = come_in(invitation, is_shared=True)
    start = team.removesuffix("mitarbeit/")
    assert come_in(invitation).get(start + "nicht-zustaendig/").status_code == 200
    assert client.get(start + "nicht-zustaendig/").status_code == 404
    assert "nicht zuständig" not in text_of(client.get(start))


def test_colleague_is_out_when_the_link_is_revoked(member, team):
    invitation = Response.objects.get().round.invitations.get()
    client = come_in(invitation, is_shared=True)
    link = invitation.links.get()
    create_link(invitation=invitation, email="bleibt@example.org", is_shared=True)
    assert "widerrufen" in text_of(member.client.get(team))
    page = text_of(member.client.post(f"{team}{link.pk}/widerrufen/", follow=True))
    assert f"Der Link an {link.email} gilt nicht mehr." in page
    assert client.get(team)["Location"].startswith("/anmelden/")
    page = text_of(member.client.get(team)).split("<main")[1].split("Zurzeit dabei")[1]
    assert link.email not in page and "bleibt@example.org" in page
    assert member.client.post(f"{team}{link.pk}/widerrufen/").status_code == 404


def test_colleague_can_neither_ask_others_in_nor_revoke_a_link(member, team, post_office):
    invitation = Response.objects.get().round.invitations.get()
    own, _ = create_link(invitation=invitation, email=member.person.email)
    client = come_in(invitation, is_shared=True)
    with post_office():
        assert client.post(team, {"email": "noch-jemand@example.org"}).status_code == 404
    assert mail.outbox == []
    for link in [own, invitation.links.get(is_shared=True)]:
        assert client.post(f"{team}{link.pk}/widerrufen/").status_code == 404
    assert "Wer arbeitet mit" not in text_of(client.get(team.removesuffix("mitarbeit/")))


def test_own_link_is_not_among_those_that_can_be_revoked(member, team):
    own, _ = create_link(invitation=Response.objects.get().round.invitations.get(), email="eigen@example.org")
    elsewhere = make_round(member.person).invitations.get()
    later, _ = create_link(invitation=elsewhere, email="spaeter@example.org", is_shared=True)
    for link in [own, later]:
        assert member.client.post(f"{team}{link.pk}/widerrufen/").status_code == 404
        assert link.email not in text_of(member.client.get(team))


def test_link_of_another_response_cannot_be_revoked(member, other_member, team):
    round = Response.objects.get().round
    workflow.invite(round=round, person=other_member.person)
    make_response(other_member.person, round)
    other, _ = create_link(invitation=round.invitations.get(person=other_member.person), email="z@example.org")
    PersonalLink.objects.filter(pk=other.pk).update(is_shared=True)
    assert member.client.post(f"{team}{other.pk}/widerrufen/").status_code == 404
    assert "z@example.org" not in text_of(member.client.get(team))


def test_sharing_is_refused_for_who_belongs_elsewhere(member, team):
    make_person(email="fremd@example.org", organisation=make_organisation())
    text = text_of(member.client.post(team, {"email": "fremd@example.org"}))
    assert "zur selben Organisation" in text and "fremd@example.org" in text
    assert not PersonalLink.objects.exists()


def test_sharing_is_refused_for_oneself_and_for_who_has_a_link(member, team):
    assert "die Einladung selbst" in text_of(member.client.post(team, {"email": member.person.email}))
    member.client.post(team, {"email": "k@example.org"})
    assert "arbeitet schon mit" in text_of(member.client.post(team, {"email": "K@example.org"}))
    assert PersonalLink.objects.count() == 1


def test_sharing_has_room_for_ten_and_for_another_after_a_revoked_one(member, other_member, team):
    make_person(email="k@example.org", organisation=member.person.organisation)
    make_person(email="ohne-haus@example.org", organisation=None)
    make_round(member.person)  # another one, with an invitation of its own
    response = Response.objects.select_related("respondent", "round").get()
    workflow.invite(round=response.round, person=other_member.person)
    mine = response.round.invitations.get(person=member.person)
    create_link(invitation=mine, email="k@example.org")  # the own one, to an earlier address
    for number in range(8):
        create_link(invitation=mine, email=f"{number}@example.org", is_shared=True)
    link = workflow.share_response(response=response, email=" K@Example.org")
    workflow.share_response(response=response, email="ohne-haus@example.org")
    with pytest.raises(workflow.NotShared, match="Mehr als 10 Personen"):
        workflow.share_response(response=response, email="l@example.org")
    with pytest.raises(workflow.NotShared, match="keine E-Mail-Adresse"):
        workflow.share_response(response=response, email="l")
    workflow.revoke_link(link=link)
    link = workflow.share_response(response=response, email="k@example.org")
    assert PersonalLink.objects.get(pk=link.pk).mail.valid_until == response.closes_at


def test_sharing_after_the_deadline_is_refused(member, team):
    type(Response.objects.get().round).objects.update(closes_at=timezone.now())
    assert member.client.post(team, {"email": "k@example.org"}).status_code == 403


def test_sharing_is_tried_ten_times_an_hour_for_each_response(member, other_member, team, time_machine):
    time_machine.move_to(timezone.now().replace(minute=59, second=59), tick=False)
    make_person(email="fremd@example.org", organisation=make_organisation())
    response, other = Response.objects.get(), make_response(other_member.person)
    for _ in range(10):
        with pytest.raises(workflow.NotShared, match="zur selben Organisation"):
            workflow.share_response(response=response, email="fremd@example.org")
    assert "in einer Stunde" in text_of(member.client.post(team, {"email": "b@example.org"}))
    assert workflow.share_response(response=other, email="b@example.org")
    time_machine.shift(timedelta(seconds=1))  # the next hour has begun
    assert workflow.share_response(response=response, email="b@example.org")


# --- nicht zuständig


def test_declining_needs_a_word_why_and_can_be_taken_back(member):
    round = make_round(member.person)
    url = round.get_absolute_url() + "nicht-zustaendig/"
    assert "Bitte sagen Sie mit einem Wort" in text_of(member.client.post(url, {"reason": " "}))
    page = text_of(member.client.post(url, {"reason": "Das macht die Kämmerei."}, follow=True))
    assert "Danke für die Auskunft." in page and "Das macht die Kämmerei." in page
    page = text_of(member.client.post(url, {"back": "1"}, follow=True))
    assert "Schön, dass Sie doch dabei sind." in page and "Jetzt beginnen" in page
    assert round.invitations.get().declined_at is None
    type(round).objects.update(opened_at=None)
    assert member.client.get(url).status_code == 404


def test_declining_is_for_who_is_invited_while_the_round_runs(member, visitor):
    _, round = make_round(member.person), make_round(member.person)
    url = round.get_absolute_url() + "nicht-zustaendig/"
    assert visitor.client.get(url)["Location"].startswith("/anmelden/")
    visitor.client.force_login(User.objects.create_superuser("it@example.org"))  # without a person
    assert visitor.client.get(url).status_code == 404
    member.client.post(url, {"reason": "Das macht die Kämmerei."})
    page = text_of(member.client.get(url))
    assert "Das macht die Kämmerei." in page and "Doch teilnehmen" in page
    type(round).objects.filter(pk=round.pk).update(closes_at=timezone.now())
    assert member.client.post(url, {"back": "1"})["Location"] == round.get_absolute_url()
    assert round.invitations.get().declined_at


def test_beginning_takes_declining_back(member):
    round = make_round(member.person)
    workflow.decline_invitation(invitation=round.invitations.get(), reason="Keine Zeit")
    member.client.post(round.get_absolute_url() + "beginnen/")
    assert round.invitations.get().declined_at is None


def test_everybody_counts_once_among_the_invited_on_paper_or_after_declining_too(lead, member, outsider):
    response = make_complete_response(member.person)
    round = response.round
    workflow.decline_invitation(invitation=round.invitations.get(), reason="Das macht jemand anderes.")
    counts = ["invited", "begun", "submitted", "unfinished", "declined"]
    found = Round.objects.with_counts().values_list(*counts)
    assert found.get() == (1, 1, 0, 0, 1)
    submit(response)
    Response.objects.create(round=make_round(member.person), respondent=member.person)  # elsewhere, only begun
    workflow.begin_paper_return(round=round, person=outsider, by=lead.user)
    assert found.get(pk=round.pk) == (2, 2, 1, 1, 0)
    assert workflow.mail_invitations(round=round) == 0


def test_declining_after_submitting_is_refused(member):
    response = make_complete_response(member.person)
    submit(response)
    url = response.round.get_absolute_url() + "nicht-zustaendig/"
    assert "schon eine Rückmeldung abgesendet" in text_of(
        member.client.post(url, {"reason": "Doch nicht"}, follow=True)
    )
    assert response.round.invitations.get().declined_at is None


def test_somebody_without_an_invitation_cannot_decline(member, other_member):
    url = make_round(member.person).get_absolute_url() + "nicht-zustaendig/"
    assert other_member.client.post(url, {"reason": "x"}).status_code == 404


# --- the board


def test_board_tells_the_strongest_state(member, other_member, guest, lead, outsider):
    quiet = make_person(email="still@example.org")
    round = make_round(member.person, other_member.person, guest.person, lead.person, outsider, quiet)
    submit(make_complete_response(member.person, round))
    make_response(other_member.person, round)
    by_person = {invitation.person: invitation for invitation in round.invitations.select_related("person", "round")}
    workflow.decline_invitation(invitation=by_person[guest.person], reason="Nein")
    for person in [lead.person, outsider]:
        workflow.mail_invitation(invitation=by_person[person])
    refused = Invitation.objects.get(person=outsider).last_mail
    OutgoingMail.objects.filter(pk=refused.pk).update(failed_at=timezone.now())
    states = {invitation.person: invitation.state for invitation in round.invitations.with_state()}
    assert states == {
        member.person: State.SUBMITTED, other_member.person: State.BEGUN, guest.person: State.DECLINED,
        lead.person: State.INVITED, outsider: State.UNDELIVERABLE, quiet: State.NOT_MAILED,
    }  # fmt: skip
    url = reverse("admin:surveys_invitation_changelist")
    board = text_of(lead.client.get(url))
    assert "nicht zustellbar" in board and f"?round__id__exact={round.pk}&amp;state=declined" in board
    filtered = text_of(lead.client.get(url, {"state": "undeliverable"}))
    assert "Greta Gastorg" in filtered and quiet.full_name not in filtered.split("result_list")[1]


def test_board_costs_the_same_with_1_and_with_30_invitations(lead, outsider):
    round = make_round(outsider)

    def count():
        with CaptureQueriesContext(connection) as captured:
            lead.client.get(reverse("admin:surveys_invitation_changelist"))
        return len(captured)

    with_one = count()
    for _ in range(29):
        workflow.invite(round=round, person=make_person(organisation=make_organisation()))
    assert count() == with_one


def test_lead_mails_renews_and_revokes_from_the_board(lead, invitation, post_office):
    url = reverse("admin:surveys_invitation_changelist")

    def press(action):
        with post_office():
            return lead.client.post(url, {"action": action, "_selected_action": [invitation.pk]}, follow=True)

    assert "per Mail hinausgehen: 1." in text_of(press("mail"))
    assert "per Mail hinausgehen: 0." in text_of(press("mail"))
    press("renew")
    assert len(mail.outbox) == 2 and invitation.links.usable().count() == 1
    press("revoke")
    assert not invitation.links.usable().exists()
    page = lead.client.get(reverse("admin:surveys_invitation_change", args=[invitation.pk]))
    assert "keine" in text_of(page)


def test_lead_mails_a_whole_round(lead, invitation):
    data = {"action": "mail_invitations", "_selected_action": [invitation.round.pk]}
    answer = lead.client.post(reverse("admin:surveys_round_changelist"), data, follow=True)
    assert "Einladungen, die per Mail hinausgehen: 1." in text_of(answer)


def test_mail_refused_at_handing_over_shows_on_the_board(invitation, lead, post_office, settings):
    settings.EMAIL_BACKEND = "tests.lib.test_mail_refusals.RefusingBackend"
    with post_office():
        workflow.mail_invitation(invitation=invitation)
    assert Invitation.objects.with_state().get().state == State.UNDELIVERABLE
