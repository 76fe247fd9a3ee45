"""How figures are written: 1.500–3.000 Euro, 2–4."""


def span_text(low: int, high: int) -> str:
    """Return „2–4“, or „4“ where both are the same; thousands with a point."""
    texts = [f"{number:,}".replace(",", ".") for number in (low, high)]
    return "–".join(dict.fromkeys(texts))


def cost_text(kind_label: str, low: int | None, high: int | None) -> str:
    """Return „1.500–3.000 Euro“ for a range, else the word of its kind („keine“, „auf Anfrage“, or nothing)."""
    return kind_label if low is None or high is None else f"{span_text(low, high)} Euro"
