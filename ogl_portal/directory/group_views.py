"""The pages of the target groups: composed in their templates from what the apps above hold for each of them."""

from django.shortcuts import get_object_or_404
from django.views.generic import DetailView, ListView

from ogl_portal.lib import feeds, subscription_views

from . import group_news
from .models import TargetGroup


class TargetGroupListView(ListView):
    """All target groups, each with what its page offers."""

    queryset = TargetGroup.objects.all()
    context_object_name = "groups"
    template_name = "directory/target_group_list.html"


class TargetGroupView(DetailView):
    """What one target group needs, and what answers it."""

    queryset = TargetGroup.objects.all()
    context_object_name = "group"
    template_name = "directory/target_group.html"


class TargetGroupFeedView(feeds.FeedView):
    """What is new for one target group, as Atom."""

    def get(self, request, slug):
        self.group = get_object_or_404(TargetGroup, slug=slug)
        self.feed = group_news.feed_of(self.group)
        return super().get(request)

    def entries(self):
        return group_news.news_for(self.group)[: feeds.ENTRIES]


class SubscribeToGroupView(subscription_views.SubscribeView):
    template_name = "directory/subscribe.html"
    request_subscription = staticmethod(group_news.request_subscription)
    thing_name = "group"
    sent = "directory:subscribe-to-group-sent"

    def things(self):
        return TargetGroup.objects.all()


class SubscribeToGroupSentView(subscription_views.SubscribeSentView):
    queryset = TargetGroup.objects.all()
    context_object_name = "group"
    template_name = "directory/subscribe_sent.html"


class GroupSubscriptionView(subscription_views.SubscriptionView):
    template_name = "directory/subscription.html"
    gone_template_name = "directory/subscription_gone.html"
    ended = "directory:group-subscription-ended"
    find = staticmethod(group_news.subscription_of)
    confirm = staticmethod(group_news.confirm_subscription)
    end = staticmethod(group_news.end_subscription)


class OneClickView(subscription_views.OneClickView):
    page = "directory:group-subscription"
    find = staticmethod(group_news.subscription_of)
    end = staticmethod(group_news.end_subscription)
