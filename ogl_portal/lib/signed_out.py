"""Views behind a sign-in that may have expired meanwhile: no text is lost, and nobody is led to an empty page."""

from django.contrib import messages
from django.contrib.auth.mixins import AccessMixin, LoginRequiredMixin
from django.contrib.auth.views import redirect_to_login

from .addresses import page_above
from .text import plain

KEPT = "kept_texts"
"""Where the session holds what somebody typed whose sign-in had expired: by the address that it was sent to."""
MOST = 5
"""So many forms wait at once, as somebody may have several open; the oldest goes first."""
SHORT = 20
"""So much is kept of a field that has no limit of its own: a number, or a choice."""
PRESS_AGAIN = (
    "Ihre Anmeldung ist abgelaufen. Bitte melden Sie sich an und drücken Sie die Schaltfläche dann noch einmal."
)
WAITS = (
    "Ihre Anmeldung ist abgelaufen. Was Sie geschrieben haben, ist nicht verloren: In diesem Browser steht es nach der "
    "Anmeldung wieder im Formular."
)
NOT_YET_SENT = "Hier steht wieder, was Sie geschrieben hatten. Gesendet ist es noch nicht."


class ButtonMixin(LoginRequiredMixin):
    """A button without a page of its own: who has to sign in first comes back to the page on which it stands."""

    http_method_names = ["post"]

    def page(self) -> str:
        """The address of that page; to be replaced where it is not the next one above."""
        return page_above(self.request.path)

    def handle_no_permission(self):
        if self.request.method == "POST":
            messages.info(self.request, PRESS_AGAIN)
        return redirect_to_login(self.page())


class KeepsTypedMixin(AccessMixin):
    """A page with the form ``form_class``; stands before what else a view is made of, which asks for the sign-in.

    What is sent to it by somebody whose sign-in has expired waits in the session, and is shown after the sign-in until
    it was sent.
    """

    def dispatch(self, request, *args, **kwargs):
        if request.method == "GET" and request.user.is_authenticated and self.kept():
            messages.info(request, NOT_YET_SENT)
        response = super().dispatch(request, *args, **kwargs)
        if request.method == "POST" and request.user.is_authenticated and response.status_code == 302:
            self.forget(request.path)
        return response

    def handle_no_permission(self):
        if self.request.method == "POST" and self.may_be_kept():
            kept = self.request.session.get(KEPT, {}) | {self.request.path: self.typed()}
            self.request.session[KEPT] = dict([*kept.items()][-MOST:])
            messages.info(self.request, WAITS)
        return super().handle_no_permission()

    def may_be_kept(self) -> bool:
        """To be replaced where somebody who had no form of ours open could fill our sessions."""
        return True

    def forget(self, path: str) -> None:
        """What waits for an address need not wait any more."""
        kept = self.request.session.pop(KEPT, {})
        if others := {address: typed for address, typed in kept.items() if address != path}:
            self.request.session[KEPT] = others

    def typed(self) -> dict[str, str]:
        """What was sent, as plain text; browsers count a new line once, and send two characters for it."""
        sent, fields = self.request.POST, self.form_class.base_fields
        longest = {name: 2 * (getattr(field, "max_length", None) or SHORT) for name, field in fields.items()}
        return {name: plain(sent[name])[:length] for name, length in longest.items() if name in sent}

    def kept(self) -> dict[str, str] | None:
        """What waits for this address, as data for its form; None where nothing does."""
        return self.request.session.get(KEPT, {}).get(self.request.path)

    def get_form_kwargs(self):
        """Of a FormView: what waits is shown as if it had been sent now."""
        waiting = self.kept() if self.request.method == "GET" else None
        return super().get_form_kwargs() | ({"data": waiting} if waiting else {})
