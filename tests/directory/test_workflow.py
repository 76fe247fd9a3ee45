import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from ogl_portal.directory import workflow
from ogl_portal.directory.contributions import expired_links
from ogl_portal.directory.models import SignInLink, User
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
    assert link.token_hash == workflow.hash_of(token)


def test_link_lasts_as_long_as_the_settings_say(member, settings):
    settings.LOGIN_LINK_MINUTES = 7
    workflow.create_sign_in_link(user=member.user)
    link = SignInLink.objects.get()
    assert link.expires_at - link.created_at == timedelta(minutes=7)


def test_new_link_forgets_those_of_earlier_days(member):
    workflow.create_sign_in_link(user=member.user)
    SignInLink.objects.update(expires_at=timezone.now() - timedelta(days=2))
    workflow.create_sign_in_link(user=member.user)
    assert SignInLink.objects.count() == 1


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


def test_sign_in_with_unknown_token_fails():
    assert workflow.sign_in(token="nichts") is None


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


@pytest.mark.parametrize("is_known", [True, False])
def test_send_sign_in_link_to_inactive_or_unknown_address_mails_nothing(member, is_known):
    User.objects.update(is_active=False)
    workflow.send_sign_in_link(email=member.user.email if is_known else "niemand@example.org", client="192.0.2.1")
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("is_known", [True, False])
def test_send_sign_in_link_takes_the_same_time_for_known_and_unknown_addresses(member, settings, is_known):
    settings.SIGN_IN_ANSWER_SECONDS = 0.3
    start = time.monotonic()
    workflow.send_sign_in_link(email=member.user.email if is_known else "niemand@example.org", client="192.0.2.1")
    assert 0.3 <= time.monotonic() - start < 0.6


@pytest.mark.parametrize("is_known", [True, False])
def test_send_sign_in_link_is_limited_per_address(member, is_known):
    email = member.user.email if is_known else "niemand@example.org"
    for number in range(workflow.LINKS_PER_ADDRESS):
        workflow.send_sign_in_link(email=email, client=f"192.0.2.{number}")
    with pytest.raises(workflow.TooManyLinks, match="in einer Stunde"):
        workflow.send_sign_in_link(email=email, client="192.0.2.99")


def test_send_sign_in_link_is_limited_per_client():
    for number in range(workflow.LINKS_PER_CLIENT):
        workflow.send_sign_in_link(email=f"{number}@example.org", client="192.0.2.1")
    with pytest.raises(workflow.TooManyLinks):
        workflow.send_sign_in_link(email="neu@example.org", client="192.0.2.1")
    workflow.send_sign_in_link(email="neu@example.org", client="192.0.2.2")


def test_send_sign_in_link_is_possible_again_after_an_hour(member, time_machine):
    time_machine.move_to("2026-03-02T08:00:00+01:00", tick=False)
    for _ in range(workflow.LINKS_PER_ADDRESS):
        workflow.send_sign_in_link(email=member.user.email, client="192.0.2.1")
    time_machine.move_to("2026-03-02T09:00:00+01:00", tick=False)
    workflow.send_sign_in_link(email=member.user.email, client="192.0.2.1")
    assert OutgoingMail.objects.count() == workflow.LINKS_PER_ADDRESS + 1


def test_create_access_makes_a_user_without_password():
    person = directory.make_person(email="erika@example.org")
    user = workflow.create_access(person=person)
    assert user.email == "erika@example.org"
    assert not user.has_usable_password()
    assert not user.is_staff


def test_create_access_without_email_is_refused():
    with pytest.raises(workflow.NoSignInPossible, match="E-Mail-Adresse"):
        workflow.create_access(person=directory.make_person(email=""))


def test_create_access_twice_is_refused(member):
    with pytest.raises(workflow.NoSignInPossible, match="gibt es schon"):
        workflow.create_access(person=member.person)


def test_follow_email_moves_the_sign_in_ends_links_and_browsers_and_tells_the_old_address(member, lead):
    token, old = token_of(workflow.create_sign_in_link(user=member.user)), member.user.email
    member.client.force_login(member.user)
    member.person.email = "neu@example.org"
    member.person.save()
    assert workflow.follow_email(person=member.person, by=lead.user)
    assert member.client.get("/mein-bereich/").status_code == 302
    told = OutgoingMail.objects.get()
    assert told.recipient == old and "andere E-Mail-Adresse" in told.text and str(lead.user) in told.text
    assert User.objects.get(pk=member.user.pk).email == "neu@example.org"
    assert workflow.sign_in(token=token) is None


def test_follow_email_of_somebody_else_is_refused(member, other_member):
    member.person.email = other_member.user.email
    with pytest.raises(workflow.NoSignInPossible):
        workflow.follow_email(person=member.person)
