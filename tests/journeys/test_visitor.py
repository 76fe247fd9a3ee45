"""(a) A visitor reads: start → session → report → PDF → action items → solution."""


def test_visitor_reads_from_the_start_page_to_a_solution(set_out):
    walk = set_out()
    walk.go("/")
    walk.follow("Alle Termine")
    walk.follow("Gemeinsam und organisiert in die Digitalisierung")
    walk.sees("20.05.2021, 17.00–18.30 Uhr")
    walk.follow("Digitalisierung und die neue Arbeitswelt: Wie packen wir das an?")
    walk.sees("Chancen erkennen in der Digitalisierung")

    walk.follow("Reports", inside="nav")
    walk.follow("27.05.2021")
    walk.sees("7. Nächste AG-Sitzung")
    walk.sees("Verteiler AG: Stand 27.05.2021")
    assert walk.fetch("Report als PDF").startswith(b"%PDF-1.")

    walk.follow("Aus den Rückmeldungen ableiten")
    walk.sees("OGL-Leitung")
    walk.follow("Nächste Schritte", inside="nav")
    walk.page.get_by_label("Stand").select_option(label="erledigt")
    walk.press("Anzeigen")
    walk.follow("Session-Serie fortsetzen")
    walk.sees("Beispiel")

    walk.follow("Wissensdatenbank", inside="nav")
    walk.follow("Verträge für Azubis")
    walk.sees("Ausbildungsvertrag")


def test_visitor_finds_the_required_pages_in_the_footer(set_out):
    walk = set_out()
    walk.go("/")
    for name in ["Impressum", "Datenschutz", "Barrierefreiheit", "Leichte Sprache"]:
        walk.follow(name, inside="footer")
    walk.follow("Barriere melden", inside="footer")
    walk.press("Absenden")
    assert walk.page.title().startswith("Fehler: ")


def test_visitor_at_a_wrong_address_finds_a_way_on(set_out):
    walk = set_out()
    walk.page.goto("/gibt-es-nicht/")
    walk.complaints.clear()  # the browser itself notes the status 404
    walk.look()
    walk.follow("Startseite")
