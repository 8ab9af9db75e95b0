"""Fills the figures of docs/performance.md in, from the results of scripts/bench.

    performance.py RESULTS.json docs/performance.md [--check]

What lies between <!-- generated: NAME --> and <!-- end --> is replaced. --check writes nothing, and
ends with 1 if a figure would change. 2: a file that is missing or not of its kind.
"""

import argparse
import json
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import report  # noqa: E402  (found beside this file)

MARK = re.compile(r"(<!-- generated: (\w+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)


def row(cells):
    return "| " + " | ".join(str(c).replace("|", "\\|") for c in cells) + " |\n"


def table(head, rows):
    return row(head) + row(["---"] + ["--:"] * (len(head) - 1)) + "".join(map(row, rows))


def machine(results):
    info = results["machine"]
    features = ", ".join(n for n, there in info["features"].items() if there)
    stacks = ", ".join(f"{s['name']} {s['version']}" + (f" ({s['of']})" if s.get("of") else "")
                       for s in results["stacks"])
    rounds = results["rounds"]
    return (f"- Measured {results['started']} on {info['cpu']}, {info['kernel']}, {info['compiler']}.\n"
            f"- CPU features: {features}.\n- {rounds['kept']} rounds, {rounds['discarded']} discarded.\n"
            f"- {stacks}.\n")


def figures(results):
    """Two tables: what it costs, and the ratios to the reference."""
    names = [s["name"] for s in results["stacks"]]
    costs, ratios = [], []
    for task in results["tasks"]:
        by_stack = {f["stack"]: f for f in report.figures_of(results, task)}
        if not by_stack:
            continue
        costs.append([task["title"]] + [
            report.quantity(by_stack[n]["median"], task["unit"]) if n in by_stack else "-" for n in names])
        ratios.append([task["title"]] + [
            f"{by_stack[n]['ratio']:.2f}" if n in by_stack and by_stack[n].get("ratio") is not None else "-"
            for n in names])
    dropped = sum(f.get("dropped", 0) for f in results["figures"])
    counted = sum(f.get("count", 0) for f in results["figures"]) + dropped
    share = 100 * dropped / counted if counted else 0
    return ("Medians:\n\n" + table(["", *names], costs) + f"\nRatios to {results.get('reference')}, pair by "
            "pair, above 1 is better than it:\n\n" + table(["", *names], ratios) +
            f"\n{share:.1f} % of all measurements were dropped because another thread got the core.\n")


def steps(results):
    rows = []
    for (kind, side), found in report.grouped_steps(results).items():
        primitives = sum(s["ns"] for s in found if s["is_primitive"])
        rest = sum(s["ns"] for s in found if not s["is_primitive"])
        largest = ", ".join(f"{name} {report.quantity(ns, 'ns')}"
                            for name, ns in report.step_parts(found, 3)[:3])
        rows.append([f"{kind}: {side}", report.quantity(primitives, "ns"), report.quantity(rest, "ns"),
                     largest])
    return table(["", "primitives", "everything else", "the largest primitives"], rows)


def outside(results):
    rows = [[row["name"], report.quantity(row["speed_ns"], "ns"), report.quantity(row["harness_ns"], "ns"),
             f"{row['harness_ns'] / row['speed_ns']:.2f}"] for row in results.get("outside") or []]
    if not rows:
        return "`openssl speed` could not be run.\n"
    return table(["OpenSSL", "sum by `openssl speed`", "the harness", "factor"], rows)


PARTS = {"machine": machine, "figures": figures, "steps": steps, "outside": outside}


def filled(text, results):
    unknown = {name for _, name, _, _ in MARK.findall(text)} - PARTS.keys()
    if unknown:
        raise ValueError(f"nothing generates {', '.join(sorted(unknown))}")
    return MARK.sub(lambda m: m[1] + "\n" + PARTS[m[2]](results) + "\n" + m[4], text)


def fail(reason):
    print(f"performance.py: {reason}", file=sys.stderr)
    return 2


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("results", type=pathlib.Path)
    parser.add_argument("document", type=pathlib.Path)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args(arguments)
    try:
        before = options.document.read_text("utf-8")
        after = filled(before, json.loads(options.results.read_text("utf-8")))
    except KeyError as missing:
        return fail(f"{options.results}: no results of scripts/bench: {missing} is not there")
    except (OSError, ValueError) as reason:
        return fail(reason)
    if options.check:
        return 0 if after == before else 1
    options.document.write_text(after, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
