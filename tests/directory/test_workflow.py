import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.db import connection
from django.utils import timezone

from ogl_portal.directory import workflow
from ogl_portal.directory.contributions import expired_links
from ogl_portal.directory.models import SignInLink, User
from ogl_portal.lib import throttle
from ogl_portal.lib.audit.models import AuditRecord
from ogl_portal.lib.models import OutgoingMail
from ogl_portal.lib.personal_data import declarations
from tests.factories import directory

pytestmark = pytest.mark.django_db


def token_of(path: str) -> str:
    return path.rstrip("/").rsplit("/", 1)[1]


def test_link_stores_only_the_hash(member):
    token = token_of(workflow.create_sign_in_link(user=member.user))
    link = SignInLink.objects.get()
    assert len(token) == 43  # 256 bit in base64
    assert token not in str(vars(link))
    assert (link.token_hash, link.next_path) == (workflow.hash_of(token), "")


def test_link_lasts_as_long_as_the_settings_say(member, settings):
    settings.LOGIN_LINK_MINUTES = 7
    workflow.create_sign_in_link(user=member.user)
    link = SignInLink.objects.get()
    assert link.expires_at - link.created_at == timedelta(minutes=7)


def test_new_link_forgets_the_own_ones_that_are_over_for_a_day(member, other_member):
    now, links = timezone.now(), {}
    for name, user, hours in [("old", member.user, 25), ("late", member.user, 23), ("other", other_member.user, 25)]:
        path = workflow.create_sign_in_link(user=user)
        links[name] = SignInLink.objects.get(token_hash=workflow.hash_of(token_of(path)))
        links[name].expires_at = now - timedelta(hours=hours)
    for link in links.values():
        link.save()
    workflow.create_sign_in_link(user=member.user)
    assert set(SignInLink.objects.filter(expires_at__lt=now)) == {links["late"], links["other"]}


def test_links_go_as_long_after_their_end_as_the_person_is_told(member):
    workflow.create_sign_in_link(user=member.user)
    ends = SignInLink.objects.get().expires_at
    counts = [next(expired_links(now=ends + timedelta(hours=hours), dry_run=True)).count for hours in [23, 25]]
    told = next(each for each in declarations() if each.model is SignInLink)
    assert counts == [0, 1] and told.kept == "1 Tag über das Ende hinaus"


def test_sign_in_uses_the_link_up(member):
    token = token_of(workflow.create_sign_in_link(user=member.user))
    assert workflow.sign_in(token=token).user == member.user
    assert workflow.sign_in(token=token) is None


def test_sign_in_with_expired_link_fails(member):
    token = token_of(workflow.create_sign_in_link(user=member.user, minutes=0))
    assert workflow.sign_in(token=token) is None


def test_sign_in_with_unknown_token_fails_and_uses_up_no_other_link(member):
    workflow.create_sign_in_link(user=member.user)
    assert workflow.sign_in(token="nichts") is None
    assert SignInLink.objects.usable().exists()


def test_sign_in_of_deactivated_user_fails(member):
    token = token_of(workflow.create_sign_in_link(user=member.user))
    User.objects.update(is_active=False)
    assert workflow.sign_in(token=token) is None


@pytest.mark.django_db(transaction=True)
def test_sign_in_in_parallel_succeeds_once(member):
    token = token_of(workflow.create_sign_in_link(user=member.user))
    start = Barrier(8)

    def try_once(_):
        try:
            start.wait(timeout=20)
            return workflow.sign_in(token=token) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(try_once, range(8))) == 1


def test_send_sign_in_link_to_known_address_mails_a_link(member, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        workflow.send_sign_in_link(email=f" {member.user.email.upper()} ", client="192.0.2.1")
    [message] = mail.outbox
    assert message.to == [member.user.email]
    assert "http://testserver/anmelden/" in message.body
    assert member.person.full_name in message.body
    [(html, _)] = message.alternatives
    assert "http://testserver/anmelden/" in html
    assert SignInLink.objects.get().next_path == ""
    gap = OutgoingMail.objects.get().valid_until - SignInLink.objects.get().expires_at
    assert abs(gap) < timedelta(seconds=2)


@pytest.mark.parametrize("is_known", [True, False])
def test_send_sign_in_link_to_inactive_or_unknown_address_mails_nothing(member, is_known):
    User.objects.update(is_active=False)
    workflow.send_sign_in_link(email=member.user.email if is_known else "niemand@example.org", client="192.0.2.1")
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("is_known", [True, False])
def test_send_sign_in_link_takes_the_same_time_for_known_and_unknown_addresses(member, settings, monkeypatch, is_known):
    """What it took and what it waited make the time that is set, on a machine of any speed."""
    settings.SIGN_IN_ANSWER_SECONDS, waited = 1000, []
    monkeypatch.setattr(throttle.time, "sleep", waited.append)
    start = time.monotonic()
    workflow.send_sign_in_link(email=member.user.email if is_known else "niemand@example.org", client="192.0.2.1")
    took = time.monotonic() - start
    assert len(waited) == 1 and 1000 - took <= waited[0] <= 1000


@pytest.mark.parametrize("is_known", [True, False])
def test_send_sign_in_link_is_limited_per_address(member, is_known):
    email = member.user.email if is_known else "niemand@example.org"
    for number in range(5):
        workflow.send_sign_in_link(email=email, client=f"192.0.2.{number}")
    with pytest.raises(workflow.TooManyLinks, match="in einer Stunde"):
        workflow.send_sign_in_link(email=email, client="192.0.2.99")


def test_send_sign_in_link_is_limited_per_client():
    for number in range(30):
        workflow.send_sign_in_link(email=f"{number}@example.org", client="192.0.2.1")
    with pytest.raises(workflow.TooManyLinks):
        workflow.send_sign_in_link(email="neu@example.org", client="192.0.2.1")
    workflow.send_sign_in_link(email="neu@example.org", client="192.0.2.2")


def test_send_sign_in_link_is_possible_again_after_an_hour(member, time_machine):
    time_machine.move_to("2026-03-02T08:59:59+01:00", tick=False)
    for _ in range(workflow.LINKS_PER_ADDRESS):
        workflow.send_sign_in_link(email=member.user.email, client="192.0.2.1")
    time_machine.move_to("2026-03-02T09:00:00+01:00", tick=False)
    workflow.send_sign_in_link(email=member.user.email, client="192.0.2.1")
    assert OutgoingMail.objects.count() == workflow.LINKS_PER_ADDRESS + 1


def test_create_access_makes_a_user_without_password(lead):
    person = directory.make_person(email="erika@example.org")
    user = workflow.create_access(person=person, by=lead.user)
    assert user.email == "erika@example.org"
    assert not user.has_usable_password()
    assert not user.is_staff
    noted = AuditRecord.objects.get()
    assert (noted.what, noted.actor, noted.object_key) == ("Zugang angelegt", str(lead.user), str(user.pk))


def test_create_access_without_email_is_refused():
    with pytest.raises(workflow.NoSignInPossible, match="E-Mail-Adresse"):
        workflow.create_access(person=directory.make_person(email=""))


def test_addresses_of_one_network_of_ipv6_share_the_limit_of_a_client(db, monkeypatch):
    monkeypatch.setattr(workflow, "LINKS_PER_CLIENT", 2)
    for number in [1, 2]:
        workflow.send_sign_in_link(email=f"{number}@example.org", client=f"2001:db8::{number}")
    with pytest.raises(workflow.TooManyLinks):
        workflow.send_sign_in_link(email="3@example.org", client="2001:db8::3")


def test_create_access_twice_is_refused(member):
    with pytest.raises(workflow.NoSignInPossible, match="gibt es schon"):
        workflow.create_access(person=member.person)


def test_follow_email_moves_the_sign_in_ends_links_and_browsers_and_tells_the_old_address(member, other_member, lead):
    token, old = token_of(workflow.create_sign_in_link(user=member.user)), member.user.email
    member.client.force_login(member.user)
    assert not workflow.follow_email(person=member.person)
    member.person.email = "neu@example.org"
    member.person.save()
    assert workflow.follow_email(person=member.person, by=lead.user)
    noted = AuditRecord.objects.filter(what="Andere Adresse für die Anmeldung").get()
    assert (noted.actor, noted.object_key) == (str(lead.user), str(member.user.pk))
    assert member.client.get("/mein-bereich/").status_code == 302
    told = OutgoingMail.objects.get()
    assert told.recipient == old and "andere E-Mail-Adresse" in told.text and str(lead.user) in told.text
    assert User.objects.get(pk=member.user.pk).email == "neu@example.org"
    assert workflow.sign_in(token=token) is None


def test_follow_email_of_ones_own_ends_the_sign_in_too_and_of_nobody_names_the_operator(member):
    for email, by in [("neu@example.org", member.user), ("neuer@example.org", None)]:
        member.person.email = email
        member.person.save()
        member.client.force_login(User.objects.get(pk=member.user.pk))
        assert workflow.follow_email(person=member.person, by=by)
        assert member.client.get("/mein-bereich/").status_code == 302
    assert workflow.OPERATOR in OutgoingMail.objects.latest("pk").text


def test_follow_email_that_was_taken_away_changes_nothing(member):
    member.person.email = ""
    assert not workflow.follow_email(person=member.person)
    assert User.objects.get(pk=member.user.pk).email == member.user.email


def test_appoint_lead_changes_this_one_person_and_lets_who_was_locked_out_in_again(member, other_member):
    User.objects.filter(pk=member.user.pk).update(is_active=False)
    Group.objects.create(name="Andere")
    user = workflow.appoint_lead(email=f" {member.user.email.upper()} ", given_name="Mia", family_name="Neu")
    assert user == member.user and user.is_active and user.is_lead
    assert list(User.objects.filter(is_staff=True)) == [user]
    noted = AuditRecord.objects.get()
    assert (noted.actor, noted.object_key) == ("Systemverwaltung", str(user.pk))


def test_follow_email_of_somebody_else_is_refused(member, other_member):
    member.person.email = other_member.user.email
    with pytest.raises(workflow.NoSignInPossible):
        workflow.follow_email(person=member.person)
