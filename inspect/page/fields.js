// Fields as a tree, beside their bytes.

/** A tree of items: {id, range, label (of its bytes), row (an element), children (ids)}. */
class Tree {
  /** onPoint(item or null, focused) */
  constructor(labelText, items, roots, onPoint) {
    this.items = new Map(items.map((item) => [item.id, item]));
    this.onPoint = onPoint;
    this.element = set(make("ul", "tree"), { role: "tree" });
    tellAttribute(this.element, "aria-label", labelText);
    for (const root of roots) this.element.append(this.node(this.items.get(root), 1));
    const first = this.element.querySelector("[role=treeitem]");
    if (first) first.tabIndex = 0;
    this.listen();
  }

  node(item, level) {
    const node = set(make("li", "item", item.row), { role: "none" });
    set(item.row, { role: "treeitem", tabindex: "-1", "aria-level": level, "data-item": item.id });
    if (item.children.length > 0) {
      set(item.row, { "aria-expanded": "true" });
      item.row.prepend(set(make("span", "twist"), { "aria-hidden": "true" }));
      const group = set(make("ul"), { role: "group" });
      for (const child of item.children) group.append(this.node(this.items.get(child), level + 1));
      node.append(group);
    }
    return node;
  }

  itemAt(event) {
    const row = event.target.closest?.("[role=treeitem]");
    return row ? this.items.get(Number(row.dataset.item)) : null;
  }

  listen() {
    const { element } = this;
    element.addEventListener("pointerover", (event) => event.target.closest(".row") && this.onPoint(this.itemAt(event), false));
    element.addEventListener("pointerleave", () => this.onPoint(null, false));
    element.addEventListener("focusin", (event) => this.onPoint(this.itemAt(event), true));
    element.addEventListener("focusout", () => this.onPoint(null, false));
    element.addEventListener("click", (event) => {
      const item = this.itemAt(event);
      if (!item || event.target.closest("a")) return;
      if (event.target.closest(".twist")) expand(item.row);
      this.focus(item.id);
    });
    element.addEventListener("keydown", (event) => this.key(event));
  }

  focus(id, options) {
    const row = this.items.get(id)?.row;
    if (!row) return;
    for (let up = parentRow(row); up; up = parentRow(up)) expand(up, true);
    for (const each of this.element.querySelectorAll('[tabindex="0"]')) each.tabIndex = -1;
    row.tabIndex = 0;
    row.focus(options);
  }

  key(event) {
    const row = event.target.closest("[role=treeitem]");
    if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
    const visible = [...this.element.querySelectorAll("[role=treeitem]")].filter((each) => !each.closest('[aria-expanded="false"] + ul'));
    const at = visible.indexOf(row);
    const isOpen = row.getAttribute("aria-expanded");
    let target = null;
    switch (event.key) {
      case "ArrowDown": target = visible[at + 1]; break;
      case "ArrowUp": target = visible[at - 1]; break;
      case "Home": target = visible[0]; break;
      case "End": target = visible.at(-1); break;
      case "ArrowRight":
        if (isOpen === "false") expand(row, true);
        else if (isOpen) target = visible[at + 1];
        break;
      case "ArrowLeft":
        if (isOpen === "true") expand(row, false);
        else target = parentRow(row);
        break;
      case "Enter": row.querySelector("a")?.click(); break;
      default: return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (target) this.focus(Number(target.dataset.item));
  }

  /** Marks the row of an item, none for null. */
  light(id) {
    for (const lit of this.element.querySelectorAll(".item.lit")) lit.classList.remove("lit");
    this.items.get(id)?.row.parentElement.classList.add("lit");
  }
}

function parentRow(row) {
  return row.closest("[role=group]")?.previousElementSibling ?? null;
}

/** Opens or closes what has parts; turns it around if not told which. */
function expand(row, open = row.getAttribute("aria-expanded") !== "true") {
  if (row.hasAttribute("aria-expanded")) set(row, { "aria-expanded": open ? "true" : "false" });
}

/** A tree beside the bytes of a range; each lights up the other. Gives {element, tree, box}. */
function inspector(model, range, labelKey, items, roots) {
  const order = [];
  const byId = new Map(items.map((item) => [item.id, item]));
  roots.forEach(function collect(id) {
    order.push(byId.get(id));
    byId.get(id).children.forEach(collect);
  });
  const ranged = order.filter((item) => item.range);
  const tree = new Tree(labelKey, items, roots, (item, focused) => {
    box.light(item?.range ?? null, focused || item !== null);
    tree.light(item?.id ?? null);
  });
  const box = new ByteBox(model, range, ranged.map((item) => ({ range: item.range, label: item.label })), (index, clicked) => {
    const item = index === null ? null : ranged[index];
    box.light(item?.range ?? null, false);
    tree.light(item?.id ?? null);
    if (item && clicked) tree.focus(item.id, { preventScroll: false });
  });
  const fieldsSide = roots.length > 0 ? make("div", "inspector-tree", tree.element) : null;
  return { element: make("div", "inspector", fieldsSide, make("div", "inspector-bytes", box.element)), tree, box };
}

/** What the tree shows of a field: name, value, rule; what it is; what this value says. */
function fieldRow(model, field) {
  const { text, code } = valueOf(model, field);
  const value = make("span", `value value-${field.kind}`, text);
  const link = rfcLink(field.section);
  if (link?.href) link.tabIndex = -1;
  const row = make("div", "row",
    make("span", "name", field.name),
    text ? value : null,
    code ? make("span", "code", code) : null,
    field.kind === "bytes" && field.content.length === 0 ? tell(make("span", "code"), "page.field.empty") : null,
    field.complete ? null : tell(make("span", "cut"), "page.field.cut"),
    link);
  for (const [classes, words_] of [["means", field.meaning], ["says", field.value_meaning], ...field.notes.map((note) => ["note", note])])
    if (words_) row.append(tell(make("span", classes), words_));
  return row;
}

function fieldItems(model, roots) {
  const items = [];
  const add = (id) => {
    const field = model.fields[id];
    const { text, code } = valueOf(model, field);
    items.push({ id, range: field.range, label: text || code ? `${field.name}: ${text || code}` : field.name, row: fieldRow(model, field), children: field.children });
    field.children.forEach(add);
  };
  roots.forEach(add);
  return items;
}

/** The fields of a record or message beside its bytes. */
function fieldInspector(model, roots, range) {
  return inspector(model, range, "page.fields.label", fieldItems(model, roots), roots);
}
