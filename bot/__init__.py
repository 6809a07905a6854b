"""Rapport: a Slack bot for continuous feedback. The way in is `bot/__main__.py`."""
