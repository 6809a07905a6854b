"""All metrics are in one object with its own registry, which is made at the start and passed on.

Label values come from fixed sets in our code, never from a payload, so nobody can grow them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

# Slack gives up after 3 s; a durable answer takes about 1.5 ms.
ANSWER_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)


@dataclass(frozen=True, slots=True)
class Metrics:
    registry: CollectorRegistry
    refused: Counter
    requests: Counter
    request_seconds: Histogram
    errors: Counter
    slack_calls: Counter
    notifications: Counter
    ledger: Gauge
    ledger_overdue: Gauge
    jobs: Counter
    socket_connected: Gauge
    socket_remedies: Counter

    @classmethod
    def new(cls) -> "Metrics":
        registry = CollectorRegistry()

        def counter(name: str, help_text: str, *labels: str) -> Counter:
            return Counter(f"rapport_{name}", help_text, labels, registry=registry)

        def gauge(name: str, help_text: str, *labels: str) -> Gauge:
            return Gauge(f"rapport_{name}", help_text, labels, registry=registry)

        return cls(
            registry=registry,
            refused=counter("refused", "Requests turned away at the door.", "reason"),
            requests=counter("requests", "Payloads from Slack and how they were answered.", "kind", "status"),
            request_seconds=Histogram(
                "rapport_request_seconds",
                "From payload to answer.",
                ["kind"],
                registry=registry,
                buckets=ANSWER_SECONDS,
            ),
            errors=counter("errors", "Unexpected errors somebody got an apology for.", "kind"),
            slack_calls=counter("slack_calls", "Web API calls.", "method", "outcome"),
            notifications=counter("notifications", "Notifications and what became of them.", "outcome"),
            ledger=gauge(
                "ledger", "The newest 300,000 notifications, whoever sends them.", "kind", "state", "reason"
            ),
            ledger_overdue=gauge(
                "ledger_overdue_seconds", "How long the notification due first has been waiting."
            ),
            jobs=counter("jobs", "Runs of the timetable's jobs.", "job", "outcome"),
            socket_connected=gauge("socket_connected", "1 while Socket Mode is connected."),
            socket_remedies=counter("socket_remedies", "What the Socket Mode watchdog did.", "remedy"),
        )

    def count_call(self, method: str, outcome: str) -> None:
        """`Slack.connect` takes this as its callback."""
        self.slack_calls.labels(method, outcome).inc()

    def count_ledger(self, numbers: Mapping[tuple[str, str, str], int], overdue: float) -> None:
        """The gauges show the ledger by kind, state and reason. Groups that are empty now disappear."""
        self.ledger.clear()
        for labels, number in numbers.items():
            self.ledger.labels(*labels).set(number)
        self.ledger_overdue.set(overdue)

    def text(self) -> bytes:
        """Prometheus scrapes this text."""
        return generate_latest(self.registry)
