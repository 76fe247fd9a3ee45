"""Where uploads and stored PDFs are kept: in a folder, or in a bucket that speaks S3 and that all machines share."""

from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

WRONG = (
    "MEDIA_STORAGE ist falsch. Erwartet wird s3://SCHLÜSSEL:GEHEIMNIS@RECHNER/BUCKET?region=REGION, "
    "Sonderzeichen in Schlüssel und Geheimnis als %XX geschrieben; s3+http:// nur im eigenen Netz."
)
SCHEMES = {"s3": "https", "s3+http": "http"}
USUAL_REGION = "us-east-1"
"""What servers of one's own are called that have no region."""


def storage_of(address: str) -> dict:
    """Return the entry of Django's STORAGES for an address; nothing means the folder MEDIA_ROOT.

    Raises ImproperlyConfigured with a German message. After the bucket's name a folder in it may follow.
    """
    if not address:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    return {"BACKEND": "ogl_portal.lib.bucket.PrivateBucket", "OPTIONS": bucket_options(address)}


def bucket_options(address: str) -> dict:
    """Options of django-storages; raises ImproperlyConfigured, whose text never holds the secret."""
    try:
        parts = urlsplit(address)
        scheme, port = SCHEMES[parts.scheme], f":{parts.port}" if parts.port else ""
        query = parse_qs(parts.query, strict_parsing=bool(parts.query))
    except (KeyError, ValueError):
        raise ImproperlyConfigured(WRONG) from None
    bucket, _, folder = parts.path.strip("/").partition("/")
    if not (parts.username and parts.password and parts.hostname and bucket) or query.keys() - {"region"}:
        raise ImproperlyConfigured(WRONG)
    return {
        "access_key": unquote(parts.username),
        "secret_key": unquote(parts.password),
        "endpoint_url": f"{scheme}://{parts.hostname}{port}",
        "region_name": query.get("region", [USUAL_REGION])[0],
        "bucket_name": bucket,
        "location": folder,
    }
