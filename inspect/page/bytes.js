// Bytes as a hex dump. Runs of bytes that belong to one item (a field, a statement) light up together.

const narrow = matchMedia("(max-width: 640px)");

/**
 * range: what is shown. items: [{range, label}], an inner one behind its outer one.
 * onPoint(index or null): a run of the item is pointed at or focused.
 */
class ByteBox {
  constructor(model, range, items, onPoint) {
    this.range = range;
    this.bytes = model.bytes(range);
    this.items = items;
    this.onPoint = onPoint;
    this.owners = this.findOwners();
    this.element = make("div", "hex");
    this.build();
    this.listen();
    narrow.addEventListener("change", () => this.build());
  }

  /** Of each byte the innermost item that it belongs to, or -1. */
  findOwners() {
    const owners = new Int32Array(this.bytes.length).fill(-1);
    this.items.forEach(({ range }, index) => {
      const begin = Math.max(0, range.offset - this.range.offset);
      if (range.buffer === this.range.buffer) owners.fill(index, begin, Math.max(begin, begin + range.length));
    });
    return owners;
  }

  build() {
    const perLine = narrow.matches ? 8 : 16;
    const tints = this.tints();
    const spoken = new Set();
    this.runs = [];
    this.element.replaceChildren();
    this.element.classList.toggle("narrow", narrow.matches);
    for (let at = 0; at < this.bytes.length; at += perLine) this.element.append(this.line(at, perLine, tints, spoken));
    const first = this.runs.find(({ main }) => main);
    if (first) set(this.element, { role: "listbox" });
    else set(this.element, { role: "group", tabindex: "0" });
    tellAttribute(this.element, "aria-label", "page.bytes.label");
    if (first) first.hex.tabIndex = 0;
  }

  /** A colour for each item, so that neighbours differ. */
  tints() {
    const tints = new Map();
    for (const owner of this.owners) if (owner >= 0 && !tints.has(owner)) tints.set(owner, tints.size % 6);
    return tints;
  }

  line(at, perLine, tints, spoken) {
    const end = Math.min(at + perLine, this.bytes.length);
    const offset = set(make("span", "offset", at.toString(16).padStart(4, "0")), { "aria-hidden": "true" });
    const hexes = make("span", "hexes");
    const text = set(make("span", "ascii"), { "aria-hidden": "true" });
    for (let begin = at; begin < end; ) {
      let stop = begin + 1;
      while (stop < end && this.owners[stop] === this.owners[begin]) ++stop;
      const run = this.run(begin, stop, tints, spoken);
      hexes.append(run.hex, stop < end ? " " : "");
      text.append(run.ascii);
      begin = stop;
    }
    return make("div", "line", offset, hexes, text);
  }

  run(begin, end, tints, spoken) {
    const owner = this.owners[begin];
    const bytes = this.bytes.subarray(begin, end);
    const classes = owner < 0 ? "run" : `run tint${tints.get(owner)}`;
    const hex = make("span", classes, Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" "));
    const ascii = make("span", classes, Array.from(bytes, (b) => (b >= 0x20 && b < 0x7f ? String.fromCharCode(b) : "·")).join(""));
    const main = owner >= 0 && !spoken.has(owner);
    hex.dataset.run = ascii.dataset.run = this.runs.length;
    if (main) {
      spoken.add(owner);
      set(hex, { role: "option", tabindex: "-1", "aria-selected": "false", "aria-label": `${this.items[owner].label}: ${hex.textContent}` });
    } else {
      set(hex, { "aria-hidden": "true" });
    }
    const run = { owner, hex, ascii, main, begin, end };
    this.runs.push(run);
    return run;
  }

  listen() {
    const runAt = (event) => this.runs[event.target.closest?.("[data-run]")?.dataset.run];
    const point = (event) => {
      const run = runAt(event);
      if (run && run.owner >= 0) this.onPoint(run.owner, event.type === "click");
    };
    this.element.addEventListener("pointerover", point);
    this.element.addEventListener("click", point);
    this.element.addEventListener("focusin", point);
    this.element.addEventListener("pointerleave", () => this.onPoint(null));
    this.element.addEventListener("focusout", () => this.onPoint(null));
    this.element.addEventListener("keydown", (event) => this.move(event, runAt(event)));
  }

  move(event, run) {
    if (!run) return;
    const mains = this.runs.filter(({ main }) => main);
    const at = mains.indexOf(run);
    const next = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: mains.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const target = mains[Math.max(0, Math.min(next, mains.length - 1))];
    run.hex.tabIndex = -1;
    target.hex.tabIndex = 0;
    target.hex.focus();
  }

  /** Lights up the bytes of a range, none for null. With `reveal` the box scrolls to them. */
  light(range, reveal) {
    let first = null;
    const begin = range ? range.offset - this.range.offset : 0;
    const end = range && range.buffer === this.range.buffer ? begin + range.length : begin;
    for (const run of this.runs) {
      const lit = run.begin < end && run.end > begin;
      run.hex.classList.toggle("lit", lit);
      run.ascii.classList.toggle("lit", lit);
      if (run.main) set(run.hex, { "aria-selected": lit ? "true" : "false" });
      if (lit) first ??= run;
    }
    if (reveal && first) this.scrollTo(first.hex);
  }

  /** Within the box only: the page stays where it is. */
  scrollTo(run) {
    const box = this.element.getBoundingClientRect();
    const place = run.getBoundingClientRect();
    if (place.top < box.top || place.bottom > box.bottom)
      this.element.scrollTop += place.top - box.top - box.height / 3;
  }
}
