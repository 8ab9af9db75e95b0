// The layout of a graph without circles: layers from top to bottom, few crossings, no overlaps.
//
// nodes: [{id, width, height, ...}], edges: [{from, to, weight}]. Each node gets x and y (of its
// centre), each edge `points`. An edge over several layers bends through an invisible node in each.
// A heavier edge is straighter. With `late` each node stands right above the first that it leads to,
// else right below the last that leads to it.

function layOut(nodes, edges, { gapX = 22, gapY = 34, late = false } = {}) {
  const graph = withLayers(nodes, edges, late);
  order(graph);
  const height = placeY(graph.layers, gapY);
  placeX(graph.layers, gapX);
  for (const edge of edges) straighten(edge.chain.slice(1, -1), graph.layers);
  const left = Math.min(...graph.all.map((node) => node.x - node.width / 2));
  for (const node of graph.all) node.x -= left;
  for (const edge of edges) edge.points = edge.chain.map(({ x, y, height: size }) => ({ x, y, size }));
  return { width: Math.max(...graph.all.map((node) => node.x + node.width / 2)), height };
}

function withLayers(nodes, edges, late) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  for (const node of nodes) Object.assign(node, { layer: undefined, above: [], below: [] });
  const into = grouped(edges, (edge) => edge.to);
  const outOf = grouped(edges, (edge) => edge.from);
  const depth = (node, open = new Set()) => {
    if (node.layer !== undefined) return node.layer;
    if (open.has(node)) return 0;
    open.add(node);
    node.layer = Math.max(0, ...(into.get(node.id) ?? []).map((edge) => depth(byId.get(edge.from), open) + 1));
    return node.layer;
  };
  nodes.forEach((node) => depth(node));
  for (const node of late ? [...nodes].sort((a, b) => b.layer - a.layer) : []) {
    const users = outOf.get(node.id) ?? [];
    if (users.length > 0) node.layer = Math.max(node.layer, Math.min(...users.map((edge) => byId.get(edge.to).layer)) - 1);
  }
  const all = [...nodes];
  for (const edge of edges) {
    let last = byId.get(edge.from);
    const end = byId.get(edge.to);
    edge.chain = [last];
    for (let layer = last.layer + 1; layer < end.layer; ++layer) {
      const bend = { id: null, width: 8, height: 0, layer, above: [], below: [], isBend: true };
      all.push(bend);
      join(last, bend, edge.weight);
      edge.chain.push(bend);
      last = bend;
    }
    join(last, end, edge.weight);
    edge.chain.push(end);
  }
  const layers = [];
  for (const node of all) (layers[node.layer] ??= []).push(node);
  return { all, layers: layers.filter(Boolean) };
}

function grouped(rows, key) {
  const groups = new Map();
  for (const row of rows) {
    if (!groups.has(key(row))) groups.set(key(row), []);
    groups.get(key(row)).push(row);
  }
  return groups;
}

function join(upper, lower, weight = 1) {
  upper.below.push({ node: lower, weight });
  lower.above.push({ node: upper, weight });
}

/** Each node goes to the middle of its neighbours, layer by layer, down and up again. */
function order({ layers }) {
  const number = () => layers.forEach((layer) => layer.forEach((node, index) => { node.place = index / Math.max(1, layer.length - 1); }));
  let best = layers.map((layer) => [...layer]);
  let fewest = crossings(layers);
  for (let sweep = 0; sweep < 12 && fewest > 0; ++sweep) {
    const down = sweep % 2 === 0;
    for (const layer of down ? layers : [...layers].reverse()) {
      number();
      for (const node of layer) {
        const around = down ? node.above : node.below;
        node.wish = around.length > 0 ? around.reduce((sum, { node: { place } }) => sum + place, 0) / around.length : node.place;
      }
      layer.sort((a, b) => a.wish - b.wish);
    }
    const now = crossings(layers);
    if (now < fewest) {
      fewest = now;
      best = layers.map((layer) => [...layer]);
    }
  }
  best.forEach((layer, index) => layers[index].splice(0, Infinity, ...layer));
}

function crossings(layers) {
  let count = 0;
  for (const layer of layers) {
    const place = new Map(layer.map((node, index) => [node, index]));
    const ends = [];
    const next = layers[layers.indexOf(layer) + 1] ?? [];
    const target = new Map(next.map((node, index) => [node, index]));
    for (const node of layer) for (const { node: to } of node.below) ends.push([place.get(node), target.get(to)]);
    for (let i = 0; i < ends.length; ++i)
      for (let j = i + 1; j < ends.length; ++j)
        if ((ends[i][0] - ends[j][0]) * (ends[i][1] - ends[j][1]) < 0) ++count;
  }
  return count;
}

function placeY(layers, gap) {
  let y = 0;
  for (const layer of layers) {
    const height = Math.max(...layer.map((node) => node.height));
    for (const node of layer) node.y = y + height / 2;
    y += height + gap;
  }
  return y - gap;
}

/** Near the neighbours, with room between. */
function placeX(layers, gap) {
  for (const layer of layers) {
    let x = 0;
    for (const node of layer) {
      node.x = x + node.width / 2;
      x += node.width + gap;
    }
    const half = (x - gap) / 2;
    for (const node of layer) node.x -= half;
  }
  for (let pass = 0; pass < 24; ++pass) {
    for (const layer of pass % 2 === 0 ? layers : [...layers].reverse()) {
      const wishes = layer.map((node) => {
        const around = pass >= 20 ? [...node.above, ...node.below] : pass % 2 === 0 ? node.above : node.below;
        const total = around.reduce((sum, { weight }) => sum + weight, 0);
        return total > 0 ? around.reduce((sum, { node: { x }, weight }) => sum + x * weight, 0) / total : node.x;
      });
      pack(layer, wishes, gap);
    }
  }
}

/**
 * As near to the wishes as the order and the room between allow, heavy nodes nearest (least squares, by
 * pooling adjacent violators).
 */
function pack(layer, wishes, gap) {
  const pools = [];
  let offset = 0;
  layer.forEach((node, i) => {
    if (i > 0) offset += (layer[i - 1].width + node.width) / 2 + gap;
    const heaviest = Math.max(1, ...[...node.above, ...node.below].map(({ weight }) => weight));
    let pool = { x: wishes[i] - offset, weight: heaviest, offsets: [offset] };
    while (pools.length > 0 && pools.at(-1).x > pool.x) {
      const before = pools.pop();
      const weight = before.weight + pool.weight;
      pool = { x: (before.x * before.weight + pool.x * pool.weight) / weight, weight, offsets: [...before.offsets, ...pool.offsets] };
    }
    pools.push(pool);
  });
  let i = 0;
  for (const { x, offsets } of pools) for (const each of offsets) layer[i++].x = x + each;
}

/** The bends of a long edge stand below each other where there is room for it. */
function straighten(bends, layers) {
  let least = -Infinity;
  let most = Infinity;
  for (const bend of bends) {
    const layer = layers.find((each) => each.includes(bend));
    const at = layer.indexOf(bend);
    if (at > 0) least = Math.max(least, layer[at - 1].x + layer[at - 1].width / 2 + 8);
    if (at + 1 < layer.length) most = Math.min(most, layer[at + 1].x - layer[at + 1].width / 2 - 8);
  }
  if (least > most) return;
  const mean = bends.reduce((sum, { x }) => sum + x, 0) / bends.length;
  for (const bend of bends) bend.x = Math.min(Math.max(mean, least), most);
}

/** The line of an edge, from the lower rim of the first node to the upper rim of the last. */
function curve(points) {
  const spots = points.map((point, i) => ({
    x: point.x,
    y: point.y + (i === 0 ? point.size / 2 : i === points.length - 1 ? -point.size / 2 - 5 : 0),
  }));
  let path = `M${spots[0].x.toFixed(1)} ${spots[0].y.toFixed(1)}`;
  for (let i = 1; i < spots.length; ++i) {
    const middle = ((spots[i - 1].y + spots[i].y) / 2).toFixed(1);
    path += ` C${spots[i - 1].x.toFixed(1)} ${middle} ${spots[i].x.toFixed(1)} ${middle} ${spots[i].x.toFixed(1)} ${spots[i].y.toFixed(1)}`;
  }
  return path;
}

/** A picture that scrolls in its own box where it does not fit. */
function picture(labelKey, { width, height }, draw) {
  const margin = 12;
  const drawing = svg("svg", { viewBox: `${-margin} ${-margin} ${width + 2 * margin} ${height + 2 * margin}`, class: "graph", role: "group" });
  drawing.style.width = `${width + 2 * margin}px`;
  tellAttribute(drawing, "aria-label", labelKey);
  draw(drawing);
  return tellAttribute(set(make("div", "picture", drawing), { role: "region", tabindex: "0" }), "aria-label", labelKey);
}

/** An arrow head that a path of the same picture can end in. */
function arrowHead(drawing, id, classes = "") {
  drawing.append(svg("defs", {}, svg("marker", { id, viewBox: "0 0 8 8", refX: 3, refY: 4, markerWidth: 8, markerHeight: 8, markerUnits: "userSpaceOnUse", orient: "auto", class: `head ${classes}` },
    svg("path", { d: "M0 0 8 4 0 8z" }))));
}

/** Text in the middle of a node. */
function label(text, x, y, classes) {
  return svg("text", { x, y, class: classes, "text-anchor": "middle" }, text);
}
