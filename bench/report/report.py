"""The report of scripts/bench as one page: no script, no request, light and dark, and on paper."""

import base64
import hashlib
import html
import pathlib

STYLE = (pathlib.Path(__file__).resolve().parents[2] / "apps/bench/report.css").read_text("utf-8")
WIDTH, LEFT, RIGHT = 720, 150, 120


def escaped(text):
    return html.escape(str(text), quote=True)


def quantity(value, unit):
    """Three digits that count: "132 us", "4.13 KiB"."""
    if value is None:
        return "-"
    steps, factor = (["B", "KiB", "MiB"], 1024) if unit == "bytes" else (["ns", "us", "ms", "s"], 1000)
    value = float(value)
    step = 0
    while value >= factor * 0.9995 and step + 1 < len(steps):
        value /= factor
        step += 1
    if step == 0:
        return f"{value:.0f} {steps[0]}"
    digits = 2 if value < 9.995 else 1 if value < 99.95 else 0
    return f"{value:.{digits}f} {steps[step]}"


def figures_of(results, task):
    """This task's figures in the order of the stacks, those without one left out."""
    by_stack = {f["stack"]: f for f in results["figures"] if f["task"] == task["id"]}
    return [by_stack[s["name"]] for s in results["stacks"] if s["name"] in by_stack]


def text(x, y, anchor, words, kind=""):
    classes = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{classes}>{escaped(words)}</text>'


def svg(height, title, description, content):
    return (f'<svg viewBox="0 0 {WIDTH} {height}" role="img"><title>{escaped(title)}</title>'
            f"<desc>{escaped(description)}</desc>{content}</svg>\n")


def bars(results, task):
    """A bar for each stack, with its spread; shorter is better."""
    figures = figures_of(results, task)
    longest = max(max(f["median"], f.get("p90") or 0) for f in figures) or 1
    scale = (WIDTH - LEFT - RIGHT) / longest
    content, told, y = "", [], 8
    for figure in figures:
        ours = figure["stack"] == "GlassTLS"
        length = scale * figure["median"]
        words = quantity(figure["median"], task["unit"])
        if figure.get("ratio") is not None:
            words += f", {figure['ratio']:.2f} x"
        content += text(LEFT - 8, y + 14, "end", figure["stack"], "strong")
        content += (f'<rect x="{LEFT}" y="{y}" width="{max(length, 1):.1f}" height="18" '
                    f'class="{"c0" if ours else "c4"}"/>')
        end = length
        if figure.get("p10") is not None and figure.get("p90") is not None:
            low, high = LEFT + scale * figure["p10"], LEFT + scale * figure["p90"]
            content += f'<line x1="{low:.1f}" y1="{y + 9}" x2="{high:.1f}" y2="{y + 9}" class="spread"/>'
            end = max(end, high - LEFT)
        content += text(LEFT + end + 6, y + 14, "start", words)
        told.append(f"{figure['stack']} {words}")
        y += 26
    return svg(y + 4, task["title"], "; ".join(told), content)


def figure(plot, caption):
    return (f'<figure><div class="drawn" tabindex="0" role="region" aria-label="{escaped(caption)}">{plot}</div>'
            f"<figcaption>{escaped(caption)}</figcaption></figure>\n")


def table(results):
    head = "".join(f'<th scope="col" class="n">{escaped(s["name"])}</th>' for s in results["stacks"])
    rows = ""
    for task in results["tasks"]:
        by_stack = {f["stack"]: f for f in figures_of(results, task)}
        cells = ""
        for stack in results["stacks"]:
            found = by_stack.get(stack["name"])
            ratio = found.get("ratio") if found else None
            words = quantity(found["median"], task["unit"]) if found else "-"
            cells += f'<td class="n">{words}' + (f"<br>{ratio:.2f} x" if ratio is not None else "") + "</td>"
        rows += f'<tr><th scope="row">{escaped(task["title"])}</th>{cells}</tr>\n'
    return ('<div class="scroll" tabindex="0" role="region" aria-label="All figures"><table><thead><tr>'
            f"<td></td>{head}</tr></thead>\n<tbody>{rows}</tbody></table></div>\n")


def grouped_steps(results):
    """{(kind, side): [step, ...]}, in the order in which they come."""
    groups = {}
    for step in results.get("steps") or []:
        groups.setdefault((step["kind"], step["side"]), []).append(step)
    return groups


def short(name):
    return name.removeprefix("glasstls::").removeprefix("crypto::")


def step_parts(steps, most=5):
    """The largest primitives by name, the other primitives in one, and everything else."""
    primitives = sorted((s for s in steps if s["is_primitive"]), key=lambda s: -s["ns"])
    sums = {}
    for step in primitives:
        sums[short(step["name"])] = sums.get(short(step["name"]), 0) + step["ns"]
    named = sorted(sums.items(), key=lambda pair: -pair[1])
    parts = named[:most]
    if named[most:]:
        parts.append(("other primitives", sum(ns for _, ns in named[most:])))
    return parts + [("everything else", sum(s["ns"] for s in steps if not s["is_primitive"]))]


def stacked(title, parts):
    total = sum(ns for _, ns in parts) or 1
    content, x, y = "", 0.0, 62
    for i, (name, ns) in enumerate(parts):
        kind = {"everything else": "c5", "other primitives": "phase-rest"}.get(name, f"c{i % 5}")
        width = WIDTH * ns / total
        content += f'<rect x="{x:.1f}" y="8" width="{width:.1f}" height="32" class="{kind}"/>'
        content += f'<rect x="0" y="{y - 9}" width="10" height="10" class="{kind}"/>'
        content += text(16, y, "start", f"{name}: {quantity(ns, 'ns')}", "strong")
        x += width
        y += 18
    return svg(y, title, "; ".join(f"{name} {quantity(ns, 'ns')}" for name, ns in parts), content)


def steps_section(results):
    groups = grouped_steps(results)
    if not groups:
        return ""
    plots = "".join(
        figure(stacked(f"{kind}: {side}", step_parts(steps)), f"{kind}: {side}, one handshake.")
        for (kind, side), steps in groups.items())
    return ("<h2>Where our handshake's time goes</h2>\n<p>Primitives are all calls into crypto/, timed "
            "inside the same handshake; everything else is the difference.</p>\n" + plots)


def machine(results):
    info = results["machine"]
    features = ", ".join(name for name, there in info["features"].items() if there) or "none"
    lacking = ", ".join(name for name, there in info["features"].items() if not there) or "none"
    rows = "".join(f'<tr><th scope="row">{escaped(s["name"])}</th><td>{escaped(s["version"])}</td>'
                   f'<td>{escaped(s.get("of") or "")}</td></tr>\n' for s in results["stacks"])
    left_out = "".join(f"<p>Left out: {escaped(l['program'])}: {escaped(l['reason'])}</p>\n"
                       for l in results.get("left_out", []))
    rounds = results["rounds"]
    return (f"<p>{escaped(info['cpu'])}; {escaped(info['kernel'])}; {escaped(info['compiler'])}. CPU "
            f"features: {escaped(features)}; lacking: {escaped(lacking)}. All on one core; "
            f"{rounds['kept']} rounds, {rounds['discarded']} discarded because the hypervisor took "
            "time.</p>\n<table><thead><tr><th>Stack</th><th>Version</th><th>Released</th></tr></thead>"
            f"<tbody>{rows}</tbody></table>\n{left_out}")


def page(results):
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    plots = "".join(
        figure(bars(results, task),
               task["title"] + (": bytes of heap for each connection." if task["unit"] == "bytes" else
                                ": median, with the 10th to the 90th percentile."))
        for task in results["tasks"] if figures_of(results, task))
    reference = results.get("reference")
    ratios = f" Ratios are to {reference}: above 1 is better than it." if reference else ""
    return ('<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src '
            f"'sha256-{digest}'\">\n<title>TLS stacks side by side</title>\n<style>{STYLE}</style></head>\n"
            "<body><main>\n<h1>TLS 1.2 stacks side by side</h1>\n"
            f'<p class="soft">{escaped(results["started"])}{", a quick run" if results.get("quick") else ""}'
            f"</p>\n{machine(results)}<h2>All figures</h2>\n<p>Shorter and smaller is better.{escaped(ratios)}"
            f"</p>\n{table(results)}{steps_section(results)}<h2>Task by task</h2>\n{plots}"
            "</main></body></html>\n")


def write_html(results, path):
    pathlib.Path(path).write_text(page(results), "utf-8")
