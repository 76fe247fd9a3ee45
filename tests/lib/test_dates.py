from datetime import UTC, date

import pytest

from ogl_portal.lib import dates


@pytest.mark.parametrize("day", [date(2021, 3, 28), date(2021, 7, 12), date(2021, 10, 31)])
def test_deadline_names_the_last_day_also_when_the_clocks_change(day):
    from_the_database = dates.end_of_day(day).astimezone(UTC)
    assert dates.deadline(from_the_database) == f"{day:%d.%m.%Y}, 24 Uhr"
