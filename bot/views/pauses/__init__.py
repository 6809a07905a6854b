"""These views ask for a pause and confirm it: the typed words, the form and the sentences."""

from bot.views.pauses.form import FORM, PAUSE, RESUME, WHO, Asked, form, mentioned, read_form
from bot.views.pauses.messages import ended, not_paused, paused, preference, window
from bot.views.pauses.until import FIELD, read_until
