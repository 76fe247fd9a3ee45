"""Files on a storage that is no folder: a bucket that speaks S3."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from ogl_portal.lib.media_storage import storage_of
from tests.s3_server import s3_server


@pytest.fixture
def bucket(settings):
    """A server with a bucket, and the portal that keeps its files there."""
    with s3_server() as server:
        settings.STORAGES = settings.STORAGES | {"default": storage_of(server.address)}
        yield server
        storages["default"].connection.meta.client.close()


def test_file_in_a_bucket_is_put_read_measured_and_deleted_and_has_no_address(bucket):
    storage, content = storages["default"], bytes(range(256)) * 40_000  # more than a piece of a multipart upload
    name = storage.save("fragebogen/abc", ContentFile(content))
    assert bucket.objects == {"/uploads/portal/fragebogen/abc": content}
    assert (storage.exists(name), storage.size(name)) == (True, len(content))
    with storage.open(name) as file:
        assert file.read() == content
    assert storage.save(name, ContentFile(b"2")) != name and storage.size(name) == len(content)
    storage.delete(name)
    assert not storage.exists(name)
    with pytest.raises(FileNotFoundError):
        storage.open(name)
    with pytest.raises(NotImplementedError):
        storage.url(name)
    with pytest.raises(NotImplementedError):
        storage.path(name)


@pytest.mark.parametrize(
    "address",
    [
        "https://key:geheim@s3.example.org/bucket",
        "s3://s3.example.org/bucket",
        "s3://key:geheim@s3.example.org/",
        "s3://key:geheim@s3.example.org:port/bucket",
        "s3://key:geheim@s3.example.org/bucket?acl=public-read",
    ],
)
def test_wrong_address_of_a_bucket_is_refused_without_its_secret(address):
    with pytest.raises(ImproperlyConfigured, match="MEDIA_STORAGE ist falsch") as refused:
        storage_of(address)
    assert "geheim@" not in str(refused.value)
