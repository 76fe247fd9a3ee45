"""How the columns of a solution are asked for on the portal's own pages."""

from django import forms
from django.db import models

from ogl_portal.lib.forms import plausible_year
from ogl_portal.lib.numbers import KeyField, KeysField

NO_CHOICE = "bitte wählen"
NUMBER = {"inputmode": "numeric", "size": "10"}


def portal_field(column: models.Field, **options) -> forms.Field:
    """Make the form field of a column: numbers as text with the right keyboard, days with the browser's calendar."""
    if isinstance(column, models.URLField):
        options["assume_scheme"] = "https"
    if isinstance(column, models.IntegerField):
        options["widget"] = forms.TextInput(attrs=NUMBER)
    if isinstance(column, models.DateField):
        options["widget"] = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    if isinstance(column, models.ManyToManyField | models.ForeignKey):
        options["form_class"] = KeysField if isinstance(column, models.ManyToManyField) else KeyField
    field = column.formfield(**options)
    if isinstance(column, models.DateField):
        field.validators.append(plausible_year)
    if isinstance(field, forms.TypedChoiceField):
        field.choices = [("", NO_CHOICE), *column.choices]
    elif isinstance(column, models.ForeignKey):
        field.empty_label = NO_CHOICE
    return field
