"""A strict local Slack workspace: the place where Rapport is shown and tested without a Slack account."""
