"""An open modal and the Home tab."""

from playground.driver.screen import Screen
from playground.driver.surface import Surface
from playground.driver.world import World
from playground.verbs import Outcome
from playground.views import View


class Home(Surface):
    def __init__(self, world: World, view: View) -> None:
        super().__init__(world, view)
        self._view = view

    @property
    def id(self) -> str:
        return self._view.id

    @property
    def screen(self) -> Screen:
        return self._world.screen(self._view.blocks, self._view.values)


class Modal(Surface):
    def __init__(self, world: World, view: View) -> None:
        super().__init__(world, view)
        self._view = view

    @property
    def title(self) -> str:
        return self._label("title")

    @property
    def submit_label(self) -> str:
        return self._label("submit")

    @property
    def close_label(self) -> str:
        return self._label("close") or "Cancel"

    @property
    def id(self) -> str:
        return self._view.id

    @property
    def is_open(self) -> bool:
        return self._view.is_open

    @property
    def errors(self) -> dict[str, str]:
        """The label of a field → the sentence under it."""
        labels = self.screen.labels()
        return {labels[block_id]: sentence for block_id, sentence in self._errors.items()}

    async def submit(self, *, times: int = 1) -> Outcome:
        """Sends the form; what the client sees wrong by itself becomes an error and is not sent."""
        if not self.submit_label:
            raise AssertionError(f"This modal has nothing to submit.\n{self.text}")
        world = self._world
        outcome = await world.settled(
            *(world.playground.submit_view(world.team_id, world.user_id, self._view.id) for _ in range(times))
        )
        world.errors[self._view.id] = (self._view.hash, outcome.errors)
        return outcome

    async def close(self) -> Outcome:
        """Cancel: the modal below, if there is one, shows again."""
        world = self._world
        return await world.settled(world.playground.close_view(world.team_id, world.user_id, self._view.id))

    async def close_all(self) -> Outcome:
        """The x in the corner."""
        world = self._world
        closing = world.playground.close_view(world.team_id, world.user_id, self._view.id, all_views=True)
        return await world.settled(closing)

    @property
    def _errors(self) -> dict[str, str]:
        shown_at, errors = self._world.errors.get(self._view.id, ("", {}))
        return errors if shown_at == self._view.hash else {}

    @property
    def screen(self) -> Screen:
        footing = " ".join(f"[{label}]" for label in (self.close_label, self.submit_label) if label)
        return self._world.screen(
            self._view.blocks, self._view.values, self._errors, heading=self.title, footing=footing
        )

    def _label(self, name: str) -> str:
        return self._world.reader({}).text(self._view.content.get(name))
