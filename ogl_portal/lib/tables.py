"""Tables in the look of KERN, from django-tables2."""

import django_tables2 as tables


class PortalTable(tables.Table):
    """Base of the portal's tables.

    ``caption`` names the table for everybody, ``row_header`` the column that names a row, ``empty_title`` and
    ``empty_text`` (in Meta) say in a friendly way that there is nothing yet.
    """

    caption = ""
    row_header = ""
    empty_title = "Hier ist noch nichts eingetragen"

    class Meta:
        empty_text = "Sobald es etwas gibt, steht es hier."
        per_page = 25

    def paginate(self, *args, per_page=None, **kwargs):
        """The size of a page is ours, whatever the address asks for."""
        return super().paginate(*args, per_page=self._meta.per_page, **kwargs)
