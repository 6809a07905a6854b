"""Asking for silence: the words people type, the form, and what is said about a pause."""

from bot.views.pauses.form import FORM, PAUSE, RESUME, WHO, Asked, form, mentioned, read_form
from bot.views.pauses.messages import ended, not_paused, paused, state, window
from bot.views.pauses.until import FIELD, read_until
