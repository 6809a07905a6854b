"""From Slack to the app: signed HTTP or Socket Mode, the three-second rule, and the retries of events."""
