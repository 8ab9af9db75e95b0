// The key schedule: values in boxes, and between them the formula that leads from one to the next.
// Below the picture every value in full.

class Schedule {
  constructor(model) {
    this.model = model;
    this.nodes = new Map();
    this.edges = [];
    model.secrets.forEach((secret, id) => this.addSecret(secret, id));
    this.addPublicKeys();
    this.addNonces();
    this.element = make("div", "schedule");
    if (model.secrets.length === 0) this.element.append(tell(make("p", "empty"), "page.schedule.empty"));
    else this.element.append(this.legend(), this.draw(), this.list());
  }

  node(id, node) {
    if (!this.nodes.has(id)) this.nodes.set(id, { id, width: 184, height: 46, ...node });
    return id;
  }

  /** From the inputs through the formula to the value. */
  derive(inputs, formula, to) {
    if (inputs.length === 0) return;
    const lines = wrapped(formula, 30);
    const pill = this.node(`formula of ${to}`, {
      kind: "formula", lines, width: 24 + 6.3 * Math.max(...lines.map(({ length }) => length)), height: 12 + 14 * lines.length, of: to });
    for (const from of inputs) this.edges.push({ from, to: pill, of: to });
    this.edges.push({ from: pill, to, of: to, ends: true });
  }

  addSecret(secret, id) {
    const { model } = this;
    const to = this.node(`secret ${id}`, {
      kind: secret.is_public ? "public" : secret.state, side: secret.side, title: secretTitle(secret), ref: { table: "secret", id },
      value: secret.output ? spaced(secret.output, 7) : null, missing: secret.output ? null : secret.state === "redacted" ? "page.redacted" : "page.unknown", step: model.stepOf("secret", id) });
    if (!secret.is_public || secret.inputs.length > 0) this.derive(secret.inputs.map((input) => this.input(input)), secret.formula ?? "", to);
  }

  input({ name, ref }) {
    const { model } = this;
    if (ref?.table === "secret") return `secret ${ref.id}`;
    const value = ref?.table === "field" ? spaced(model.hex(model.fields[ref.id].content), 7)
      : ref?.table === "message" ? `… ${model.messages[ref.id].name}` : null;
    const home = model.home(ref);
    return this.node(`${name} ${ref ? `${ref.table} ${ref.id}` : ""}`, {
      kind: "public", title: name, ref, value, step: home ? model.stepOf(home.table, home.id) : 0 });
  }

  /** What was sent of a pair of ephemeral keys comes from its private half. */
  addPublicKeys() {
    this.model.secrets.forEach((secret, id) => {
      if (secret.name !== "ephemeral_private_key") return;
      const sent = [...this.nodes.values()].find((node) => node.kind === "public" && node.title === `${secret.side}'s public key`);
      if (sent) this.edges.push({ from: `secret ${id}`, to: sent.id, of: sent.id, ends: true });
    });
  }

  /** The nonce of the first record that each side protects. RFC 5288, 3; RFC 7905, 2. */
  addNonces() {
    const { model } = this;
    for (const side of sides) {
      const iv = model.secrets.findIndex((secret) => secret.name === `${side}_write_IV`);
      const record = model.records.find((each) => each.side === side && each.nonce);
      if (iv < 0 || !record) continue;
      const sent = model.records[record.id].nonce_explicit;
      const to = this.node(`nonce ${side}`, {
        kind: "public", side, title: "nonce", ref: { table: "record", id: record.id }, value: spaced(record.nonce, 7),
        step: model.stepOf(model.home({ table: "record", id: record.id })?.table ?? "record", model.home({ table: "record", id: record.id })?.id) });
      const counted = this.node(`explicit ${side}`, sent
        ? { kind: "public", side, title: "nonce_explicit", ref: { table: "record", id: record.id }, value: spaced(model.hex(sent), 8), step: 0 }
        : { kind: "public", side, title: "sequence number", ref: { table: "record", id: record.id }, value: String(record.sequence_number ?? ""), step: 0 });
      this.nodes.get(counted).step = this.nodes.get(to).step;
      this.derive([`secret ${iv}`, counted], sent ? `${side}_write_IV + nonce_explicit` : `${side}_write_IV XOR sequence number`, to);
    }
  }

  legend() {
    const entry = (classes, key) => make("li", "", make("span", `swatch ${classes}`), tell(make("span"), key));
    return make("ul", "legend", entry("secret", "page.legend.secret"), entry("public", "page.legend.public"), entry("unknown", "page.legend.unknown"));
  }

  draw() {
    const nodes = [...this.nodes.values()];
    const size = layOut(nodes, this.edges, { gapX: 16, gapY: 22, late: true });
    return picture("page.schedule.picture", size, (drawing) => {
      arrowHead(drawing, "schedule-head");
      this.paths = this.edges.map((edge) => {
        const path = svg("path", { class: "edge", d: curve(edge.points), "marker-end": edge.ends ? "url(#schedule-head)" : null });
        drawing.append(path);
        return { edge, path };
      });
      for (const node of nodes) drawing.append((node.drawn = node.kind === "formula" ? this.drawFormula(node) : this.drawValue(node)));
    });
  }

  drawFormula(node) {
    const top = node.y - node.height / 2;
    return svg("g", { class: "node formula" },
      svg("rect", { x: node.x - node.width / 2, y: top, width: node.width, height: node.height, rx: 10 }),
      node.lines.map((line, i) => label(line, node.x, top + 17 + 14 * i, "formula-text")));
  }

  drawValue(node) {
    const left = node.x - node.width / 2;
    const top = node.y - node.height / 2;
    const value = label(node.value ?? "", node.x, node.y + 13, "value-text");
    if (node.missing) tell(value, node.missing);
    const group = svg("g", { class: `node ${node.kind} ${node.side ?? ""}` },
      svg("rect", { x: left, y: top, width: node.width, height: node.height, rx: 6 }),
      node.side ? svg("rect", { class: "side", x: left, y: top, width: 5, height: node.height, rx: 2 }) : null,
      label(node.title, node.x, node.y - 4, "name-text"), value);
    const drawn = node.ref ? svg("a", { href: hrefOf(node.ref) }, group) : group;
    const light = (on) => this.light(on ? node.id : null);
    for (const [event, on] of [["pointerenter", true], ["pointerleave", false], ["focus", true], ["blur", false]]) drawn.addEventListener(event, () => light(on));
    node.group = group;
    return drawn;
  }

  /** A value with all that it comes from. */
  light(id) {
    const lit = new Set(id ? [id] : []);
    for (const each of lit) for (const { from, to } of this.edges) if (to === each) lit.add(from);
    for (const node of this.nodes.values()) node.drawn.classList.toggle("lit", lit.has(node.id));
    for (const { edge, path } of this.paths) path.classList.toggle("lit", lit.has(edge.to));
    this.element.classList.toggle("lighting", id !== null);
  }

  list() {
    return make("ol", "secret-cards", this.model.secrets.map((secret, id) => this.card(secret, id)));
  }

  card(secret, id) {
    const inputs = secret.inputs.map((input, i) => [i > 0 ? ", " : "", input.ref ? refLink(input.ref, input.name) : input.name]);
    const card = make("li", `secret-card ${secret.is_public ? "public" : secret.state} ${secret.side ?? ""}`,
      make("h3", "", mono(secretTitle(secret)), " ", secret.side ? tell(make("span", `chip ${secret.side}`), `page.${secret.side}`) : null, rfcLink(secret.section)),
      secret.meaning ? tell(make("p", "means"), secret.meaning) : null,
      secret.formula ? make("p", "formula", "= ", mono(secret.formula)) : null,
      secret.output ? make("p", "output", mono(spaced(secret.output))) : make("p", "output missing", tell(make("span"), missingWords(secret))),
      inputs.length > 0 ? make("p", "inputs", tell(make("span"), "page.secret.from"), " ", inputs) : null);
    return set(card, { id: `secret-${id}`, tabindex: "-1" });
  }

  reveal(ref) {
    const card = this.element.querySelector(`#secret-${ref.id}`);
    card?.scrollIntoView({ block: "center" });
    card?.focus({ preventScroll: true });
    return Boolean(card);
  }

  /** What is not yet there at a step is faint; with null all is there. */
  atStep(step) {
    if (!this.paths) return;
    const isFuture = (node) => step !== null && node.step > step;
    const owner = (node) => (node.kind === "formula" ? this.nodes.get(node.of) : node);
    for (const node of this.nodes.values()) {
      node.drawn.classList.toggle("future", isFuture(owner(node)));
      node.drawn.classList.toggle("new", step !== null && owner(node).step === step && node.kind !== "formula" && node.ref?.table === "secret");
    }
    for (const { edge, path } of this.paths) path.classList.toggle("future", isFuture(this.nodes.get(edge.of)));
    this.model.secrets.forEach((secret, id) => this.element.querySelector(`#secret-${id}`).classList.toggle("future", isFuture(this.nodes.get(`secret ${id}`))));
  }
}

function secretTitle(secret) {
  return secret.name;
}

function secretName(secret) {
  return secret.side && !secret.name.startsWith(secret.side) ? `${secret.name} (${secret.side})` : secret.name;
}

function missingWords(secret) {
  return secret.state === "redacted" ? "page.redacted" : secret.reason ?? "page.unknown";
}

/** Lines of about so many characters, broken behind blanks. */
function wrapped(text, width) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last && last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return lines;
}
