"""The admin of every kind of news by mail: who subscribed, to read and to delete; the holders of addresses decide."""

from collections.abc import Callable

from .admin import PortalAdmin


class BaseSubscriptionAdmin(PortalAdmin):
    """Whom the lead takes out hears nothing more, like whoever ends it."""

    end_subscription: Callable  # with ``subscription``

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def delete_model(self, request, obj):
        self.end_subscription(subscription=obj)

    def delete_queryset(self, request, queryset):
        for subscription in queryset:
            self.end_subscription(subscription=subscription)
