"""(h) A report, written, checked, released and corrected; its steps come back, are ticked off, and remind once."""

import re
from datetime import timedelta

from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from actions.models import ActionItem
from ogl_portal.directory.models import User
from ogl_portal.directory.workflow import create_sign_in_link
from sessions_app.models import Event, Report

REPORT = "ag-sitzung-2021-11-04"
STEP = "Die Muster bis zum Frühjahr sammeln"
SECTIONS = {0: "Die AG traf sich zum zweiten Mal.", 3: "Die Sammlung steht.", 4: "Mehr Beispiele.", 5: "Vereinbart:",
            6: "Im Frühjahr."}  # fmt: skip


def sign_in(walk, email: str) -> None:
    walk.page.goto(create_sign_in_link(user=User.objects.get(email=email)))
    walk.page.get_by_role("button", name="Jetzt anmelden").click()
    walk.sees("Guten Tag")


def write(walk, **texts) -> None:
    """Fill in fields of an admin form by their names."""
    for name, text in texts.items():
        walk.page.locator(f"#id_{name.replace('__', '-')}").fill(text)


def add_step(walk) -> None:
    """A step for everyone, whose Termin nobody has said yet."""
    walk.page.locator("#action_items-group .add-row a").click()
    write(walk, action_items__0__letter="a", action_items__0__title=STEP)
    walk.page.locator("#id_action_items-0-responsible_kind").select_option("everyone")


def date_step(walk, day) -> None:
    walk.page.locator("#id_action_items-0-due_kind").select_option("day")
    write(walk, action_items__0__due_until=f"{day:%d.%m.%Y}")


def press(walk, name: str) -> None:
    """Press a button of the admin; its pages are looked at where the journey says so."""
    walk.page.get_by_role("button", name=name, exact=True).click()
    walk.page.wait_for_load_state()


def digests() -> dict[str, int]:
    """How many mails about the step have gone to whom."""
    found = [message.to[0] for message in mail.outbox if STEP in message.body]
    return {address: found.count(address) for address in found}


def test_report_from_its_first_word_to_its_follow_up(set_out):
    report = Report.objects.get(slug=REPORT)
    page = f"/admin/sessions_app/report/{report.pk}/change/"
    lead, member, visitor = set_out(), set_out(), set_out()
    sign_in(lead, "leitung@example.org")
    sign_in(member, "mitglied1@example.org")

    refuse(lead, page)
    complete(lead, page)
    review(member, report)
    release(lead, page)
    read(visitor, report, "Fassung 1", "Die AG traf sich zum zweiten Mal.")

    correct(lead, page)
    read(visitor, report, "Fassung 2", "Die AG traf sich zum dritten Mal.")
    carry_over(lead)
    tick_off(member)

    for _ in range(2):
        call_command("remind")
    counts = digests()
    assert set(counts.values()) == {1}
    assert "mitglied2@example.org" in counts and "mitglied1@example.org" not in counts


def refuse(lead, page: str) -> None:
    """Write the beginning, and meet the gate, which leads to what is missing."""
    lead.page.goto(page)
    write(lead, sections__0__body=SECTIONS[0])
    add_step(lead)
    press(lead, "Sichern und freigeben")
    refusal = lead.page.locator(".messagelist")
    for gap in ["Text in 4. Status Quo", f"Termin (T) von „a) {STEP}“"]:
        refusal.get_by_role("link", name=gap).wait_for()
    refusal.get_by_role("link", name="Text in 4. Status Quo").click()
    assert lead.page.url.endswith("#id_sections-3-body")
    lead.look()


def complete(lead, page: str) -> None:
    lead.page.goto(page)
    write(lead, **{f"sections__{number}__body": text for number, text in SECTIONS.items()})
    date_step(lead, timezone.localdate() + timedelta(days=5))
    press(lead, "Sichern und zur Mitgliederprüfung geben")
    lead.page.get_by_text("liegt jetzt den Mitgliedern zur Prüfung vor").wait_for()


def review(member, report) -> None:
    """A member says something to a section, and that the rest is right."""
    member.go(report.get_absolute_url())
    member.page.get_by_text("Anmerkung zu Abschnitt 1 schreiben").click()
    member.page.locator("#anmerkung-1").fill("Es war das dritte Mal.")
    press(member, "Anmerkung senden")
    member.sees("Es war das dritte Mal.")
    press(member, "Der Report stimmt so")
    member.sees("Sie haben ihn bestätigt")


def release(lead, page: str) -> None:
    """The lead reads the comment, answers it, and releases, with the mistake still in it."""
    lead.page.goto(page)
    lead.page.get_by_role("link", name=re.compile("Beantworten")).click()
    lead.page.locator("#id_outcome").select_option(label="beantwortet")
    write(lead, answer="Das prüfen wir.")
    press(lead, "Sichern")
    press(lead, "Sichern und freigeben")
    lead.page.get_by_text("ist freigegeben und öffentlich").wait_for()


def read(visitor, report, version: str, text: str) -> None:
    """Everybody reads the page and its PDF."""
    visitor.go(report.get_absolute_url())
    for words in [version, text, STEP]:
        visitor.sees(words)
    assert visitor.fetch("Report als PDF").startswith(b"%PDF-")


def correct(lead, page: str) -> None:
    lead.page.goto(page)
    write(lead, correction_reason="Es war das dritte Treffen.")
    press(lead, "Korrektur beginnen")
    write(lead, sections__0__body="Die AG traf sich zum dritten Mal.")
    press(lead, "Sichern und freigeben")
    lead.page.get_by_text("ist freigegeben und öffentlich").wait_for()


def carry_over(lead) -> None:
    """The report of the meeting that comes next lists what is still open."""
    meeting = Event.objects.upcoming().get(kind=Event.Kind.MEETING)
    lead.page.goto("/admin/sessions_app/event/")
    lead.page.get_by_role("row", name=re.compile(re.escape(meeting.title))).get_by_role("checkbox").check()
    lead.page.locator("select[name='action']").select_option(label="Report beginnen")
    press(lead, "Ausführen")
    lead.go(Report.objects.get(event=meeting).get_absolute_url())
    row = lead.page.get_by_role("row", name=re.compile(STEP))
    assert "seit 1 Sitzung" in row.inner_text()


def tick_off(member) -> None:
    """The member ticks off the own share where it stands among the own things to do."""
    member.go("/mein-bereich/")
    member.press(f"Meinen Anteil abhaken: {STEP}")
    member.sees("Ihren Anteil haben Sie abgehakt")
    assert ActionItem.objects.get(title=STEP).shares.get().person.email == "mitglied1@example.org"
