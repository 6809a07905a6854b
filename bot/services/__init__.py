"""The verbs people use, one file per capability: `(session, actor, …, now)`. No Slack, no commit, no wall clock."""
