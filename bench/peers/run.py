"""Measures all TLS libraries whose peers are built, side by side.

python3 bench/peers/run.py --build build/release --json results.json --html report.html
"""

import argparse
import datetime
import json
import os
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True

import machine  # noqa: E402
import outside  # noqa: E402
from lab import LabFailed, make_lab  # noqa: E402
from measure import Measured, measure, say  # noqa: E402
from peer import find_programs  # noqa: E402
from plan import Plan, brief_plan, quick_plan, whole_plan  # noqa: E402
from table import heading, table  # noqa: E402

REPORT = Path(__file__).resolve().parent.parent / "report"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="run.py", description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=Path, required=True, help="the build's folder")
    parser.add_argument("--lab", type=Path, help="made there, if it is missing")
    parser.add_argument("--peer", action="append", default=[], help="only this one")
    parser.add_argument("--core", type=int, help="without it: the last that is allowed")
    parser.add_argument("--json", type=Path, help="where the results go")
    parser.add_argument("--html", type=Path, help="where the report goes")
    parser.add_argument("--steps", type=Path, help="JSON for the results' `steps`")
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true", help="fewer rounds")
    size.add_argument("--brief", action="store_true", help="to see that it works")
    return parser.parse_args()


def plan_of(options: argparse.Namespace) -> Plan:
    if options.brief:
        return brief_plan()
    return quick_plan() if options.quick else whole_plan()


def programs_of(options: argparse.Namespace) -> list[Path]:
    found = find_programs(options.build / "bench")
    if options.peer:
        wanted = {f"peer_{name}" for name in options.peer}
        missing = wanted - {program.name for program in found}
        if missing:
            raise ValueError(f"not built: {', '.join(sorted(missing))}")
        found = [program for program in found if program.name in wanted]
    if not found:
        raise ValueError(f"there are no peers in {options.build / 'bench'}")
    return found


def results_of(measured: Measured, plan: Plan, options, core: int, started: str) -> dict:
    results = {
        "schema": 1,
        "kind": "glasstls peers",
        "started": started,
        "quick": options.quick or options.brief,
        "machine": machine.describe(options.build, core),
        "rounds": {"kept": measured.kept, "discarded": measured.discarded},
        "reference": measured.reference,
        "spread": ["p10", "p90"],
        "stacks": [stack.about for stack in measured.stacks],
        "left_out": measured.left_out,
        "tasks": [task.as_json() for task in plan.tasks()],
        "figures": measured.figures,
    }
    if not options.brief:
        results["outside"] = outside.view(measured.figures)
    if options.steps:
        results["steps"] = json.loads(options.steps.read_text())
    return results


def write(results: dict, options: argparse.Namespace) -> None:
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")
    if options.html and not (REPORT / "report.py").exists():
        say(f"no report is written: {REPORT / 'report.py'} is missing")
    elif options.html:
        sys.path.insert(0, str(REPORT))
        from report import write_html

        options.html.parent.mkdir(parents=True, exist_ok=True)
        write_html(results, options.html)


def run(options: argparse.Namespace, work: Path) -> int:
    programs = programs_of(options)
    core = machine.choose_core(os.sched_getaffinity(0), options.core)
    lab = options.lab or work / "lab"
    if not lab.exists():
        make_lab(options.build / "apps" / "glasstls", lab)
    os.sched_setaffinity(0, {core})  # the peers inherit both
    # A thread that wakes another goes on: Go's would interrupt each other in every handshake.
    os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
    started = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    plan = plan_of(options)
    # What is too brief to mean anything need not wait for a quiet machine.
    stolen = (lambda: 0) if options.brief else (lambda: machine.stolen_ticks(core))
    measured = measure(programs, lab, plan, stolen)
    results = results_of(measured, plan, options, core, started)
    print(heading(results), table(results), sep="\n\n", flush=True)
    write(results, options)
    for one in measured.left_out:
        say(f"left out: {one['program']}: {one['reason']}")
    return 1 if measured.left_out else 0


def main() -> int:
    options = arguments()
    with tempfile.TemporaryDirectory() as work:
        try:
            return run(options, Path(work))
        except (ValueError, OSError, LabFailed) as reason:
            print(f"bench: {reason}", file=sys.stderr)
            return 2


if __name__ == "__main__":
    sys.exit(main())
