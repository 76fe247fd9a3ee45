"""How figures are written: 1.500–3.000 Euro, 2–4, 240 KB."""


def span_text(low: int, high: int) -> str:
    """Return „2–4“, or „4“ where both are the same; thousands with a point."""
    return "–".join(dict.fromkeys([number_text(low), number_text(high)]))


def number_text(number: int) -> str:
    """Return „1.500“."""
    return f"{number:,}".replace(",", ".")


def cost_text(kind_label: str, low: int | None, high: int | None) -> str:
    """Return „1.500–3.000 Euro“ for a range, else the word of its kind („keine“, „auf Anfrage“, or nothing)."""
    return kind_label if low is None or high is None else f"{span_text(low, high)} Euro"


def reuse_text(count: int) -> str:
    """Return „an 3 Stellen“, or that nobody has reported a use."""
    if not count:
        return "noch keine Meldung"
    return "an 1 Stelle" if count == 1 else f"an {number_text(count)} Stellen"


def size_text(size: int) -> str:
    """Return „240 KB“ or „1,2 MB“ for a number of bytes."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")


def format_text(name: str) -> str:
    """Return „PDF“ for „Muster.pdf“."""
    _, point, suffix = name.rpartition(".")
    return suffix.upper() if point else "Datei"
