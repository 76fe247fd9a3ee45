"""What a submission that came through looks like in the database, and what one that did not."""

from django.db import connection, transaction

from surveys.models import Answer, Response

ANSWERS = 7  # of make_complete_response: four of A, two of B, one of G


def is_untouched(response: Response) -> bool:
    """Nothing of the submission is there."""
    answers = Answer.objects.filter(entry__response=response).exists()
    traces = response.submissions.exists() or answers or response.consents.exists()
    return response.status == Response.Status.DRAFT and response.submitted_at is None and not traces


def is_whole(response: Response) -> bool:
    """All of the submission is there, once."""
    numbers = list(response.submissions.values_list("number", flat=True))
    answers = Answer.objects.filter(entry__response=response).count()
    return (
        response.status == Response.Status.SUBMITTED
        and numbers == [1]
        and answers == ANSWERS
        and response.consents.count() == 1
    )


def torn_responses() -> list[Response]:
    """Responses of which a part is there, all seen at one moment.

    PostgreSQL may still carry out the last COMMIT of a client that has just died, between one query and the next.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        responses = Response.objects.all()
        return [response for response in responses if not is_untouched(response) and not is_whole(response)]
