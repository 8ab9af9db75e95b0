"""All peers in turn, round by round."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from figures import Samples, heap_figure, slope
from peer import Peer, PeerFailed
from plan import Batch, Plan, heap_tasks

REFERENCE = "OpenSSL"
MOST_REPEATS = 3  # of a round that was not ours, on average


@dataclass
class Stack:
    peer: Peer
    about: dict

    @property
    def name(self) -> str:
        return self.about["name"]


@dataclass
class Measured:
    stacks: list[Stack] = field(default_factory=list)
    figures: list[dict] = field(default_factory=list)
    left_out: list[dict] = field(default_factory=list)
    kept: int = 0  # rounds of a task
    discarded: int = 0

    def leave_out(self, program: Path, reason: str) -> None:
        self.left_out.append({"program": program.name, "reason": reason})

    @property
    def reference(self) -> str | None:
        return next((s.name for s in self.stacks if s.name == REFERENCE), None)


def start(programs: list[Path], lab: Path, measured: Measured) -> None:
    for program in programs:
        peer = Peer(program, lab)
        try:
            measured.stacks.append(Stack(peer, peer.ask("about")))
        except PeerFailed as reason:
            peer.stop()
            measured.leave_out(program, str(reason))


def stop(measured: Measured) -> None:
    for stack in measured.stacks:
        stack.peer.stop()


class Rounds:
    """Rounds of all batches by all stacks. A round of a batch that the hypervisor disturbed does
    not count for anybody, and is repeated."""

    def __init__(self, plan: Plan, measured: Measured, stolen: Callable[[], int]):
        self._plan = plan
        self._measured = measured
        self._stolen = stolen
        self._failed = set()  # (command, stack)
        self._repeats = MOST_REPEATS * plan.rounds * len(plan.batches)
        self.samples = Samples()

    def run(self, tell: Callable[[str], None]) -> None:
        for number in range(self._plan.rounds):
            tell(f"round {number + 1} of {self._plan.rounds}")
            for batch in self._plan.batches:
                self._keep(batch, number)

    def _keep(self, batch: Batch, number: int) -> None:
        while True:
            before = self._stolen()
            answers = self._ask_all(batch, number)
            if self._stolen() == before:
                break
            self._measured.discarded += 1
            if self._repeats == 0:
                return
            self._repeats -= 1
        self._measured.kept += 1
        for stack, answer in answers:
            for member, task in batch.times.items():
                self.samples.add(
                    task.id, stack.name, number, answer[member], answer["dropped"]
                )

    def _ask_all(self, batch: Batch, number: int) -> list[tuple[Stack, dict]]:
        """Another one begins each round."""
        stacks = self._measured.stacks
        first = number % len(stacks)
        answers = []
        for stack in stacks[first:] + stacks[:first]:
            if (batch.command, stack.name) in self._failed:
                continue
            try:
                answers.append((stack, stack.peer.ask(batch.command)))
            except PeerFailed as reason:
                self._give_up(batch, stack, str(reason))
        return answers

    def _give_up(self, batch: Batch, stack: Stack, reason: str) -> None:
        """Whoever fails once has no figure, whatever came before."""
        self._failed.add((batch.command, stack.name))
        for task in batch.times.values():
            self.samples.forget(task.id, stack.name)
        self._measured.leave_out(stack.peer.program, f"{batch.command}: {reason}")


def weigh(stack: Stack, lab: Path, connections: tuple[int, int]) -> dict[str, float]:
    """Bytes of each connection by task, each number of connections in a process of its own."""
    answers = []
    for count in connections:
        with Peer(stack.peer.program, lab, exact_heap=True) as peer:
            answers.append(peer.ask(f"memory rsa {count}"))
    few, many = answers
    return {t.id: slope(few, many, member) for member, t in heap_tasks().items()}


def weigh_all(plan: Plan, lab: Path, measured: Measured) -> list[dict]:
    weights = {}
    for stack in measured.stacks:
        try:
            weights[stack.name] = weigh(stack, lab, plan.connections)
        except PeerFailed as reason:
            measured.leave_out(stack.peer.program, f"memory: {reason}")
    reference = weights.get(measured.reference, {})
    return [
        heap_figure(task, name, value, plan.connections[1], reference.get(task))
        for name, weight in weights.items()
        for task, value in weight.items()
    ]


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def measure(
    programs: list[Path], lab: Path, plan: Plan, stolen: Callable[[], int]
) -> Measured:
    measured = Measured()
    try:
        start(programs, lab, measured)
        if not measured.stacks:
            return measured
        rounds = Rounds(plan, measured, stolen)
        rounds.run(say)
        say("heap of idle connections")
        heap = weigh_all(plan, lab, measured)
    finally:
        stop(measured)
    timed = [
        rounds.samples.figure(task.id, stack.name, measured.reference)
        for task in plan.tasks()
        for stack in measured.stacks
    ]
    measured.figures = [figure for figure in timed if figure is not None] + heap
    return measured
