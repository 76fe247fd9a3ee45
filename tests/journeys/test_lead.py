"""(c) The OGL-Leitung: admin → response → action item set done."""

import re

from actions.models import ActionItem
from ogl_portal.directory.models import User
from ogl_portal.directory.workflow import create_sign_in_link
from surveys.models import Entry

ITEM = "Ein eigenes Beispiel in den offenen Fragebogen eintragen"


def test_lead_reads_a_response_and_sets_an_action_item_done(set_out):
    walk = set_out()
    example = Entry.objects.filter(section_key="B", response__status="submitted").first()
    walk.go(create_sign_in_link(user=User.objects.get(email="leitung@example.org")))
    walk.press("Jetzt anmelden")
    walk.go("/admin/")
    walk.follow("Rückmeldungen")
    walk.follow(str(example.response.respondent))
    walk.sees(example.draft["B2"])

    walk.go("/admin/")
    walk.follow("Nächste Schritte", inside=".model-actionitem")
    walk.follow(ITEM)
    walk.page.get_by_label("Stand:", exact=True).select_option(label="erledigt")
    walk.page.get_by_label(re.compile("Notiz zum Stand")).fill("In der Sitzung bestätigt.")
    walk.press("Sichern")
    item = ActionItem.objects.get(title=ITEM)
    assert item.status == ActionItem.Status.DONE
    walk.go(item.get_absolute_url())
    walk.sees("In der Sitzung bestätigt.")


def test_lead_marks_several_items_done_in_the_list(set_out):
    walk = set_out()
    walk.go(create_sign_in_link(user=User.objects.get(email="leitung@example.org")))
    walk.press("Jetzt anmelden")
    walk.go("/admin/actions/actionitem/?status__exact=open")
    walk.page.get_by_role("row", name=re.compile(ITEM)).get_by_role("checkbox").check()
    walk.page.locator("select[name='action']").select_option(label="Als erledigt markieren")
    walk.press("Ausführen")
    assert ActionItem.objects.get(title=ITEM).status == ActionItem.Status.DONE
