"""How figures are written: 1.500–3.000 Euro, 2–4."""


def span_text(low: int, high: int) -> str:
    """Return „2–4“, or „4“ where both are the same; thousands with a point."""
    return "–".join(dict.fromkeys([number_text(low), number_text(high)]))


def number_text(number: int) -> str:
    """Return „1.500“."""
    return f"{number:,}".replace(",", ".")


def cost_text(kind_label: str, low: int | None, high: int | None, unit: str = "") -> str:
    """Return „1–2 Euro je Vorgang“ for a range, else the word of its kind („keine“, „auf Anfrage“, or nothing)."""
    return kind_label if low is None or high is None else f"{span_text(low, high)} Euro {unit}".strip()


def reuse_text(count: int) -> str:
    """Return „an 3 Stellen“, or that nobody has reported a use."""
    if not count:
        return "noch keine Meldung"
    return "an 1 Stelle" if count == 1 else f"an {number_text(count)} Stellen"
