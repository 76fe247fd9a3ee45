"""The report's example of a solution, and further plainly exemplary ones.

The report of 27.05.2021 names the digital registration of an apprenticeship contract and no more: how it works,
what it costs and who offers it is made up, as is every other entry, and each says so. What is there is left as it is.
"""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from ogl_portal.directory.models import Organisation, Person, TargetGroup, Topic, User

from . import workflow
from .demo_texts import DRAFT, SOLUTIONS
from .models import Contact, Solution, Step


def load() -> None:
    """Load what is missing; safe to run again. The report's example comes last, and so is the newest."""
    for slug, texts in SOLUTIONS.items():
        if not Solution.objects.filter(slug=slug).exists():
            load_solution(slug, dict(texts))
    Solution.objects.get_or_create(slug="digitales-fundbuero", defaults=DRAFT)


@transaction.atomic
def load_solution(slug: str, texts: dict) -> None:
    """Load one solution with its steps and contact, and publish it as the lead would."""
    steps, contact = texts.pop("steps"), texts.pop("contact")
    target_groups, topics = texts.pop("target_groups"), texts.pop("topics")
    reviewed_on = timezone.localdate() - timedelta(days=texts.pop("reviewed_days_ago"))
    solution = Solution.objects.create(
        slug=slug,
        publisher=Organisation.objects.get(slug=texts.pop("publisher")),
        reviewed_on=reviewed_on,
        next_review_on=reviewed_on + timedelta(days=365),
        is_example=True,
        **texts,
    )
    solution.target_groups.set(TargetGroup.objects.filter(slug__in=target_groups))
    solution.topics.set(Topic.objects.filter(slug__in=topics))
    load_steps(solution, steps)
    load_contact(solution, contact, timezone.localdate())
    workflow.publish_solution(solution=solution, by=User.objects.filter(email="leitung@example.org").first())


def load_steps(solution: Solution, steps: list[tuple]) -> None:
    names = ["title", "text", "role", "duration", "done_when"]
    for position, step in enumerate(steps, start=1):
        Step.objects.create(solution=solution, position=position, **dict(zip(names, step, strict=True)))


def load_contact(solution: Solution, email: str, today: date) -> None:
    """An exemplary member, who consented for two years."""
    person = Person.objects.get(email=email)
    Contact.objects.create(
        solution=solution,
        name=person.full_name,
        email=email,
        scope="Auskunft: ein Telefonat",
        consented_on=today,
        valid_until=today + timedelta(days=730),
    )
