"""What the app on a person's device does, and what a browser sends with a form."""

import time
from binascii import unhexlify

from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from lxml import html

from ogl_portal.directory.models import User


def code_of_key(key: str) -> str:
    """What the app shows now for a secret (hexadecimal)."""
    totp = TOTP(unhexlify(key))
    totp.time = time.time()
    return f"{totp.token():06}"


def give_factor(user: User) -> TOTPDevice:
    """Let the user have a second factor, as after setting it up."""
    user.second_factor_since = timezone.now()
    user.save()
    return TOTPDevice.objects.create(user=user, name="App")


def code_of(user: User) -> str:
    """What the user's app shows now."""
    return code_of_key(TOTPDevice.objects.get(user=user).key)


def hidden_fields(response) -> dict[str, str]:
    """What the first form that is sent by POST within the content brings along by itself."""
    page = html.fromstring(response.content)
    fields = page.xpath("//main//form[@method='post']//input[@type='hidden']")
    return {field.get("name"): field.get("value", "") for field in fields}
