"""Numbers as people and addresses send them: of any length, in any script, and none of them may break anything."""

from django import forms
from django.core.exceptions import ValidationError

MOST_DIGITS, MOST_KEY_DIGITS = 9, 18
"""What fits into every integer column, and what fits into every key; ``int`` itself refuses 4,301 digits."""


def is_small(text: str, digits: int = MOST_DIGITS) -> bool:
    """Whether the text is a number of at most so many digits, written with 0 to 9."""
    return text.isascii() and text.isdigit() and len(text) <= digits


def small_number(text) -> int | None:
    """The number that a text says, None where it is none or too large for every purpose of ours."""
    text = str(text)
    return int(text) if is_small(text) else None


def is_key(value) -> bool:
    """Whether a table may have such a key."""
    return is_small(str(value), MOST_KEY_DIGITS)


class KeyField(forms.ModelChoiceField):
    """Refuses a key that no table can have, and does not look it up to draw the field either (OverflowError)."""

    def to_python(self, value):
        if value not in self.empty_values and not isinstance(value, self.queryset.model) and not is_key(value):
            raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": str(value)[:40]})
        return super().to_python(value)

    def bound_data(self, data, initial):
        shown = super().bound_data(data, initial)
        return shown if shown in self.empty_values or is_key(shown) else ""


class KeysField(forms.ModelMultipleChoiceField):
    """The same for several keys."""

    def _check_values(self, value):
        for key in value if isinstance(value, list | tuple) else []:
            if not is_key(key):
                message = self.error_messages["invalid_pk_value"]
                raise ValidationError(message, "invalid_pk_value", {"pk": str(key)[:40]})
        return super()._check_values(value)

    def bound_data(self, data, initial):
        return [key for key in super().bound_data(data, initial) or [] if is_key(getattr(key, "pk", key))]
