import pytest
from django.core.exceptions import ValidationError

from ogl_portal.directory.models import Topic
from ogl_portal.lib.numbers import KeyField, KeysField, small_number


@pytest.mark.parametrize(("text", "number"), [
    ("7", 7), (7, 7), ("999999999", 999_999_999), ("9" * 10, None), ("9" * 5000, None), ("-1", None), ("", None),
    ("²", None), ("٣", None), ("7 ", None), (None, None),
])  # fmt: skip
def test_small_number_takes_what_every_column_holds(text, number):
    assert small_number(text) == number


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["9" * 19, "9" * 5000, "x", "-1", ""])
def test_keys_that_no_table_has_are_refused_in_words(key):
    field = KeysField(Topic.objects.all())
    with pytest.raises(ValidationError, match="gültig") as refusal:
        field.clean([key])
    assert len(refusal.value.messages[0]) < 200


@pytest.mark.django_db
def test_keys_of_the_table_are_taken():
    topic = Topic.objects.first()
    assert list(KeysField(Topic.objects.all()).clean([str(topic.pk)])) == [topic]


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["9" * 30, "9" * 5000, "x"])
def test_one_key_that_no_table_has_is_refused_and_not_drawn(key):
    field = KeyField(Topic.objects.all())
    with pytest.raises(ValidationError, match="gültig"):
        field.clean(key)
    assert field.bound_data(key, None) == "" and KeysField(Topic.objects.all()).bound_data([key, "7"], None) == ["7"]


@pytest.mark.django_db
def test_one_key_of_the_table_is_taken():
    topic = Topic.objects.first()
    assert KeyField(Topic.objects.all()).clean(str(topic.pk)) == topic == KeyField(Topic.objects.all()).clean(topic)
