"""News of a series by mail: asking for it, confirming it, ending it."""

from ogl_portal.lib import subscription_views

from .. import workflow
from ..models import Series


class SubscribeView(subscription_views.SubscribeView):
    template_name = "sessions_app/subscribe.html"
    request_subscription = staticmethod(workflow.request_subscription)
    thing_name = "series"
    sent = "sessions_app:subscribe-sent"

    def things(self):
        return Series.objects.visible_to(self.request.user)


class SubscribeSentView(subscription_views.SubscribeSentView):
    template_name = "sessions_app/subscribe_sent.html"

    def get_queryset(self):
        return Series.objects.visible_to(self.request.user)


class SubscriptionView(subscription_views.SubscriptionView):
    template_name = "sessions_app/subscription.html"
    gone_template_name = "sessions_app/subscription_gone.html"
    ended = "sessions_app:subscription-ended"
    find = staticmethod(workflow.subscription_of)
    confirm = staticmethod(workflow.confirm_subscription)
    end = staticmethod(workflow.end_subscription)


class OneClickView(subscription_views.OneClickView):
    page = "sessions_app:subscription"
    find = staticmethod(workflow.subscription_of)
    end = staticmethod(workflow.end_subscription)
