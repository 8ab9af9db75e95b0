"""The results as text."""


def amount(value: float, unit: str) -> str:
    if unit == "ns":
        return f"{value / 1000:,.1f} µs"
    return f"{value / 1024:,.1f} KiB"


def share(figure: dict) -> str:
    whole = figure["count"] + figure["dropped"]
    return f"{100 * figure['dropped'] / whole:.1f} %"


def name_of(stack: dict) -> str:
    age = f" ({stack['of']})" if stack["of"] else ""
    return f"{stack['name']} {stack['version']}{age}"


def row(figure: dict, name: str, unit: str) -> list[str]:
    timed = figure["p10"] is not None
    ratio = figure["ratio"]
    return [
        "  " + name,
        amount(figure["median"], unit),
        f"{amount(figure['p10'], unit)} – {amount(figure['p90'], unit)}" if timed else "",
        f"{ratio:.2f}" if ratio is not None else "–",
        share(figure) if timed else "",
    ]


def rows(results: dict) -> list[list[str]]:
    names = {stack["name"]: name_of(stack) for stack in results["stacks"]}
    table = []
    for task in results["tasks"]:
        figures = [f for f in results["figures"] if f["task"] == task["id"]]
        if figures:
            table.append([task["title"], "", "", "", ""])
        table += [row(f, names[f["stack"]], task["unit"]) for f in figures]
    return table


def heading(results: dict) -> str:
    machine, rounds = results["machine"], results["rounds"]
    features = [name for name, there in machine["features"].items() if there]
    lines = [
        f"CPU:      {machine['cpu']}, core {machine['core']} of {machine['cores']}; "
        f"has {' '.join(features) or 'none of the features looked for'}",
        f"system:   {machine['kernel']}",
        f"compiler: {machine['compiler']}, {machine['build_type'] or 'unknown'} build",
        f"rounds:   {rounds['kept']} of a task kept, "
        f"{rounds['discarded']} discarded for stolen time",
    ]
    if results["quick"]:
        lines.append("size:     quick: less is measured, and the figures are less certain")
    return "\n".join(lines)


def table(results: dict) -> str:
    reference = results["reference"]
    head = ["", "median", "p10 – p90", f"to {reference}" if reference else "", "dropped"]
    lines = [head, *rows(results)]
    # What stands alone in its line is no column's.
    columns = [line for line in lines if any(line[1:])]
    widths = [max(len(line[i]) for line in columns) for i in range(len(head))]
    text = []
    for line in lines:
        cells = [line[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(line[1:], widths[1:])]
        text.append("  ".join(cells).rstrip())
    return "\n".join(text)
