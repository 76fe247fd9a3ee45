"""Pages of the action items."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import conditional_page
from django.views.generic import DetailView, View
from django_tables2 import SingleTableView

from knowledgebase.open_data.views import OpenFileMixin
from ogl_portal.directory.models import belongs_to_group
from ogl_portal.lib.kept import BrieflyKeptMixin
from ogl_portal.lib.signed_out import ButtonMixin, KeepsTypedMixin
from surveys.models import Round

from . import csv_file, workflow
from .forms import CHANGED_MEANWHILE, NOT_YOURS_ANY_MORE, CommentForm, ItemFilterForm, ProgressForm
from .models import ActionItem, StruckItem
from .shares import Shares
from .tables import ActionItemTable
from .timeline import Timeline
from .tracker import TrackerPaginator

MY_AREA = "mein-bereich"


def address_after(request, item: ActionItem) -> str:
    """Where somebody goes on who has ticked something off: back to „Mein Bereich“, or on the page of the item."""
    return address_of_my_items() if request.POST.get("von") == MY_AREA else item.get_absolute_url()


def address_of_my_items() -> str:
    return reverse("directory:my-area") + "#meine-schritte"


class ItemListView(BrieflyKeptMixin, SingleTableView):
    """All items that the reader may see, the most urgent first; the filter is the address."""

    table_class = ActionItemTable
    template_name = "actions/item_list.html"

    def get_queryset(self):
        self.filter_form = ItemFilterForm(self.request.GET, user=self.request.user)
        return self.filter_form.chosen().in_full().most_urgent_first()

    def get_table_pagination(self, table):
        return {"paginator_class": partial(TrackerPaginator, numbers=self.filter_form.numbers)}

    def get_table_kwargs(self):
        dues, tied = ActionItem.objects.values("dated_due_at"), ActionItem.objects.exclude(round=None).values("round")
        rounds = Round.objects.published().filter(Q(closes_at__in=dues) | Q(pk__in=tied)).with_counts()
        return {"user": self.request.user, "rounds": rounds}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(filter_form=self.filter_form, **kwargs)
        items, with_names = context["table"].page.around_today, belongs_to_group(self.request.user)
        return context | {"timeline": Timeline(items, self.filter_form.numbers, with_names=with_names)}


@method_decorator(conditional_page, name="dispatch")
class ItemsCsvView(OpenFileMixin, View):
    """The public items as open data."""

    def get(self, request):
        headers = {"Content-Disposition": 'inline; filename="massnahmen.csv"'}
        return HttpResponse(csv_file.write(), content_type="text/csv; charset=utf-8", headers=headers)


class ItemDetailView(KeepsTypedMixin, DetailView):
    """One item with its history; those responsible report progress here."""

    form_class = ProgressForm
    context_object_name = "item"
    pk_url_kwarg = "number"
    template_name = "actions/item_detail.html"

    def get_queryset(self):
        items = ActionItem.objects.visible_to(self.request.user).in_full()
        return items.prefetch_related("history__by__person", "comments__author__person")

    def get(self, request, *args, **kwargs):
        """The page; of an item that a correction has struck what became of it: earlier versions link to it."""
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            known = StruckItem.objects.visible_to(request.user).select_related("report__current_version")
            struck = known.filter(pk=self.kwargs["number"]).first()
            if not struck:
                raise
            return render(request, "actions/item_struck.html", {"report": struck.report}, status=410)

    def may_report(self) -> bool:
        """Whether this reader may report progress; a dropped item is the lead's to take up again."""
        dropped = self.object.status == ActionItem.Status.DROPPED
        return not dropped and self.object.may_be_ticked_off_by(self.request.user)

    def get_context_data(self, **kwargs):
        if "form" not in kwargs:
            kwargs["form"] = ProgressForm(item=self.object, initial=self.kept()) if self.may_report() else None
        user = self.request.user
        return super().get_context_data(
            with_names=belongs_to_group(user),
            comment_form=self.comment_form() if belongs_to_group(user) else None,
            shares=Shares.of(self.object, user),
            draft=self.draft(user),
            **kwargs,
        )

    def comment_form(self) -> CommentForm:
        """Holds the note of somebody who may not report any more, as the item was dropped or given to others."""
        note = "" if self.may_report() else (self.typed() or self.kept() or {}).get("note")
        if note:
            messages.warning(self.request, NOT_YOURS_ANY_MORE)
        return CommentForm(initial={"text": note})

    def draft(self, user):
        """The report whose running correction may change the item, for those who may read that."""
        report = self.object.report
        return report if self.object.awaits_correction and report.draft_readable_by(user) else None

    def post(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.object = self.get_object()
        if not self.may_report():
            return self.refuse()
        if request.POST.get("revision") != str(self.object.revision):
            return self.conflict()
        form = ProgressForm(request.POST, item=self.object)
        return self.report(**form.cleaned_data) if form.is_valid() else self.show(form)

    def refuse(self):
        """Nothing is saved; what a member typed meanwhile stands on the page."""
        if not (belongs_to_group(self.request.user) and self.typed().get("note")):
            raise PermissionDenied
        return self.show(None, status=409)

    def show(self, form, status: int = 200):
        return self.render_to_response(self.get_context_data(form=form), status=status)

    def report(self, *, status, note, revision):
        try:
            workflow.change_status(item=self.object, to=status, by=self.request.user, note=note)
        except workflow.StatusConflict:
            return self.conflict()
        messages.success(self.request, f"Der Stand ist jetzt „{self.object.get_status_display()}“. Danke!")
        return redirect(address_after(self.request, self.object))

    def conflict(self):
        """Show what changed meanwhile; the note stays."""
        self.object = self.get_object()
        messages.warning(self.request, CHANGED_MEANWHILE)
        initial = {"note": self.typed().get("note", "")}
        return self.show(ProgressForm(item=self.object, initial=initial) if self.may_report() else None, status=409)


class GroupOnlyMixin(LoginRequiredMixin):
    """Something that the AG does with an item it may see; others find nothing here."""

    def item(self, number: int) -> ActionItem:
        if not belongs_to_group(self.request.user):
            raise Http404
        return get_object_or_404(ActionItem.objects.visible_to(self.request.user), pk=number)


class ShareView(ButtonMixin, GroupOnlyMixin, View):
    """Tick off the own share of what everyone in the AG has to do, or take that back."""

    def page(self):
        return address_of_my_items() if self.request.POST.get("von") == MY_AREA else super().page()

    def post(self, request, number):
        item = self.item(number)
        if not (request.user.is_member and item.has_shares):
            raise Http404
        if item.is_settled:
            messages.warning(request, f"Dieser Schritt hat schon den Stand „{item.current_status.label}“.")
            return redirect(address_after(request, item))
        verb = workflow.take_share_back if request.POST.get("zurueck") else workflow.tick_off_share
        verb(item=item, person=request.user.person)
        messages.success(request, "Ihr Anteil ist wieder offen." if request.POST.get("zurueck") else "Abgehakt. Danke!")
        return redirect(address_after(request, item))


class CommentView(KeepsTypedMixin, GroupOnlyMixin, View):
    """Say something to an item; what was typed is never lost."""

    form_class = CommentForm

    def get(self, request, number):
        """The form by itself, for what had to wait for the sign-in; it stands on the page of the item, too."""
        return render(request, "actions/comment.html", {"item": self.item(number), "form": CommentForm(self.kept())})

    def post(self, request, number):
        item, form = self.item(number), CommentForm(request.POST)
        if not form.is_valid():
            return render(request, "actions/comment.html", {"item": item, "form": form}, status=422)
        workflow.add_comment(item=item, by=request.user, text=form.cleaned_data["text"])
        self.forget(item.get_absolute_url())  # a note that became this comment
        messages.success(request, "Ihr Kommentar steht jetzt beim Schritt.")
        return redirect(f"{item.get_absolute_url()}#kommentare")
