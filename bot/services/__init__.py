"""What people can do, one package per capability: functions of `(session, actor, …, now)`. No Slack, no commit,
no wall clock.
"""
