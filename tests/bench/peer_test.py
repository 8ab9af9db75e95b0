"""One peer through the whole runner, as briefly as can be: that it works, not how fast.

peer_test.py BUILD NAME; ends with status 77 if the peer is not built.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

RUNNER = Path(__file__).resolve().parents[2] / "bench" / "peers" / "run.py"
NOT_BUILT = 77


def measure(build: Path, name: str, results: Path) -> dict:
    command = [sys.executable, str(RUNNER), "--build", str(build), "--brief"]
    command += ["--peer", name, "--json", str(results)]
    done = subprocess.run(command)
    if done.returncode != 0:
        sys.exit(f"the runner ended with status {done.returncode}")
    return json.loads(results.read_text())


def check(results: dict) -> None:
    assert results["schema"] == 1 and results["kind"] == "glasstls peers", results
    assert results["left_out"] == [], results["left_out"]
    (stack,) = results["stacks"]
    assert len(stack["proof"]) == 6, stack
    measured = {figure["task"] for figure in results["figures"]}
    # A lone handshake may be dropped, but not all of them.
    assert measured & {task["id"] for task in results["tasks"]}, results
    assert {task["id"] for task in results["tasks"] if task["kind"] == "heap"} <= measured


def main() -> None:
    build, name = Path(sys.argv[1]), sys.argv[2]
    if not (build / "bench" / f"peer_{name}").exists():
        print(f"peer_{name} is not built")
        sys.exit(NOT_BUILT)
    with tempfile.TemporaryDirectory() as folder:
        check(measure(build, name, Path(folder) / "results.json"))


main()
