"""The pace at which Slack lets the bot send, for estimates."""

SLOW, FAST = 1, 5  # messages a second: where the courier's pace begins, and where it stops growing
