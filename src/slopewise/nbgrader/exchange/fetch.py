"""The learner's side of what comes back: lessons and feedback."""

from __future__ import annotations

from nbgrader.exchange.default import ExchangeFetchAssignment, ExchangeFetchFeedback

from slopewise.nbgrader.exchange.guarded import LearnersExchange


class FetchAssignment(LearnersExchange, ExchangeFetchAssignment):  # type: ignore[misc]  # untyped
    """Copies a released lesson into the learner's folder."""


class FetchFeedback(LearnersExchange, ExchangeFetchFeedback):  # type: ignore[misc]  # untyped
    """Copies the learner's feedback pages into their folder."""
