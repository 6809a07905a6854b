"""Hands one delivery to the app, whichever way it is reached, and writes down what came of it."""

import time

from playground.delivery.reply import Delivery, Reply, Transport
from playground.ground import DeliveryRecord, Ground


class Post:
    """The way to one app on behalf of one workspace."""

    def __init__(self, ground: Ground, team_id: str, transport: Transport) -> None:
        self._ground = ground
        self._team_id = team_id
        self._transport = transport

    async def send(self, delivery: Delivery) -> Reply:
        faults, started = self._ground.faults, time.perf_counter()
        with self._ground.activity.busy():
            reply = await faults.before_delivery(delivery) or await self._transport.send(delivery)
            reply = await faults.after_delivery(delivery, reply)
            self._record(delivery, reply, time.perf_counter() - started)
        return reply

    def _record(self, delivery: Delivery, reply: Reply, seconds: float) -> None:
        self._ground.log.deliveries.append(
            DeliveryRecord(
                at=self._ground.clock(),
                team_id=self._team_id,
                kind=delivery.kind,
                payload=delivery.payload,
                attempt=delivery.attempt,
                problem=reply.problem,
                reply=reply.body,
                seconds=seconds,
            )
        )
