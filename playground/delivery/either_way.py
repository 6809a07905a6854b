"""Chooses between HTTP and Socket Mode, as the app's settings say at that moment."""

from playground.app import App
from playground.delivery.reply import Delivery, Reply, Transport


class EitherWay:
    """With Socket Mode on, nothing goes over HTTP, also when nobody is connected."""

    def __init__(self, app: App, http: Transport, sockets: Transport) -> None:
        self._app = app
        self._http = http
        self._sockets = sockets

    async def send(self, delivery: Delivery) -> Reply:
        return await (self._sockets if self._app.socket_mode else self._http).send(delivery)
