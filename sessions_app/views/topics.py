"""Pages of the workshop topics, for members only: what they propose, support and discuss."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.views import View
from django.views.generic import DetailView, FormView, ListView

from ogl_portal.directory.models import belongs_to_group
from ogl_portal.lib.signed_out import ButtonMixin, KeepsTypedMixin

from .. import workflow
from ..models import DOTS, DOTS_ON_ONE, TopicCollection, TopicComment, WorkshopTopic
from ..topic_forms import TopicCommentForm, TopicForm


class MembersMixin(LoginRequiredMixin):
    """For the AG; for everybody else who is signed in there is nothing here."""

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not belongs_to_group(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def collection(self) -> TopicCollection:
        return get_object_or_404(TopicCollection.objects.shown(), event__slug=self.kwargs["slug"])

    def topic(self) -> WorkshopTopic:
        topics = self.collection.topics.for_readers(self.request.user)
        return get_object_or_404(topics, pk=self.kwargs["number"])

    def dots(self) -> dict:
        """What the buttons for dots need to know."""
        return {"free_dots": self.collection.free_dots_of(self.request.user), "all_dots": DOTS, "most": DOTS_ON_ONE}


class TopicListView(MembersMixin, ListView):
    """The topics of one workshop, by default the latest: as proposed while members vote, then by their dots."""

    template_name = "sessions_app/topic_list.html"
    paginate_by = 20

    @cached_property
    def collection(self) -> TopicCollection | None:
        slug = self.kwargs.get("slug")
        shown = TopicCollection.objects.shown()
        return get_object_or_404(shown, event__slug=slug) if slug else shown.first()

    def get_queryset(self):
        if not self.collection:
            return WorkshopTopic.objects.none()
        topics = self.collection.topics.standing().for_readers(self.request.user)
        return topics.order_by("pk") if self.collection.is_open else topics.order_by("-is_chosen", "-dot_count", "pk")

    def get_context_data(self, **kwargs):
        others = TopicCollection.objects.shown().exclude(pk=self.collection.pk) if self.collection else []
        dots = self.dots() if self.collection else {}
        return super().get_context_data(collection=self.collection, others=others[:10], **dots, **kwargs)


class ProposeTopicView(KeepsTypedMixin, MembersMixin, FormView):
    """Propose a question; nothing typed is lost when the collection has closed meanwhile."""

    form_class = TopicForm
    template_name = "sessions_app/topic_propose.html"

    def form_valid(self, form):
        try:
            topic = workflow.propose_topic(collection=self.collection, by=self.request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)
        messages.success(self.request, "Danke, Ihr Thema steht jetzt in der Liste.")
        return redirect(topic)

    def get_context_data(self, **kwargs):
        return super().get_context_data(collection=self.collection, **kwargs)


class TopicDetailView(MembersMixin, DetailView):
    """One topic with what members say to it."""

    context_object_name = "topic"
    template_name = "sessions_app/topic_detail.html"

    def get_object(self, queryset=None):
        return self.topic()

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            collection=self.collection,
            comments=self.object.comments.select_related("author__person"),
            merged=self.object.merged_topics.all(),
            may_change=self.object.may_be_changed_by(self.request.user),
            comment_form=None if self.collection.event.is_over else TopicCommentForm(),
            **self.dots(),
            **kwargs,
        )


class TopicDotsView(ButtonMixin, MembersMixin, View):
    """Let so many of one's dots lie on a topic: the button says the number, so that a double click counts once."""

    def post(self, request, slug, number):
        topic = self.topic()
        wanted = request.POST.get("count", "")
        try:
            workflow.set_dots(topic=topic, by=request.user, count=int(wanted) if wanted in {"0", "1", "2", "3"} else -1)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        else:
            free = self.collection.free_dots_of(request.user)
            messages.success(request, f"Gespeichert. Ihre Punkte auf „{topic}“: {wanted}. Noch frei: {free}.")
        return redirect(topic if request.POST.get("back") == "topic" else back_to_list(request, topic))


def back_to_list(request, topic: WorkshopTopic) -> str:
    """The page of the list that the member came from."""
    page = request.POST.get("page", "")
    is_number = page.isascii() and page.isdecimal() and len(page) < 5
    return topic.collection.get_absolute_url() + (f"?page={page}" if is_number else "") + f"#{topic.anchor}"


class TopicCommentView(KeepsTypedMixin, MembersMixin, View):
    """Say something to a topic; what was typed comes back where it cannot be kept."""

    form_class = TopicCommentForm

    def get(self, request, slug, number):
        """The form by itself, for what had to wait for the sign-in; it stands on the page of the topic, too."""
        context = {"form": TopicCommentForm(self.kept()), "topic": self.topic()}
        return render(request, "sessions_app/topic_comment.html", context)

    def post(self, request, slug, number):
        topic, form = self.topic(), TopicCommentForm(request.POST)
        if form.is_valid():
            try:
                workflow.comment_topic(topic=topic, by=request.user, text=form.cleaned_data["text"])
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                messages.success(request, "Ihr Kommentar ist gespeichert.")
                return redirect(topic)
        return render(request, "sessions_app/topic_comment.html", {"form": form, "topic": topic}, status=422)


class DeleteTopicCommentView(ButtonMixin, MembersMixin, View):
    """Take back one's own comment."""

    def page(self):
        return reverse("sessions_app:topic-detail", args=[self.kwargs["slug"], self.kwargs["number"]])

    def post(self, request, slug, number, comment):
        topic = self.topic()
        mine = get_object_or_404(TopicComment, pk=comment, topic=topic, author=request.user)
        workflow.delete_comment(comment=mine, by=request.user)
        messages.success(request, "Ihr Kommentar ist gelöscht.")
        return redirect(topic)
