"""What comes out beside the matrix."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    name: str
    verdict: str  # "passed", "failed", "explained" (no fault of ours: see the reason), "skipped"
    reason: str = ""

    def line(self) -> str:
        return f"{self.name}: {self.verdict}" + (
            f": {self.reason}" if self.reason else ""
        )
