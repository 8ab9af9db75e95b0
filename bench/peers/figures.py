"""Figures out of times: medians, spread, ratios."""

from collections import defaultdict
from statistics import median


def quantile(values: list[float], share: float) -> float:
    """Between the two values at whose ranks it lies; 0.5 is the median."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


class Samples:
    """The times of all tasks by all stacks, round by round."""

    def __init__(self) -> None:
        self._rounds = defaultdict(dict)  # (task, stack): {round: times}
        self._dropped = defaultdict(int)

    def add(
        self, task: str, stack: str, round_: int, times: list[int], dropped: int
    ) -> None:
        self._rounds[task, stack][round_] = times
        self._dropped[task, stack] += dropped

    def forget(self, task: str, stack: str) -> None:
        self._rounds.pop((task, stack), None)
        self._dropped.pop((task, stack), None)

    def figure(self, task: str, stack: str, reference: str | None) -> dict | None:
        """None if nothing was measured, or all of it was dropped."""
        rounds = self._rounds.get((task, stack), {})
        times = [time for of_round in rounds.values() for time in of_round]
        if not times:
            return None
        return {
            "task": task,
            "stack": stack,
            "median": float(median(times)),
            "p10": quantile(times, 0.1),
            "p90": quantile(times, 0.9),
            "count": len(times),
            "dropped": self._dropped[task, stack],
            "ratio": self._ratio(task, stack, reference),
        }

    def _ratio(self, task: str, stack: str, reference: str | None) -> float | None:
        """How much faster than the reference, each round held against the same round."""
        own = self._rounds[task, stack]
        other = self._rounds.get((task, reference), {})
        ratios = [
            median(other[round_]) / median(own[round_])
            for round_ in own
            if own[round_] and other.get(round_)
        ]
        return median(ratios) if ratios else None


def slope(few: dict, many: dict, member: str) -> float:
    """Bytes of each further connection, by two answers to `memory`."""
    return (many[member] - few[member]) / (many["connections"] - few["connections"])


def heap_figure(
    task: str, stack: str, value: float, connections: int, reference: float | None
) -> dict:
    return {
        "task": task,
        "stack": stack,
        "median": value,
        "p10": None,
        "p90": None,
        "count": connections,
        "dropped": 0,
        "ratio": reference / value if reference is not None and value > 0 else None,
    }
