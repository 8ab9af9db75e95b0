// The two state machines, and the way that this connection took through them.

class Machines {
  constructor(model) {
    this.model = model;
    this.drawn = { client: this.draw("client"), server: this.draw("server") };
    this.element = make("div", "machines", sides.map((side) => this.machine(side)));
  }

  machine(side) {
    const { model } = this;
    const { reached, remark, path } = model.machines[side];
    const way = make("ol", "way", path.map((id) => transitionOnWay(model.transitions[id], id)));
    return make("section", `machine ${side}`,
      tell(make("h3"), `page.machine.${side}`),
      reached ? make("p", "reached", tell(make("span"), "page.machine.reached"), " ", mono(reached), " ", tell(make("span", "means"), stateWords(side, reached))) : null,
      remark ? make("p", "notice failed", icon("failed"), tell(make("span"), remark)) : null,
      this.drawn[side].element,
      path.length > 0 ? make("details", "way-list", make("summary", "", tell(make("span"), "page.machine.way")), way) : null);
  }

  draw(side) {
    const { states, arrows, path } = this.model.machines[side];
    const nodes = states.map((state) => ({ id: state, title: state, width: 24 + 7.4 * state.length, height: 30 }));
    const edges = [];
    const taken = new Map(path.map((id) => [idOf(this.model.transitions[id]), id]));
    for (const { from, on, to } of arrows) {
      for (const target of to) {
        const id = `${from} ${on} ${target}`;
        const weight = taken.has(id) ? 12 : 1;
        nodes.push({ id, kind: "on", title: on, width: 12 + 6.3 * on.length, height: 18, from, to: target });
        edges.push({ from, to: id, arrow: id, weight }, { from: id, to: target, arrow: id, weight, ends: true });
      }
    }
    const drawn = { nodes, edges, taken, paths: [] };
    if (nodes.length === 0) return { ...drawn, element: tell(make("p", "empty"), "page.unknown") };
    const size = layOut(nodes, edges, { gapX: 18, gapY: 15 });
    drawn.element = picture(`page.machine.${side}`, size, (drawing) => {
      arrowHead(drawing, `${side}-head`);
      arrowHead(drawing, `${side}-taken`, "taken");
      for (const edge of edges) {
        const line = svg("path", { class: "edge", d: curve(edge.points) });
        drawn.paths.push({ edge, line });
        drawing.append(line);
      }
      for (const node of nodes) drawing.append((node.drawn = node.kind === "on" ? this.drawMessage(node, taken) : drawState(node, side)));
    });
    this.paint(drawn, side, null);
    return drawn;
  }

  drawMessage(node, taken) {
    const transition = this.model.transitions[taken.get(node.id)];
    const group = svg("g", { class: "node on" },
      svg("rect", { x: node.x - node.width / 2, y: node.y - 9, width: node.width, height: 18, rx: 4 }), label(node.title, node.x, node.y + 4, "on-text"));
    return transition && transition.message !== null ? svg("a", { href: hrefOf({ table: "message", id: transition.message }) }, group) : group;
  }

  /** The way up to a step, all of it for null. */
  paint({ nodes, paths, taken }, side, step) {
    const { model } = this;
    const { path } = model.machines[side];
    const done = path.filter((id) => step === null || model.stepOf("transition", id) <= step).map((id) => model.transitions[id]);
    const passed = new Set(path.length > 0 ? [model.transitions[path[0]].from, ...done.map(({ to }) => to)] : []);
    const arrowsDone = new Set(done.map(idOf));
    const now = done.at(-1)?.to ?? (path.length > 0 ? model.transitions[path[0]].from : null);
    for (const node of nodes) {
      const isOn = node.kind === "on" ? arrowsDone.has(node.id) : passed.has(node.id);
      node.drawn.classList.toggle("taken", isOn);
      node.drawn.classList.toggle("now", node.id === now);
      node.drawn.classList.toggle("ahead", step !== null && !isOn && taken.has(node.id));
    }
    for (const { edge, line } of paths) {
      const isTaken = arrowsDone.has(edge.arrow);
      line.classList.toggle("taken", isTaken);
      if (edge.ends) set(line, { "marker-end": `url(#${side}-${isTaken ? "taken" : "head"})` });
    }
  }

  atStep(step) {
    for (const side of sides) this.paint(this.drawn[side], side, step);
  }
}

function idOf({ from, on, to }) {
  return `${from} ${on} ${to}`;
}

/** What a side waits for in a state, where the catalogue says it. */
function stateWords(side, state) {
  const key = `state.${side}.${state}`;
  return has(key) ? key : null;
}

function drawState(node, side) {
  return svg("g", { class: "node state" }, tell(svg("title"), stateWords(side, node.title)),
    svg("rect", { x: node.x - node.width / 2, y: node.y - node.height / 2, width: node.width, height: node.height, rx: 15 }),
    label(node.title, node.x, node.y + 4.5, "state-text"));
}

function transitionOnWay(transition, id) {
  const item = make("li", "", mono(transition.from), " → ", mono(transition.to), " ",
    transition.message === null ? make("span", "", `(${transition.on})`) : refLink({ table: "message", id: transition.message }, transition.on),
    transition.reason ? make("p", "reason", transition.reason) : null,
    stateWords(transition.side, transition.to) ? tell(make("p", "means"), stateWords(transition.side, transition.to)) : null);
  return set(item, { id: `transition-${id}`, tabindex: "-1" });
}
