"""When a person is asked: their own choice, else the nearest department's, the company's, the pack's.

`rhythms.rhythm_of(…)`, `rhythms.choose(…)`, `rhythms.should_ask_too_often(…)`: callers need only the names
here.
"""

from bot.services.rhythms.choosing import choose, settings, take_back
from bot.services.rhythms.in_force import DEFAULT, Rules, rhythm_of, rhythms_of, rules
from bot.services.rhythms.too_often import asked_too_often, should_ask_too_often
