// The layout of a graph without circles: layers from top to bottom, few crossings, no overlaps.
//
// nodes: [{id, width, height, ...}], edges: [{from, to}]. Each node gets x and y (of its centre), each
// edge `points`. An edge over several layers bends through an invisible node in each.

function layOut(nodes, edges, { gapX = 22, gapY = 34 } = {}) {
  const graph = withLayers(nodes, edges);
  order(graph);
  const height = placeY(graph.layers, gapY);
  placeX(graph.layers, gapX);
  const left = Math.min(...graph.all.map((node) => node.x - node.width / 2));
  for (const node of graph.all) node.x -= left;
  for (const edge of edges) edge.points = edge.chain.map(({ x, y, height: size }) => ({ x, y, size }));
  return { width: Math.max(...graph.all.map((node) => node.x + node.width / 2)), height };
}

function withLayers(nodes, edges) {
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
  // What nothing leads to stands right above what it is for.
  for (const node of nodes) {
    const users = outOf.get(node.id) ?? [];
    if (!into.has(node.id) && users.length > 0) node.layer = Math.min(...users.map((edge) => byId.get(edge.to).layer)) - 1;
  }
  const all = [...nodes];
  for (const edge of edges) {
    let last = byId.get(edge.from);
    const end = byId.get(edge.to);
    edge.chain = [last];
    for (let layer = last.layer + 1; layer < end.layer; ++layer) {
      const bend = { id: null, width: 8, height: 0, layer, above: [], below: [], isBend: true };
      all.push(bend);
      join(last, bend);
      edge.chain.push(bend);
      last = bend;
    }
    join(last, end);
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

function join(upper, lower) {
  upper.below.push(lower);
  lower.above.push(upper);
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
        node.wish = around.length > 0 ? around.reduce((sum, { place }) => sum + place, 0) / around.length : node.place;
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
    for (const node of layer) for (const to of node.below) ends.push([place.get(node), target.get(to)]);
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

/** Near the neighbours, with room between: the mean of packing from the left and from the right. */
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
        return around.length > 0 ? around.reduce((sum, { x }) => sum + x, 0) / around.length : node.x;
      });
      pack(layer, wishes, gap);
    }
  }
}

function pack(layer, wishes, gap) {
  const room = (a, b) => (a.width + b.width) / 2 + gap;
  const fromLeft = [];
  const fromRight = [];
  layer.forEach((node, i) => {
    fromLeft[i] = i === 0 ? wishes[i] : Math.max(wishes[i], fromLeft[i - 1] + room(layer[i - 1], node));
  });
  for (let i = layer.length - 1; i >= 0; --i)
    fromRight[i] = i === layer.length - 1 ? wishes[i] : Math.min(wishes[i], fromRight[i + 1] - room(layer[i], layer[i + 1]));
  layer.forEach((node, i) => { node.x = (fromLeft[i] + fromRight[i]) / 2; });
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
function arrowHead(drawing, id) {
  drawing.append(svg("defs", {}, svg("marker", { id, viewBox: "0 0 8 8", refX: 2, refY: 4, markerWidth: 6, markerHeight: 6, orient: "auto", class: "head" },
    svg("path", { d: "M0 0 8 4 0 8z" }))));
}

/** Text in the middle of a node. */
function label(text, x, y, classes) {
  return svg("text", { x, y, class: classes, "text-anchor": "middle" }, text);
}
