"""Files in a bucket that speaks S3. Imported only where MEDIA_STORAGE names one: its library is large."""

from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from storages.backends.s3 import S3Storage

from .uploads import MAX_BYTES

SIGNED = Config(
    signature_version="s3v4",
    s3={"addressing_style": "path", "payload_signing_enabled": True},
    connect_timeout=5,
    read_timeout=20,
    retries={"total_max_attempts": 3, "mode": "standard"},
    # Many servers that speak S3 know no checksums at the end of a stream. The signature covers the content's SHA-256.
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)
IN_ONE_PIECE = TransferConfig(multipart_threshold=2 * MAX_BYTES, multipart_chunksize=2 * MAX_BYTES, use_threads=False)


class PrivateBucket(S3Storage):
    """A bucket whose files only the portal reads: they have no address of their own, and none replaces another."""

    def get_default_settings(self) -> dict:
        ours = {"client_config": SIGNED, "transfer_config": IN_ONE_PIECE, "file_overwrite": False, "default_acl": None}
        return super().get_default_settings() | ours

    def url(self, name, *args, **kwargs):
        """Like every storage without public addresses (django.core.files.storage): who may read a file, a view says."""
        raise NotImplementedError("Files are sent by ogl_portal.lib.files.send_file, never by the bucket.")
