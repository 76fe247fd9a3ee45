"""Vernetzung: the lead decides, both sides allow, one mail each, and everything can be taken back at once."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ogl_portal.directory.models import Person
from ogl_portal.lib.audit.models import AuditRecord
from ogl_portal.lib.models import OutgoingMail
from ogl_portal.lib.registry import entry_steps
from surveys import workflow
from surveys.models import Consent, Entry, EntryReview, Match, MatchSide, Round
from surveys.workflow.match_consents import end_refused
from tests.factories.matches import consent_token, make_hand_match, make_match
from tests.factories.surveys import fill, submit
from tests.factories.transfer import change_answers

pytestmark = pytest.mark.django_db
LIST = "matches:match-list"
BOTH = {"G3": "yes", "G4": "yes"}


def mails(match):
    return list(match.mails.order_by("pk").values_list("recipient", flat=True))


def respondents(match):
    return [side.contact for side in match.sides.all()]


def consent_of(side, key):
    return side.entry.response.consents.current().get(question_key=key)


def page(member):
    return member.client.get(reverse(LIST)).content.decode()


# Deciding


def test_found_pair_is_proposed_once_and_hidden_from_members(member):
    match = make_match(is_approved=False)
    assert workflow.find_matches(round=match.round) == 1
    assert Match.objects.get().status == Match.Status.PROPOSED
    assert "Azubis im Netz" not in page(member)


def test_rejected_pair_does_not_come_back(lead):
    match = make_match(is_approved=False)
    workflow.reject_match(match=match, by=lead.user)
    assert workflow.find_matches(round=match.round, by=lead.user) == 0
    assert Match.objects.get().status == Match.Status.REJECTED


@pytest.mark.parametrize(("action", "status"), [("approve", Match.Status.APPROVED), ("reject", Match.Status.REJECTED)])
def test_several_proposals_are_decided_on_from_the_list_at_once(lead, action, status):
    chosen = [make_match(is_approved=False).pk for _ in range(2)]
    lead.client.post("/admin/surveys/match/", {"action": action, "_selected_action": chosen})
    decided = Match.objects.filter(pk__in=chosen, status=status, decided_by=lead.user)
    assert decided.count() == 2


def test_proposal_stays_the_same_in_a_new_search_and_what_the_lead_wrote_in_any_case(lead):
    match = make_match(is_approved=False)
    workflow.find_matches(round=match.round)
    assert Match.objects.get() == match
    Match.objects.update(note="Anrufen", revision=1)
    change_answers(match.sides.all()[0].entry, D5=["alone"])
    assert workflow.find_matches(round=match.round, by=lead.user) == 0
    assert Match.objects.get().note == "Anrufen"
    assert AuditRecord.objects.about(Round, [match.round_id]).get(actor_key=lead.user.pk).kind == "read"


def test_approved_pair_of_one_house_is_refused():
    match = make_match(is_approved=False)
    houses = {side.entry.response.organisation for side in match.sides.all()}
    for response in match.round.responses.all():
        response.organisation = min(houses, key=str)
        response.save()
    with pytest.raises(ValidationError, match="verschiedenen Organisationen"):
        workflow.approve_match(match=match, by=None)


# What members see


def test_page_is_for_the_group_alone(visitor, guest):
    assert visitor.client.get(reverse(LIST))["Location"].startswith("/anmelden/")
    assert guest.client.get(reverse(LIST)).status_code == 404


@pytest.mark.parametrize("first", [{}, {"G4": "yes"}, {"G3": "no"}])
def test_pair_without_visibility_of_one_side_is_not_on_the_page(member, first):
    make_match(first=first)
    assert "Azubis im Netz" not in page(member)


def test_pair_with_visibility_of_both_shows_reason_but_neither_contact_nor_answer(member):
    match = make_match()
    shown = page(member)
    assert "beide: MINT &amp; Nachwuchs" in shown and "veröffentlichten Report" not in shown
    assert "Mehr Bewerbungen" not in shown
    for person in respondents(match):
        assert person.email not in shown
        assert person.full_name not in shown


def test_pair_out_of_a_report_is_not_said_to_be_allowed_by_both(member):
    make_hand_match()
    assert "dass Sie das sehen, oder es steht so in einem veröffentlichten Report." in page(member)


def test_withdrawn_visibility_takes_the_pair_off_at_once_and_no_other(member):
    match, _ = make_match(), make_hand_match()
    workflow.withdraw_consent(consent=consent_of(match.sides.all()[0], "G3"))
    shown = page(member)
    assert "Azubis im Netz" not in shown and "Vorhaben 1" in shown


def test_person_is_named_only_beside_what_was_entered_by_hand_and_only_where_the_name_is_public():
    public = Person(name_is_public=True)
    sides = [{"person": public}, {"person": Person()}, {}, {"person": public, "entry": Entry()}]
    assert [MatchSide(**side).public_person for side in sides] == [public, None, None, None]


def test_entry_removed_in_a_later_submission_takes_the_pair_off(member):
    match = make_match()
    entry = match.sides.all()[0].entry
    workflow.remove_entry(entry=entry)
    submit(entry.response)
    assert "Azubis im Netz" not in page(member)


def test_list_of_any_length_takes_the_same_queries(member, django_assert_num_queries):
    make_match()
    member.client.get(reverse(LIST))
    for number in [1, 4]:
        while Match.objects.count() < number:
            make_match()
        with django_assert_num_queries(8):
            assert page(member).count("Warum es passt") == number


def test_pair_is_called_as_its_entries_are_now_and_goes_where_one_is_of_no_use(member, lead):
    match = make_match()
    first, second = (side.entry for side in match.sides.all())
    by = {"by": lead.user}
    workflow.redact_entry(entry=first, texts={"D1": ""}, submission=first.response.submissions.get(), revision=0, **by)
    change_answers(second, D1="Lehrwerkstatt online")
    assert [side.title for side in match.sides.order_by("position")] == ["Vorhaben ohne Titel", "Lehrwerkstatt online"]
    shown = page(member)
    assert "Lehrwerkstatt online" in shown and "Azubis im Netz" not in shown
    workflow.judge_entry(entry=second, state=EntryReview.State.UNUSABLE, note="", revision=1, **by)
    assert "Lehrwerkstatt online" not in page(member)
    with pytest.raises(ValidationError, match="nicht verwendbar"):
        workflow.introduce_match(match=match, by=lead.user)


# Introducing


def test_what_is_allowed_towards_members_allows_nothing_towards_a_guest():
    match = make_match(second={})
    first, second = respondents(match)
    second.memberships.all().delete()
    assert not workflow.introduce_match(match=match, by=None)
    assert sorted(mails(match)) == sorted([first.email, second.email])
    assert first.organisation.name not in match.mails.get(recipient=second.email).text


def test_introduction_gives_no_reason_to_who_may_not_see_the_answers_behind_it():
    match = make_match(first={"G3": "no"})
    first, second = respondents(match)
    workflow.introduce_match(match=match, by=None)
    workflow.consent_to_match(side=match.sides.get(position=1))
    told = {
        person: match.mails.get(recipient=person.email, subject__startswith="Vernetzung").text
        for person in [first, second]
    }
    assert match.reason in told[first]
    assert match.reason not in told[second] and "Warum es passt" not in told[second]


def test_introduction_with_both_consents_writes_to_each_once():
    match = make_match()
    assert workflow.introduce_match(match=match, by=None)
    assert sorted(mails(match)) == sorted(person.email for person in respondents(match))
    with pytest.raises(ValidationError, match="schon vorgestellt"):
        workflow.introduce_match(match=match, by=None)
    assert len(mails(match)) == 2


def test_introduction_without_consent_asks_and_waits_and_then_happens(client):
    match = make_match(second={"G3": "yes", "G4": "no"})
    first, second = respondents(match)
    assert not workflow.introduce_match(match=match, by=None)
    assert not workflow.introduce_match(match=match, by=None)
    assert mails(match) == [second.email]
    asked = match.mails.get()
    assert first.email not in asked.text
    assert first.full_name not in asked.text
    path = asked.text[asked.text.index("/vernetzung/") :].split()[0]
    assert "willige ein" in client.get(path).content.decode()
    assert client.post(path, follow=True).status_code == 200
    assert sorted(mails(match)) == sorted([first.email, second.email, second.email])
    match.refresh_from_db()
    assert match.status == Match.Status.INTRODUCED


def test_request_hides_the_other_side_without_its_visibility():
    match = make_match(first={}, second={})
    other = match.sides.all()[1].entry.response.organisation.name
    workflow.introduce_match(match=match, by=None)
    assert other not in match.mails.get(recipient=respondents(match)[0].email).text


def test_consent_that_comes_by_a_new_submission_introduces_with_remind():
    match = make_match(second={"G3": "yes"})
    workflow.introduce_match(match=match, by=None)
    response = match.sides.all()[1].entry.response
    fill(response, "G", {"G4": "yes"})
    submit(response)
    call_command("remind")
    call_command("remind")
    match.refresh_from_db()
    assert match.status == Match.Status.INTRODUCED
    assert len(mails(match)) == 3


def test_contacts_are_shown_to_the_two_and_the_lead_only(member, lead):
    match = make_match()
    workflow.introduce_match(match=match, by=None)
    email = respondents(match)[0].email
    assert email in page(lead)
    assert email not in page(member)


def test_withdrawn_contact_hides_it_at_once_and_stops_the_mail(lead, settings, mailoutbox):
    match = make_match()
    workflow.introduce_match(match=match, by=None)
    email = respondents(match)[0].email
    workflow.withdraw_consent(consent=consent_of(match.sides.all()[0], "G4"))
    assert email not in page(lead)
    assert not match.mails.filter(sent_at=None).exists()


def test_consent_by_a_link_is_of_this_side_alone_and_another_link_is_gone(client):
    match = make_match(first={"G3": "yes"}, second={"G3": "yes"})
    workflow.introduce_match(match=match, by=None)
    assert client.post(reverse("matches:consent", args=["unbekannt"])).status_code == 410
    first, second = match.sides.order_by("position")
    assert not workflow.consent_to_match(side=second)
    for side in [first, second]:
        side.refresh_from_db()
    assert second.consented_on and first.consented_on is None


def test_withdrawn_contact_ends_what_the_link_allowed_and_nobody_elses_consent():
    sides = []
    for _ in range(2):
        match = make_match(second={"G3": "yes"})
        workflow.introduce_match(match=match, by=None)
        sides.append(match.sides.get(position=2))
        workflow.consent_to_match(side=sides[-1])
    workflow.withdraw_consent(consent=consent_of(sides[0], "G3"))
    assert not workflow.consent_to_match(side=sides[0])  # read before the withdrawal
    for side in sides:
        side.refresh_from_db()
    assert [(side.consented_on is None, side.consent_wording == "") for side in sides] == [(True, True), (False, False)]
    assert [len(mails(side.match)) for side in sides] == [0, 3]


def test_what_the_link_allowed_ends_with_a_submission_that_refuses_it_anew():
    match = make_match(second={"G3": "yes", "G4": "no"})
    workflow.introduce_match(match=match, by=None)
    side = match.sides.get(position=2)
    workflow.consent_to_match(side=side)
    response = side.entry.response
    fill(response, "G", {"G2": "no"})  # G4 stays as it was refused before
    submit(response)
    refused = {"question_key": "G3", "value": "no", "given_at": timezone.now()}
    Consent.objects.create(response=response, entry=side.entry, wording="Nur hier?", value_label="Nein", **refused)
    end_refused(response=response, since=refused["given_at"])  # of one entry alone
    side.refresh_from_db()
    assert side.consented_on
    fill(response, "G", {"G3": "no"})
    submit(response)
    side.refresh_from_db()
    assert side.consented_on is None and mails(match) == []


def test_link_takes_a_consent_and_its_end_and_the_record_of_both_names_nobody(member):
    match = make_hand_match()
    path = reverse("matches:consent", args=[consent_token(match)])
    assert not workflow.consent_to_match(side=match.sides.get(position=2))
    assert member.client.get(path)["Referrer-Policy"] == "no-referrer"
    for data in [{}, {"withdraw": "1"}]:
        member.client.post(path, data)
        rows = AuditRecord.objects.about(Match, [match.pk]).filter(kind="consent", what__startswith="Seite 1 hat")
        assert {(row.actor, row.actor_key) for row in rows} == {("eine Seite", None)}
    assert rows.count() == 2
    match.refresh_from_db()
    side = match.sides.get(position=1)
    assert (match.status, side.consented_on, side.consent_wording) == (Match.Status.INTRODUCED, None, "")
    assert mails(match) == []  # the introduction had not left
    assert workflow.consent_to_match(side=side)


def test_link_holds_while_the_pair_is_approved_and_introduces_when_the_lead_wants_it(client):
    match = make_hand_match()
    path = reverse("matches:consent", args=[consent_token(match)])
    OutgoingMail.objects.update(sent_at=timezone.now())
    first, second = match.sides.all()
    workflow.reject_match(match=match, by=None)
    assert client.get(path).status_code == 410 and not workflow.consent_to_match(side=first)
    assert match.sides.filter(consented_on=None).count() == 2
    workflow.approve_match(match=match, by=None)
    assert [workflow.consent_to_match(side=side) for side in [first, second]] == [False, False]
    assert not match.sides.filter(consented_on=None).exists()
    match.refresh_from_db()
    assert match.status == Match.Status.APPROVED


def test_side_that_was_asked_anew_or_never_decides_by_no_other_link():
    match = make_hand_match()
    unasked = match.sides.first()
    consent_token(match)
    asked = match.sides.first()
    workflow.reject_match(match=match, by=None)
    workflow.approve_match(match=match, by=None)
    assert not workflow.consent_to_match(side=unasked)
    consent_token(match)
    assert not workflow.consent_to_match(side=asked)
    assert match.sides.filter(consented_on=None).count() == 2


def move_mail(lead, person, email) -> str:
    """Let the lead enter another address; returns what the next page says."""
    data = {"family_name": person.family_name, "email": email, "seen_revision": person.revision}
    data |= {"memberships-TOTAL_FORMS": 0, "memberships-INITIAL_FORMS": 0}
    address = reverse("admin:directory_person_change", args=[person.pk])
    return lead.client.post(address, data, follow=True).content.decode()


def test_who_reads_the_old_mailbox_decides_nothing_and_the_new_one_is_asked(client, lead):
    match = make_hand_match()
    path = reverse("matches:consent", args=[consent_token(match)])
    first, second = match.sides.all()
    OutgoingMail.objects.filter(recipient=first.person.email).update(sent_at=timezone.now())
    workflow.consent_to_match(side=second)
    assert "ging, gilt nicht mehr. Fehlt sie noch, fragt" in move_mail(lead, first.person, "neu@example.org")
    assert client.post(path).status_code == 410 and not workflow.consent_to_match(side=first)
    assert mails(match) == [first.person.email, second.person.email]
    workflow.introduce_match(match=match, by=None)
    assert mails(match)[2:] == ["neu@example.org"]
    match.refresh_from_db()
    assert match.status == Match.Status.APPROVED


def test_consent_stays_when_its_link_ends_and_an_introduction_does_not_leave_for_the_old_mailbox(client, lead):
    match = make_hand_match()
    path = reverse("matches:consent", args=[consent_token(match)])
    OutgoingMail.objects.update(sent_at=timezone.now())
    first, second = match.sides.all()
    assert [workflow.consent_to_match(side=side) for side in [first, second]] == [False, True]
    text = move_mail(lead, first.person, "neu@example.org")
    assert "noch nicht an die alte Adresse hinausgegangen waren, gehen nicht mehr hinaus: 1." in text
    assert client.post(path, {"withdraw": "1"}).status_code == 410
    side = match.sides.get(position=1)
    assert side.consented_on and side.asked_at
    assert list(match.mails.filter(sent_at=None).values_list("recipient", flat=True)) == [second.person.email]


def test_changed_address_ends_what_was_mailed_about_a_response_and_leaves_the_pairs_of_others(lead):
    match, others = make_match(first={"G3": "yes"}), [make_match(first={"G3": "yes"}), make_hand_match()]
    links = {each: reverse("matches:consent", args=[consent_token(each)]) for each in [match, *others]}
    match.sides.create(position=3, title="Niemandes", source="Report")
    make_hand_match(first=respondents(match)[0])  # nobody was asked yet
    others[0].sides.update(person=respondents(match)[0])  # an entry stands for whoever responded
    waiting = [mails(each) for each in others]
    text = move_mail(lead, respondents(match)[0], "neu@example.org")
    assert text.count("zur Einwilligung, der an die alte Adresse ging, gilt nicht mehr") == 1
    assert "gehen nicht mehr hinaus: 2." in text, "the question, and that the response arrived"
    assert [Client().get(path).status_code for path in links.values()] == [410, 200, 200]
    assert [mails(each) for each in [match, *others]] == [[], *waiting]


def test_hand_entered_pair_without_address_is_not_introduced():
    match = make_hand_match()
    person = match.sides.first().person
    person.email = ""
    person.save()
    with pytest.raises(ValidationError, match="keine Person mit E-Mail"):
        workflow.introduce_match(match=match, by=None)


def test_consent_counts_although_the_other_side_has_no_address(client):
    match = make_hand_match()
    path = reverse("matches:consent", args=[consent_token(match)])
    other = match.sides.get(position=2)
    workflow.consent_to_match(side=other)
    Person.objects.filter(pk=other.person_id).update(email="")
    shown = client.post(path, follow=True).content.decode()
    assert "Danke, das ist notiert" in shown
    assert "Dürfen wir Sie vorstellen?</h1>" in client.post(path, {"withdraw": "1"}, follow=True).content.decode()
    assert match.sides.get(position=1).consented_on is None


def test_question_that_did_not_leave_is_asked_again_after_all(lead):
    match = make_match(second={"G3": "yes"})
    asked = [respondents(match)[1].email]
    url = reverse("admin:surveys_match_change", args=[match.pk])
    introduced = lead.client.post(url, posted(match) | {"_introduce": "1"}, follow=True).content.decode()
    assert f"{respondents(match)[1]}: per Mail gefragt am" in introduced
    workflow.reject_match(match=match, by=None)
    workflow.approve_match(match=match, by=None)
    assert mails(match) == []
    workflow.introduce_match(match=match, by=None)
    assert mails(match) == asked
    workflow.approve_match(match=match, by=None)
    match.refresh_from_db()
    assert match.requested_at and mails(match) == asked


def test_link_of_a_rejected_pair_is_gone(client):
    match = make_hand_match()
    path = reverse("matches:consent", args=[consent_token(match)])
    workflow.reject_match(match=match, by=None)
    assert client.post(path).status_code == 410


# Deleting


def test_deleted_response_takes_its_pair_along():
    match = make_match()
    workflow.delete_response(response=match.sides.all()[0].entry.response)
    assert not Match.objects.exists()


def test_deleted_response_of_an_introduction_leaves_a_number(lead):
    match = make_match()
    workflow.introduce_match(match=match, by=lead.user)
    workflow.delete_response(response=match.sides.all()[0].entry.response)
    assert not LogEntry.objects.filter(object_repr__contains="Azubis im Netz").exists()
    match = Match.objects.get()
    assert (match.reason, match.note, match.sides.count()) == ("", "", 0)
    Match.objects.create(reason="nur vorgeschlagen")
    shown = page(lead)
    assert "Bisher einander vorgestellt: 1 Paar" in shown and "Noch kein Paar" in shown


# The lead's pages


def test_admin_finds_approves_and_introduces(lead):
    match = make_match(is_approved=False)
    match.delete()
    lead.client.post(reverse("admin:surveys_match_find"), {"round": match.round.pk or match.round_id})
    match = Match.objects.get()
    url = reverse("admin:surveys_match_change", args=[match.pk])
    assert lead.client.post(url, posted(match) | {"_approve": "1"}).status_code == 302
    lead.client.post(url, posted(match) | {"_introduce": "1", "reason": "beide: Neues"})
    match.refresh_from_db()
    assert (match.status, match.reason) == (Match.Status.INTRODUCED, "beide: Neues")


def posted(match):
    match.refresh_from_db()
    data = {"reason": match.reason, "seen_revision": match.revision, "note": "", "result": ""}
    data |= {
        "sides-TOTAL_FORMS": 2,
        "sides-INITIAL_FORMS": 2,
        "item_links-TOTAL_FORMS": 0,
        "item_links-INITIAL_FORMS": 0,
    }
    for number, side in enumerate(match.sides.all()):
        data |= {f"sides-{number}-{name}": "" for name in ["source", "consented_on", "consent_wording"]}
        data |= {f"sides-{number}-id": side.pk, f"sides-{number}-title": side.title}
    return data


def test_admin_takes_a_pair_by_hand_with_its_source_only(lead, member, other_member):
    url = reverse("admin:surveys_match_add")
    data = {"reason": "beide: MINT", "note": "", "result": "", "sides-TOTAL_FORMS": 2, "sides-INITIAL_FORMS": 0}
    for number, title in enumerate(["Eins", "Zwei"]):
        names = ["organisation", "person", "consented_on", "consent_wording"]
        data |= {f"sides-{number}-{name}": "" for name in names} | {f"sides-{number}-title": title}
    refused = lead.client.post(url, data | {"sides-0-source": "", "sides-1-source": "Report"})
    assert "Bitte nennen Sie die Quelle" in refused.content.decode()
    sources = {"sides-0-source": "Report", "sides-1-source": "Report"}
    too_early = lead.client.post(url, data | sources | {"result": "talked"}).context["adminform"]
    assert too_early.errors == {"result": ["Ein Ergebnis gibt es erst, wenn beide einander vorgestellt sind."]}
    lead.client.post(url, data | sources)
    assert [side.position for side in Match.objects.get().sides.all()] == [1, 2]


def test_entry_page_leads_to_its_pair(lead):
    match = make_match()
    entry = match.sides.all()[0].entry
    (step,) = [each for each in entry_steps.ask(entry=entry, user=lead.user) if "Vernetzung" in each.text]
    assert step.url in lead.client.get(reverse("admin:surveys_entry_change", args=[entry.pk])).content.decode()
