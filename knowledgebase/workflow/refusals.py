"""Why a verb is refused, where several modules say so."""


class LinkGone(Exception):
    """The mailed link is unknown, too old, or what it is about is over."""
