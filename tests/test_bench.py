"""What measures must itself work, though only ``make bench`` uses it."""

import pytest

from tests.bench import pdf


@pytest.mark.long
@pytest.mark.parametrize("kind", pdf.KINDS)
def test_first_document_of_a_new_process_is_timed(kind):
    assert (
        pdf.cold_seconds(
            kind, "<!DOCTYPE html><html lang='de'><title>Satz</title><p>Ein Satz.", pdf.files_of_the_press()
        )
        > 0
    )
