"""What is measured, and how often."""

from dataclasses import dataclass

KEYS = {"rsa": "RSA-2048", "p256": "P-256"}
SIDES = ("client", "server")


@dataclass(frozen=True)
class Task:
    """One figure of the table."""

    id: str
    kind: str  # full, resumed, seal, open, heap
    title: str
    key: str
    group: str
    side: str | None = None
    rested: bool = False

    @property
    def unit(self) -> str:
        return "bytes" if self.kind == "heap" else "ns"

    def as_json(self) -> dict:
        return {
            "id": self.id,
            "kind": self.kind,
            "key": self.key,
            "group": self.group,
            "side": self.side,
            "rested": self.rested,
            "unit": self.unit,
            "title": self.title,
        }


@dataclass(frozen=True)
class Batch:
    """One command of the line protocol, whose answer holds the times of one or two tasks."""

    command: str
    times: dict[str, Task]  # by the answer's member


@dataclass(frozen=True)
class Plan:
    rounds: int
    batches: list[Batch]
    connections: tuple[int, int]  # between which the heap's slope is taken

    def tasks(self) -> list[Task]:
        timed = [task for batch in self.batches for task in batch.times.values()]
        return timed + list(heap_tasks().values())


def handshakes(kind: str, key: str, group: str, count: int) -> Batch:
    def task(side: str) -> Task:
        title = f"{kind} handshake, {KEYS[key]}, {group}, {side}"
        return Task(f"{kind}-{key}-{group}-{side}", kind, title, key, group, side)

    command = f"handshakes {kind} {key} {group} {count}"
    return Batch(command, {f"{side}_ns": task(side) for side in SIDES})


def bulk(kind: str, count: int) -> Batch:
    task = Task(kind, kind, f"{kind} a record of 16 KiB", "rsa", "x25519")
    return Batch(f"bulk {kind} {count}", {"ns": task})


def heap_tasks() -> dict[str, Task]:
    """By the member of the answer to `memory`."""
    tasks = {}
    for rested in (False, True):
        for side in SIDES:
            suffix = "-rested" if rested else ""
            title = f"heap of an idle connection{', rested' if rested else ''}, {side}"
            member = f"{side}_rested_bytes" if rested else f"{side}_bytes"
            tasks[member] = Task(
                f"heap-{side}{suffix}", "heap", title, "rsa", "x25519", side, rested
            )
    return tasks


def make_plan(rounds: int, full: int, resumed: int, records: int, heap: tuple) -> Plan:
    batches = [
        handshakes("full", key, group, full)
        for key in KEYS
        for group in ("x25519", "secp256r1")
    ]
    batches.append(handshakes("resumed", "rsa", "x25519", resumed))
    batches += [bulk("seal", records), bulk("open", records)]
    return Plan(rounds, batches, heap)


def whole_plan() -> Plan:
    return make_plan(rounds=30, full=20, resumed=60, records=100, heap=(100, 1000))


def quick_plan() -> Plan:
    return make_plan(rounds=6, full=10, resumed=30, records=50, heap=(20, 120))


def brief_plan() -> Plan:
    """So little that its figures mean nothing: for a test that all of it works."""
    return make_plan(rounds=2, full=1, resumed=2, records=2, heap=(1, 3))
