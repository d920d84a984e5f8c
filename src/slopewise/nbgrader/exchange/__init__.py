"""The exchange: nbgrader's plugins for it, which trust nothing that a learner put there.

nbgrader's own point for this is `c.ExchangeFactory`; :func:`slopewise.nbgrader.configure` plugs
them in for graders, :func:`slopewise.nbgrader.configure_exchange` for learners' servers.

- `permissions`: who may write where, looked at and set right;
- `collect`: what learners handed in, read as a stranger's;
- `submit`, `fetch`: the learner's side;
- `list`: what is in the exchange, for the Assignment List and `nbgrader list`;
- `archives`: what learning platforms packed, for `nbgrader zip_collect`;
- `release`: lessons and feedback on their way out.
"""
