"""Needs: released, merged, split, shown with figures that tell of nobody, and what answers them."""

import csv
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actions.models import ActionItem, ItemForNeed
from knowledgebase.models import Solution, SolutionForNeed
from knowledgebase.workflow import transfer_entry
from ogl_portal.lib import search
from ogl_portal.lib.search.models import SearchDocument
from sessions_app.models import Event
from surveys import workflow
from surveys.answering import answers_to
from surveys.matrix import Matrix
from surveys.models import Coding, Match, Need, Response
from surveys.published_needs import PublishedNeeds
from tests.factories.crowds import make_crowd
from tests.factories.matches import make_match
from tests.factories.needs import WISH, make_coding, make_need, make_released_need, make_told
from tests.factories.recommendations import make_recommendation
from tests.factories.sessions_app import make_event
from tests.factories.surveys import make_round
from tests.factories.transfer import make_example
from tests.pdfs import findings

from .test_editing import form_data

pytestmark = pytest.mark.django_db
KMU, MUNICIPALITIES = "kleine-unternehmen-handwerk", "kommunalverwaltungen"


def text_of(actor, path: str) -> str:
    return actor.client.get(path).content.decode()


def queries_of(actor, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert actor.client.get(path).status_code == 200
    return len(captured)


# Their way


def test_need_without_description_or_evidence_is_not_released(lead):
    need = make_need(title="Leer")
    with pytest.raises(ValidationError, match="eine kodierte Stelle"):
        workflow.release_need(need=need, by=lead.user)
    Need.objects.filter(pk=need.pk).update(description="")
    need.refresh_from_db()
    with pytest.raises(ValidationError, match="die Beschreibung"):
        workflow.release_need(need=need, by=lead.user)


def test_need_that_was_changed_meanwhile_is_not_released(lead):
    need = make_coding().need
    Need.objects.filter(pk=need.pk).update(revision=5)
    with pytest.raises(ValidationError, match="inzwischen geändert"):
        workflow.release_need(need=need, by=lead.user)


def test_only_released_needs_are_read_and_found(visitor, member):
    need, draft = make_released_need(title="Sichtbares"), make_coding(need=make_need(title="Verborgenes")).need
    for actor in [visitor, member]:
        for path in ["/bedarfe/", f"/suche/?q={draft.title}", "/"]:
            assert "/bedarfe/verborgenes/" not in text_of(actor, path)
        assert "Sichtbares" in text_of(actor, "/bedarfe/")
    assert SearchDocument.objects.get(source="needs").title == need.title
    workflow.withdraw_need(need=need, by=None)
    assert not SearchDocument.objects.filter(source="needs").exists()
    assert visitor.client.get(need.get_absolute_url()).status_code == 404


def test_merged_need_moves_codings_and_links_and_its_address_leads_on(visitor, lead):
    entry, need, into = make_told(), make_need(title="Eins"), make_need(title="Zwei")
    for each, words in [(need, WISH), (into, "jemand, der es kennt"), (need, "zu viel auf einmal")]:
        make_coding(need=each, entry=entry, words=words)
    need.recommendations.add(make_recommendation())
    solution = Solution.objects.create(title="Hilfe", slug="hilfe")
    item = ActionItem.objects.create(title="Schritt")
    for each in [need, into]:
        SolutionForNeed.objects.create(need=each, solution=solution)
    ItemForNeed.objects.create(need=need, item=item)
    workflow.merge_needs(need=need, into=into, by=lead.user)
    assert sorted(into.codings.values_list("quote", flat=True)) == ["jemand, der es kennt", "zu viel auf einmal"]
    kinds = {answer.kind for answer in answers_to([into.pk], lead.user)[into.pk]}
    assert kinds == {"Empfehlung", "Musterlösung", "Nächster Schritt"}
    assert visitor.client.get(need.get_absolute_url()).status_code == 404  # nobody reads the other one yet
    into.refresh_from_db()
    workflow.release_need(need=into, by=lead.user)
    leading = visitor.client.get(need.get_absolute_url())
    assert (leading.status_code, leading.headers["Location"]) == (302, into.get_absolute_url())
    assert workflow.need_called(title="eins") != need  # the title is free again


def test_title_is_the_same_in_capitals_and_with_umlauts(lead):
    need = workflow.need_called(title="Überblick über Förderung")
    assert workflow.need_called(title="ÜBERBLICK ÜBER FÖRDERUNG") == need
    with pytest.raises(ValidationError, match="gibt es schon"):
        Need(title="überblick über Förderung", slug="zwei").full_clean()


def test_event_that_was_cancelled_answers_nothing(lead):
    need, event = make_released_need(), make_event()
    need.events.add(event)
    assert answers_to([need.pk], lead.user)
    Event.objects.filter(pk=event.pk).update(status=Event.Status.CANCELLED)
    assert not answers_to([need.pk], lead.user)


def test_merging_a_need_into_itself_or_into_a_merged_one_is_refused(lead):
    one, two, three = (make_need() for _ in range(3))
    with pytest.raises(ValidationError, match="sich selbst"):
        workflow.merge_needs(need=one, into=one, by=lead.user)
    workflow.merge_needs(need=two, into=three, by=lead.user)
    with pytest.raises(ValidationError, match="inzwischen selbst"):
        workflow.merge_needs(need=one, into=two, by=lead.user)
    Need.objects.filter(pk=one.pk).update(status="released", released_at=timezone.now())
    form = lead.client.get(f"/admin/surveys/need/{one.pk}/zusammenfuehren/").context["form"]
    assert not form.fields["into"].queryset.exists()
    with pytest.raises(ValidationError, match="nicht freigegeben"):
        workflow.merge_needs(need=Need.objects.get(pk=one.pk), into=three, by=lead.user)


def test_form_whose_link_is_gone_says_so_in_one_sentence(lead, second_lead):
    need, item = make_need(), ActionItem.objects.create(title="Schritt")
    link = ItemForNeed.objects.create(need=need, item=item)
    address = f"/admin/surveys/need/{need.pk}/change/"
    data = form_data(lead.client.get(address))
    second_lead.client.post(address, data | {"item_links-0-DELETE": "on"})
    assert not ItemForNeed.objects.filter(pk=link.pk).exists()
    answer = lead.client.post(address, data | {"title": "Neuer Titel"})
    notes = list(answer.context["adminform"].form.non_field_errors())
    assert answer.status_code == 409
    assert notes[1:] == ["Nächster Schritt zu einem Bedarf gibt es hier inzwischen nicht mehr."]


def test_split_moves_the_chosen_codings(lead):
    need = make_need()
    first, second = (make_coding(need=need) for _ in range(2))
    answer = lead.client.post(f"/admin/surveys/need/{need.pk}/teilen/", {"codings": [first.pk], "title": "Neuer"})
    assert answer.status_code == 302
    assert Coding.objects.get(pk=first.pk).need.title == "Neuer" and list(need.codings.all()) == [second]
    again = lead.client.post(f"/admin/surveys/need/{need.pk}/teilen/", {"codings": [first.pk], "title": "Neuer"})
    assert again.status_code == 422 and "inzwischen umgehängt" in again.content.decode()


@pytest.mark.parametrize("key", ["9" * 40, "x"])
def test_split_of_a_passage_that_no_table_can_have_is_refused_and_the_title_stays(lead, key):
    need = make_need()
    address, typed = f"/admin/surveys/need/{need.pk}/teilen/", {"title": "Neuer"}
    answer = lead.client.post(address, typed | {"codings": [key, make_coding(need=need).pk]})
    assert answer.status_code == 422 and need.codings.count() == 1
    assert all(text in answer.content.decode() for text in ["ist kein gültiger Wert", 'value="Neuer"'])


# Figures


def test_matrix_counts_organisations_not_passages():
    need, entry = make_need(), make_told()
    make_coding(need=need, entry=entry)
    make_coding(need=need, entry=entry, words="zu viel auf einmal")
    make_coding(need=need, entry=entry, group=KMU)
    make_coding(need=need)
    row = Matrix().rows[0]
    assert row.total == 2 and {cell.column.name: cell.figure for cell in row.cells} == {KMU: 1, MUNICIPALITIES: 2}


def test_matrix_is_counted_by_the_database_in_six_queries_however_much_is_coded(django_assert_num_queries):
    for count in [1, 200]:
        make_crowd(make_round(), count)
        matrix = Matrix()
        with django_assert_num_queries(6):
            assert len(matrix.rows) == len(matrix.totals) and matrix.organisations
    assert sum(row.total for row in matrix.rows) == 603 and matrix.organisations == 201


def test_published_figures_tell_of_nobody(visitor):
    small = make_released_need(4, group=KMU, title="Klein")
    big = make_released_need(6, title="Groß")
    matrix = PublishedNeeds()
    assert (
        matrix.row(small).total is None and matrix.row(big).total is None
    )  # 10 - 6 leaves 4: who knows one knows both
    assert matrix.bars == []
    for need in [small, big]:
        assert all(cell.figure in {None, 0, 6} for cell in matrix.row(need).cells)
    assert "?zielgruppe=kleine-unternehmen-handwerk" not in text_of(visitor, small.get_absolute_url())


def test_small_target_groups_are_not_named():
    make_released_need(5, title="Groß")
    make_released_need(1, group=KMU, title="Klein")
    names = [column.label for column in PublishedNeeds().columns]
    assert "Weitere Zielgruppen" in names and "kleine Unternehmen & Handwerk" not in names


def test_page_of_a_need_leads_into_the_admin_for_leads_alone(visitor, member, lead):
    need = make_released_need()
    path = f"/admin/surveys/coding/?need__id__exact={need.pk}"
    assert [path in text_of(each, need.get_absolute_url()) for each in [visitor, member, lead]] == [False, False, True]
    assert WISH in text_of(lead, path)


def test_quotes_of_a_group_are_shown_for_a_figure_that_is_shown(visitor):
    need = make_released_need(5)
    text = text_of(visitor, f"{need.get_absolute_url()}?zielgruppe={MUNICIPALITIES}")
    assert "Belege: Kommunalverwaltungen" in text and WISH in text
    assert "Belege: " not in text_of(visitor, f"{need.get_absolute_url()}?zielgruppe={KMU}")


@pytest.mark.parametrize("path", ["/bedarfe/", "/admin/surveys/need/matrix/", "/admin/surveys/need/"])
def test_page_takes_the_same_queries_for_one_need_and_for_many(lead, path):
    make_released_need(5)
    entry, counts = Coding.objects.first().entry, []
    for needs in [2, 10]:
        for number in range(needs):
            need = make_coding(entry=entry, group=[KMU, MUNICIPALITIES][number % 2]).need
            workflow.release_need(need=need, by=None)
        lead.client.get(path)
        counts.append(queries_of(lead, path))
    assert counts[0] == counts[1]


def test_overview_of_a_round_takes_the_same_queries_and_says_what_waits(lead):
    round = make_round()
    make_coding(need=make_need(title="Noch ein Entwurf"), entry=make_told(round=round))
    make_coding(need=make_need(title="Unbeantwortetes"), entry=Coding.objects.get().entry)
    workflow.release_need(need=Need.objects.get(title="Unbeantwortetes"), by=None)
    path = f"/admin/surveys/round/{round.pk}/ueberblick/"
    text = text_of(lead, path)
    assert "Kodierung: 50 %" in text and "1 von 2 Einträgen" in text
    assert "Bedarfe ohne Antwort: 1 von 1" in text and "Unbeantwortetes" in text and "Noch nicht freigegeben: 1" in text
    one = queries_of(lead, path)
    for _ in range(3):
        make_coding(entry=make_told(round=round))
    assert queries_of(lead, path) == one


def test_overview_of_a_round_leads_to_examples_and_pairs_that_wait(lead):
    example, refused = make_example(by=lead.user), make_example(by=lead.user, decision="no")
    round, match = example.response.round, make_match(is_approved=False)
    Response.objects.filter(pk=refused.response_id).update(round=round)
    Match.objects.filter(pk=match.pk).update(round=round)
    path, page = f"/admin/surveys/round/{round.pk}/ueberblick/", f"/admin/surveys/entry/{example.pk}/change/"
    text = text_of(lead, path)
    assert f"/admin/surveys/match/{match.pk}/change/" in text and page in text
    assert f"/admin/surveys/entry/{refused.pk}/change/" not in text
    transfer_entry(entry=example, by=lead.user)
    assert page not in text_of(lead, path)


# What answers them


def test_answer_that_the_visitor_may_not_see_answers_nothing(visitor, lead):
    need = make_released_need()
    solution = Solution.objects.create(title="Geheimer Entwurf", slug="geheim")
    SolutionForNeed.objects.create(need=need, solution=solution)
    ItemForNeed.objects.create(need=need, item=ActionItem.objects.create(title="Intern", is_public=False))
    for path in [need.get_absolute_url(), "/bedarfe/"]:
        text = text_of(visitor, path)
        assert "unbeantwortet" in text and "Geheimer Entwurf" not in text and "Intern" not in text
    assert "Geheimer Entwurf" in text_of(lead, need.get_absolute_url())
    assert need.title in text_of(lead, "/admin/surveys/need/?antwort=keine")
    Solution.objects.filter(pk=solution.pk).update(status="published", published_at="2026-01-01T00:00Z")
    assert "Geheimer Entwurf" in text_of(visitor, need.get_absolute_url())
    assert need.title in text_of(visitor, "/wissensdatenbank/geheim/")


def test_export_of_codings_runs_nothing_and_holds_what_the_lead_sees(lead):
    round = make_round()
    make_coding(need=make_need(title="=1+1"), entry=make_told(round=round, quotable=False))
    answer = lead.client.get(f"/admin/surveys/round/{round.pk}/kodierungen.csv")
    rows = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0]["Bedarf"] == "'=1+1" and rows[0]["Zitat"] == WISH and rows[0]["Öffentlich zitierbar"] == ""
    assert "G2" in rows[0]["Hinweise"]


def test_document_passes_the_checkers_and_holds_what_may_be_read(client):
    make_released_need(5, title="Rat & Tat <b>finden</b>")
    make_coding(need=make_need(title="Verborgenes"))
    answer = client.get("/bedarfe.pdf")
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "application/pdf"
    assert findings(answer.content) == []
    assert client.get("/bedarfe.pdf", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_search_is_rebuilt_with_released_needs_alone():
    make_released_need(title="Sichtbares")
    make_coding(need=make_need(title="Verborgenes"))
    search.rebuild()
    assert [each.title for each in SearchDocument.objects.filter(source="needs")] == ["Sichtbares"]
