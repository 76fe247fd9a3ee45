"""Where somebody who is named in public ends that, without an account and at once."""

from django.shortcuts import redirect, render
from django.views.generic import TemplateView, View

from ogl_portal.lib.addresses import SecretAddressMixin

from .. import workflow


class WithdrawConsentView(SecretAddressMixin, View):
    """A mailed link: looking at it shows a button, only that withdraws (mail scanners follow links)."""

    def get(self, request, token):
        try:
            contact = workflow.contact_of(token)
        except workflow.LinkGone:
            return self.gone(request)
        return render(request, "knowledgebase/contact_withdraw.html", {"contact": contact})

    def post(self, request, token):
        try:
            workflow.withdraw_consent(token=token)
        except workflow.LinkGone:
            return self.gone(request)
        return redirect("knowledgebase:contact-withdrawn")

    def gone(self, request):
        return render(request, "knowledgebase/contact_gone.html", status=410)


class ConsentWithdrawnView(TemplateView):
    template_name = "knowledgebase/contact_withdrawn.html"
