from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from actions.contributions import own_due_days
from actions.digests import items_to_mind
from actions.models import ActionItem
from actions.search import audience
from actions.templatetags.action_tags import my_action_items, my_item_figures, open_items_of
from actions.workflow import tick_off_share
from ogl_portal.directory.models import User
from ogl_portal.lib.search import Audience
from sessions_app.workflow import release_report, start_correction, submit_report
from tests.factories.actions import make_item, make_item_due_in, make_item_of
from tests.factories.directory import make_membership, make_person
from tests.factories.sessions_app import make_event, make_released_report, make_report

pytestmark = pytest.mark.django_db


def numbers(items):
    return {item.pk for item in items}


def test_overdue_is_open_and_past_its_due_moment():
    late, at_event = make_item_due_in(-1), make_item(
        due_kind="event", due_event=make_event(starts_at=timezone.now() - timedelta(days=1))
    )  # fmt: skip
    make_item_due_in(-1, status="done")
    make_item_due_in(0)
    make_item()
    assert numbers(ActionItem.objects.overdue()) == {late.pk, at_event.pk}
    assert all(item.is_overdue for item in ActionItem.objects.overdue())


def test_without_news_is_overdue_for_more_than_a_year():
    old = make_item_due_in(-367)
    make_item_due_in(-300)
    assert numbers(ActionItem.objects.without_news()) == {old.pk}
    assert old.is_without_news


def test_due_before_counts_settled_items_too():
    soon = make_item_due_in(2, status="done")
    assert numbers(ActionItem.objects.due_before(timezone.now() + timedelta(days=5))) == {soon.pk}
    assert not ActionItem.objects.due_before(timezone.now())


def test_most_urgent_first_puts_open_termine_and_settled_items_last():
    done, undated, later, sooner = (
        make_item_due_in(-5, status="done"),
        make_item(),
        make_item_due_in(9),
        make_item_due_in(1),
    )
    forgotten = make_item_due_in(-900)
    order = [item.pk for item in ActionItem.objects.most_urgent_first()]
    assert order == [sooner.pk, later.pk, undated.pk, forgotten.pk, done.pk]


def test_visible_to_follows_role_and_report(guest, member, lead, superuser):
    public, internal = make_item(), make_item(is_public=False)
    in_review = make_item(report=make_report(status="in-review"))
    draft = make_item(report=make_report(status="draft"))
    expected = {
        AnonymousUser(): {public.pk},
        guest.user: {public.pk},
        member.user: {public.pk, internal.pk, in_review.pk},
        lead.user: {public.pk, internal.pk, in_review.pk, draft.pk},
        superuser.user: {public.pk, internal.pk, in_review.pk, draft.pk},
    }
    for user, seen in expected.items():
        assert numbers(ActionItem.objects.visible_to(user)) == seen, user


def test_of_finds_items_by_person_organisation_everyone_and_lead(guest, member, other_member, lead):
    mine, everyone, leads = make_item_of(member.person), make_item(responsible_kind="everyone"), make_item(
        responsible_kind="lead"
    )  # fmt: skip
    house = make_item(responsible_kind="organisation", responsible_organisation=other_member.person.organisation)
    make_item()
    former = {"title": "Abgegeben", "responsible_organisation": other_member.person.organisation}
    ActionItem.objects.filter(pk=make_item_of(member.person).pk).update(responsible_kind="lead", **former)
    leads_too = ActionItem.objects.get(title="Abgegeben")
    assert numbers(ActionItem.objects.of(member.user)) == {mine.pk, everyone.pk}
    assert numbers(ActionItem.objects.of(other_member.user)) == {house.pk, everyone.pk}
    assert numbers(ActionItem.objects.of(lead.user)) == {leads.pk, leads_too.pk, everyone.pk}
    assert not ActionItem.objects.of(guest.user)
    assert not ActionItem.objects.of(AnonymousUser())


def test_items_of_a_report_under_correction_stay_visible_to_members(lead, member, visitor):
    report = make_released_report()
    item = make_item(report=report)
    start_correction(report=report, by=lead.user, reason="Ein Datum war falsch.")
    for user in [AnonymousUser(), member.user, lead.user]:
        assert item in ActionItem.objects.visible_to(user)


def test_item_of_an_unreleased_correction_is_a_draft_until_the_next_version(lead, member, visitor):
    report = make_released_report()
    start_correction(report=report, by=lead.user, reason="Ein Schritt fehlt.")
    item = make_item_due_in(1, report=report, title="Nachgetragen", responsible_kind="everyone")
    for user in [AnonymousUser(), member.user]:
        assert item not in ActionItem.objects.visible_to(user)
    assert item in ActionItem.objects.visible_to(lead.user)
    assert item not in items_to_mind(timezone.now())
    assert visitor.client.get(item.get_absolute_url()).status_code == 404
    for address in ["/massnahmen/", "/daten/massnahmen.csv", report.get_absolute_url()]:
        assert "Nachgetragen" not in visitor.client.get(address).content.decode()
    assert audience(item) == Audience.LEAD
    submit_report(report=report, by=lead.user)
    assert item in ActionItem.objects.visible_to(member.user)
    assert item not in ActionItem.objects.public()
    release_report(report=report, by=lead.user)
    assert item in ActionItem.objects.public()
    assert audience(ActionItem.objects.get()) == Audience.ALL
    assert "Nachgetragen" in visitor.client.get(report.get_absolute_url()).content.decode()


def test_item_moved_into_a_correction_waits_for_its_version(lead):
    report, item = make_released_report(), make_item()
    start_correction(report=report, by=lead.user, reason="Ein Schritt fehlt.")
    item.report = report
    item.save()
    assert not ActionItem.objects.public()
    assert not item.stands


def test_item_added_to_a_released_report_stands_even_while_it_is_corrected(lead):
    report = make_released_report()
    item = make_item(report=report)
    start_correction(report=report, by=lead.user, reason="Ein Datum war falsch.")
    assert item in ActionItem.objects.public()


def test_internal_item_of_a_draft_is_not_carried_over_into_a_later_report():
    earlier = make_report(status="draft", event=make_event(starts_at=timezone.now() - timedelta(days=60)))
    make_item(report=earlier, title="Nur entworfen")
    report = make_released_report()
    assert "Nur entworfen" not in report.current_version.members_html


def test_mail_lists_no_steps_that_its_reader_may_not_read_or_has_done(member, lead):
    guest, former = make_person(organisation=member.person.organisation), make_person()
    make_membership(person=former, ends_on=timezone.localdate() - timedelta(days=1))
    by_all, done = (make_item(responsible_kind="everyone", is_public=False) for _ in range(2))
    lead.person.memberships.all().delete()
    house = make_item(responsible_kind="organisation", responsible_organisation=guest.organisation)
    tick_off_share(item=done, person=member.person)
    people = [guest, former, member.person, lead.person]
    named = make_item(persons=people, responsible_kind="persons")
    inside = make_item(persons=people, responsible_kind="persons", is_public=False)
    for_leads = make_item(responsible_kind="lead")
    ours = {named.pk, inside.pk}
    listed = [numbers(open_items_of(each)) for each in people]
    assert listed == [{named.pk}, {named.pk}, ours | {by_all.pk, house.pk}, ours | {for_leads.pk}]


def test_share_of_what_everyone_had_to_do_does_not_do_what_is_given_to_a_person_by_name(member):
    item = make_item_due_in(3, title="Für alle", responsible_kind="everyone")
    tick_off_share(item=item, person=member.person)
    ActionItem.objects.update(responsible_kind="persons")
    item.responsible_persons.set([member.person])
    assert numbers(open_items_of(member.person)) == {item.pk}
    assert my_item_figures(member.user)["open"] == 1
    mine = my_action_items({"user": member.user}, member.user)
    assert (numbers(mine["items"]), numbers(mine["ticked"])) == ({item.pk}, set())
    assert [day.title for day in own_due_days(user=member.user)] == ["Fällig: Für alle"]


def test_lead_who_is_no_person_of_the_directory_has_what_the_lead_has_to_do(lead):
    item = make_item_due_in(3, responsible_kind="lead")
    User.objects.filter(pk=lead.user.pk).update(person=None)
    user = User.objects.get(pk=lead.user.pk)
    assert numbers(my_action_items({"user": user}, user)["items"]) == {item.pk}
    assert len(list(own_due_days(user=user))) == my_item_figures(user)["open"] == 1
