"""What the bot answers to plain words, to `/rapport` alone, to help about one command and to a mistake."""

from tests.routes.words.conftest import Reads
from tests.routes.world import Company


async def test_plain_words_and_help(acme: Company, reads: Reads) -> None:
    ana, ben = acme.slack.person("Ana Silva"), acme.slack.person("Ben Okafor")
    for text in (
        "hello",
        "help",
        "checkin",
        "thanks ben",
        "I finished the importer",
        "lunch",
        "What a day it was",
    ):
        await ana.say(text)
        reads(f"to {text}", ana.dm.last)
    await ana.say("I finished it " * 300)
    reads("to a very long message", ana.dm.last)
    for person in (ana, ben):
        await person.command("/rapport")
        reads(f"menu of {person.name}", person.ephemeral.last)
    for line in ("/kudos help", "/goals help", "/goals nwe Ship the importer", "/kudos xyzzy"):
        await ana.command(line)
        reads(line, ana.ephemeral.last)
