"""How fast Slack lets the bot speak, for whoever plans by it."""

SLOW, FAST = 1, 5  # messages a second: where the courier's pace begins, and where it stops growing
