"""Forms of the Verwaltung for reports."""

from ogl_portal.lib.forms import PlainTextModelForm

from .models import ReportSection

Number = ReportSection.Number
PROMPTS = {
    Number.INTRODUCTION: "Woran knüpft der Termin an, und was sollte er erreichen?",
    Number.SUBJECT: "Welche Fragen oder Tagesordnungspunkte wurden besprochen?",
    Number.PARTICIPANTS: "Der Verweis auf den Verteiler entsteht von selbst. Platz für Ergänzungen, etwa Gäste.",
    Number.STATUS_QUO: "Wo stehen die Vorhaben der Arbeitsgruppe heute?",
    Number.PRIORITIES: "Worauf will sich die Arbeitsgruppe konzentrieren, und wer oder was könnte helfen?",
    Number.NEXT_STEPS: "Ein einleitender Satz. Die Tabelle mit T und V entsteht aus den nächsten Schritten.",
    Number.NEXT_MEETING: "Der Termin erscheint von selbst, sobald oben die nächste AG-Sitzung gewählt ist.",
}
"""What the OGL-Leitung is asked in each section."""


class ReportSectionForm(PlainTextModelForm):
    """The text of one section, with its number and title as label and a question as help."""

    class Meta:
        model = ReportSection
        fields = ["body"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "body" in self.fields and self.instance.number:
            self.fields["body"].label = str(self.instance)
            self.fields["body"].help_text = PROMPTS[self.instance.number]
