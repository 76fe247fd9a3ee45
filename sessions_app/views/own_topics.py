"""What members do with the topics that they proposed themselves, while nobody else has taken them up."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.views import View
from django.views.generic import UpdateView

from ogl_portal.lib.numbers import small_number
from ogl_portal.lib.signed_out import ButtonMixin, KeepsTypedMixin

from .. import workflow
from ..models import WorkshopTopic
from ..topic_forms import OwnTopicForm
from .topics import MembersMixin


class OwnTopicMixin(MembersMixin):
    """The topic of the address, for who proposed it."""

    def own_topic(self, topics=WorkshopTopic.objects) -> WorkshopTopic:
        found = topics.filter(collection=self.collection, proposed_by=self.request.user)
        return get_object_or_404(found, pk=self.kwargs["number"])


class ChangeTopicView(KeepsTypedMixin, OwnTopicMixin, UpdateView):
    """Word one's own topic anew; what was typed stays where it cannot be kept."""

    context_object_name = "topic"
    form_class = OwnTopicForm
    template_name = "sessions_app/topic_change.html"

    def get_object(self, queryset=None):
        is_typed, topics = self.request.method == "POST", WorkshopTopic.objects
        return self.own_topic(topics.select_for_update(of=("self",)) if is_typed else topics)

    def get(self, request, *args, **kwargs):
        topic = self.own_topic()
        if topic.may_be_changed_by(request.user) or self.kept():
            return super().get(request, *args, **kwargs)
        messages.error(request, workflow.TAKEN_UP)
        return redirect(topic)

    @transaction.atomic
    def post(self, request, *args, **kwargs):
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        messages.success(self.request, "Ihr Thema ist geändert.")
        return super().form_valid(form)

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=409 if form.is_refused else 200)

    def get_context_data(self, **kwargs):
        return super().get_context_data(collection=self.collection, **kwargs)


class WithdrawTopicView(ButtonMixin, OwnTopicMixin, View):
    """Take one's own topic back."""

    def post(self, request, slug, number):
        topic, revision = self.own_topic(), small_number(request.POST.get("revision", ""))
        try:
            workflow.withdraw_topic(topic=topic, by=request.user, revision=revision)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
            return redirect(topic)
        messages.success(request, f"Ihr Thema „{topic}“ ist zurückgezogen.")
        return redirect(self.collection)
