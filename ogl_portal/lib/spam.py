"""A guard for forms that anybody may send: no puzzle, nobody else's service, no JavaScript, no cookie of its own.

A field that no person meets, a sealed note of when the page was shown, few links, and a limit to what comes in.
Whoever is taken for a machine by mistake reads why, and sends the same text again.
"""

import re
import time
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from uuid import UUID, uuid4

from crispy_forms.layout import Div, Layout
from django import forms
from django.core import signing

from . import throttle

HOUR, DAY = 3600, 86_400
FASTEST, LONGEST = 3, DAY
"""A page that is sent sooner (seconds) was hardly read; one that is older may have been collected for later use."""
LINK = re.compile(r"https?://|(?<!/)\bwww\.", re.IGNORECASE)

LOOKS_AUTOMATIC = "Das sah nach einer automatischen Sendung aus. Bitte senden Sie es noch einmal ab."
TOO_FAST = "Das ging sehr schnell. Bitte sehen Sie noch einmal über Ihre Angaben und senden Sie sie dann ab."
TOO_OLD = "Die Seite war lange geöffnet. Ihre Angaben stehen noch da; bitte senden Sie sie noch einmal ab."
TOO_MANY_LINKS = "Bitte nennen Sie im Text höchstens {} Internetadressen."
TOO_MUCH_FROM_CLIENT = (
    "Von Ihrem Anschluss kamen in der letzten Stunde schon viele Meldungen. "
    "Bitte versuchen Sie es in einer Stunde noch einmal."
)
TOO_MUCH_AT_ALL = (
    "Zurzeit kommen ungewöhnlich viele Meldungen an. Bitte versuchen Sie es in einer Stunde noch einmal, "
    "oder schreiben Sie uns eine E-Mail; die Adresse steht im Impressum."
)


class TooMany(Exception):
    """Too much came in within the hour; the message says so, in German."""


def admit(what: str, *, client: str, per_client: int = 10, overall: int = 200) -> None:
    """Count one thing of the kind ``what`` that came in; raises TooMany beyond the limits of an hour.

    ``client`` is the client's IP address. It is not stored, and with IPv6 its network of 64 bits counts as one client.
    """
    if not throttle.allow(f"{what}:{network_of(client)}", limit=per_client, seconds=HOUR):
        raise TooMany(TOO_MUCH_FROM_CLIENT)
    if not throttle.allow(f"{what}:everybody", limit=overall, seconds=HOUR):
        raise TooMany(TOO_MUCH_AT_ALL)


def network_of(client: str) -> str:
    """Return what one connection has for itself: an address of IPv4, a /64 of IPv6 (RFC 6177); else the text."""
    try:
        address = ip_address(client)
    except ValueError:
        return client
    return str(address if address.version == 4 else ip_network((address, 64), strict=False))


def is_new(what: str, *, key: UUID, values: dict) -> bool:
    """Tell whether the page with this key sends these values for the first time; no page is taken for longer.

    Ask in the transaction that stores them: then the same sent twice is stored once, whatever breaks in between.
    """
    return throttle.is_first(f"{what}:{key}:{sorted(values.items())!r}", seconds=LONGEST)


def may_mail(email: str, *, limit: int = 3) -> bool:
    """Whether an address that somebody typed may get one more mail today: nobody's letter box is flooded through us."""
    return throttle.allow(f"typed-address:{email.strip().lower()}", limit=limit, seconds=DAY)


@dataclass(frozen=True)
class Seal:
    """Which page it is, and when it was shown (seconds since 1970); as text it is signed."""

    key: UUID
    shown_at: int

    def __str__(self):
        return signing.Signer(salt=__name__).sign(f"{self.key.hex}.{self.shown_at}")

    @classmethod
    def fresh(cls, *, age: int = 0) -> "Seal":
        """Seal a page that is shown now, or was ``age`` seconds ago."""
        return cls(uuid4(), int(time.time()) - age)

    @classmethod
    def of(cls, text: str) -> "Seal | None":
        """Return the seal that a page sent, or None where it is none of ours."""
        try:
            key, _, shown_at = signing.Signer(salt=__name__).unsign(text).partition(".")
        except signing.BadSignature:
            return None
        return cls(UUID(hex=key), int(shown_at))

    @property
    def age(self) -> float:
        return time.time() - self.shown_at


def new_seal() -> str:
    """The seal of a page that is shown now."""
    return str(Seal.fresh())


class GuardedFormMixin:
    """Asks to send again what a machine may have sent; put it in front of PortalForm or PortalModelForm.

    Once the form is valid, ``key`` says which page sent it.
    """

    max_links: int | None = None  # in all texts together; None for any number

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        attributes = {"autocomplete": "off", "tabindex": "-1"}
        self.fields["homepage"] = forms.CharField(
            label="Bitte leer lassen", required=False, widget=forms.TextInput(attrs=attributes)
        )
        self.fields["seal"] = forms.CharField(required=False, widget=forms.HiddenInput, initial=new_seal)

    @property
    def helper(self):
        """The trap stays hidden from everybody who looks at the page or has it read out."""
        helper = super().helper
        helper.layout = Layout(*(name for name in self.fields if name != "homepage"), Div("homepage", hidden="hidden"))
        return helper

    @property
    def key(self) -> UUID:
        return Seal.of(self.cleaned_data["seal"]).key

    def clean(self):
        data = super().clean()
        if data.get("homepage"):
            self.ask_again(LOOKS_AUTOMATIC, homepage="")
        if self.max_links is not None and self.count_links() > self.max_links:
            self.add_error(None, TOO_MANY_LINKS.format(self.max_links))
        self.check_seal(Seal.of(data.get("seal", "")))
        return data

    def check_seal(self, seal: Seal | None) -> None:
        """Refuse what no page of ours sent, or one that was shown long ago; and what was sent sooner than read."""
        if seal is None or seal.age > LONGEST:
            self.ask_again(TOO_OLD, seal=str(Seal.fresh(age=FASTEST)))
        elif seal.age < FASTEST and not self.errors:
            self.ask_again(TOO_FAST)

    def ask_again(self, reason: str, **values: str) -> None:
        """Refuse the form, and show it again with all that was typed except for the given values."""
        for name, value in values.items():
            self.data[self.add_prefix(name)] = value
        self.add_error(None, reason)

    def count_links(self) -> int:
        """How many addresses the texts name; a field for an address holds what was asked for."""
        fields = [name for name, field in self.fields.items() if not isinstance(field, forms.URLField)]
        return sum(len(LINK.findall(str(self.cleaned_data.get(name, "")))) for name in fields)
