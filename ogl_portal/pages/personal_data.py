"""What the forms of the pages hold of people."""

from collections.abc import Iterator

from ogl_portal.lib.personal_data import Area, Basis, Deletion, PersonalData, personal_data

from .models import BarrierReport, ContactRequest

COMMON = {
    "area": Area.LETTERS,
    "kept": "TICKET_RECORD_DAYS Tage nach der Antwort",
    "of": ("email",),
    "seen_by": "OGL-Leitung",
}


@personal_data.register
def declare() -> Iterator[PersonalData]:
    yield PersonalData(
        ContactRequest,
        title="Ihre Anfragen",
        purpose="Antwort auf eine Anfrage.",
        basis=Basis.REQUEST,
        shows=("subject", "message", "name", "email", "created_at", "status", "answer", "answered_on"),
        **COMMON,
    )
    yield PersonalData(
        BarrierReport,
        title="Barrieren, die Sie gemeldet haben",
        purpose="Antwort auf eine Meldung und Beheben der Barriere.",
        basis=Basis.LAW,
        shows=("where", "what", "name", "email", "created_at", "status", "answer", "answered_on"),
        deletion=Deletion.DETACHED,
        why="Was nicht zugänglich ist, muss behoben werden, auch ohne Ihren Namen und Ihre Adresse.",
        empties=("name", "email"),
        **COMMON,
    )
