"""A consent for one entry keeps which one it was: the entry may go, and with the raw data all that names it."""

from django.db import migrations, models


def say_which_entry(apps, schema_editor):
    """The number that the entry had in the last submission with it; without one, its place in the response."""
    Consent, Submission = (apps.get_model("surveys", name) for name in ["Consent", "Submission"])
    consents = Consent.objects.filter(entry__isnull=False).select_related("entry", "response__round__version")
    for consent in consents:
        entry = consent.entry
        submissions = Submission.objects.filter(response=consent.response_id).order_by("-number")
        orders = (uuids_of_section(submission.document, entry.section_key) for submission in submissions)
        order = next((order for order in orders if str(entry.uuid) in order), None)
        number = order.index(str(entry.uuid)) + 1 if order else entry.position
        consent.about = f"{label_of(consent.response.round.version.document, entry.section_key)} {number}"
        consent.save(update_fields=["about"])


def uuids_of_section(document, key) -> list[str]:
    return [entry["uuid"] for entry in document["entries"] if entry["section"] == key]


def label_of(document, key) -> str:
    """What an entry of the section is called."""
    labels = {section["key"]: section.get("entry_label") for section in document["sections"]}
    return labels.get(key) or "Eintrag"


class Migration(migrations.Migration):
    dependencies = [("surveys", "0008_revisions_and_who_is_invited")]

    operations = [
        migrations.AddField(
            model_name="consent",
            name="about",
            field=models.CharField(blank=True, editable=False, max_length=60, verbose_name="betrifft"),
        ),
        migrations.RunPython(say_which_entry, migrations.RunPython.noop),
    ]
