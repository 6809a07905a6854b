"""People to write tests with: they type, choose and press by the words on their screen, never by ids.

slack = Slack(playground, workspace)
ana = slack.person("Ana")
await ana.command("/checkin")
ana.modal.fill("What moved…", "The importer")
await ana.modal.submit()
"""

from playground.driver.conversation import SeenMessage
from playground.driver.modal import Home, Modal
from playground.driver.person import Person
from playground.driver.world import World, find_member
from playground.server import Playground
from playground.workspace import Workspace


class Slack:
    """One workspace as the people in it live it."""

    def __init__(self, playground: Playground, workspace: Workspace) -> None:
        self.playground = playground
        self.workspace = workspace
        self._people: dict[str, Person] = {}

    def person(self, name: str) -> Person:
        """By name, display name, handle, e-mail address or id; who is ambiguous is listed in the failure."""
        member = find_member(self.workspace, name)
        if member.id not in self._people:
            team = self.playground.team(self.workspace.team_id)
            self._people[member.id] = Person(World(self.playground, team, member.id))
        return self._people[member.id]

    async def quiet(self) -> None:
        """Nothing is under way between Slack and the app."""
        await self.playground.quiet()
