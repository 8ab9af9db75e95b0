// Search over fields and values: names, numbers, texts, bytes in hexadecimal.

const mostFound = 40;

class Search {
  constructor() {
    this.input = set(make("input"), { type: "search", id: "search-input", role: "combobox", "aria-expanded": "false", "aria-controls": "search-results", "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false" });
    tellAttribute(this.input, "placeholder", "page.search.placeholder");
    tellAttribute(this.input, "aria-label", "page.search.label");
    this.results = tellAttribute(set(make("ul", "results"), { role: "listbox", id: "search-results", hidden: true }), "aria-label", "page.search.results");
    this.status = set(make("p", "sr-only"), { role: "status" });
    document.getElementById("search").replaceChildren(icon("search"), this.input, this.results, this.status);
    this.input.addEventListener("input", () => this.find());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("focus", () => this.input.value && this.find());
    this.input.addEventListener("blur", () => this.close());
    this.results.addEventListener("pointerdown", (event) => event.preventDefault()); // the input keeps the focus
    this.results.addEventListener("click", (event) => this.choose(event.target.closest("[role=option]")));
  }

  use(model) {
    this.model = model;
    this.index = null;
    this.input.value = "";
    this.close();
  }

  /** Made when first asked for. */
  build() {
    const { model } = this;
    const entries = [];
    const add = (ref, title, value, hex) => entries.push({ ref, title, value, text: `${title}\n${value}`.toLowerCase(), hex: hex ?? "" });
    model.messages.forEach((message, id) => add({ table: "message", id }, message.name, say(message.summary)));
    model.fields.forEach((field, id) => {
      const { text, code } = valueOf(model, field);
      const isLeaf = field.children.length === 0;
      const hex = isLeaf ? model.hex({ ...field.content, length: Math.min(field.content.length, 4096) }) : "";
      add({ table: "field", id }, field.path, [text, code, field.value_meaning ? say(field.value_meaning) : null].filter(Boolean).join(" "), hex);
    });
    model.secrets.forEach((secret, id) => add({ table: "secret", id }, secretName(secret), secret.output ? spaced(secret.output, 16) : "", secret.output ?? ""));
    model.checks.forEach((check, id) => add({ table: "check", id }, say(checkTitle(check)), say(check.reason)));
    model.certificates.forEach((certificate, id) => add({ table: "certificate", id }, certificate.subject ?? "", certificate.issuer ?? ""));
    return entries;
  }

  find() {
    const query = this.input.value.trim().toLowerCase();
    if (!query) return this.close();
    this.index ??= this.build();
    const hex = query.replace(/^0x/, "").replace(/[\s:]/g, "");
    const isHex = hex.length >= 4 && /^[\da-f]+$/.test(hex);
    const found = this.index.filter((entry) => entry.text.includes(query) || (isHex && hasBytes(entry.hex, hex)));
    this.show(found);
  }

  show(found) {
    this.results.replaceChildren(...found.slice(0, mostFound).map((entry, index) => {
      const option = set(make("li", "", make("span", "title", entry.title), make("span", "value", entry.value.slice(0, 160))),
        { role: "option", id: `result-${index}`, "aria-selected": index === 0 ? "true" : "false" });
      option.dataset.href = hrefOf(entry.ref);
      return option;
    }));
    const more = found.length - mostFound;
    if (found.length === 0 || more > 0)
      this.results.append(set(tell(make("li", "remark"), more > 0 ? words("page.and_more", more) : "page.search.nothing"), { role: "option", "aria-disabled": "true", "aria-selected": "false" }));
    this.results.hidden = false;
    set(this.input, { "aria-expanded": "true", "aria-activedescendant": found.length > 0 ? "result-0" : null });
    tell(this.status, words("page.search.found", found.length));
  }

  close() {
    this.results.hidden = true;
    set(this.input, { "aria-expanded": "false", "aria-activedescendant": null });
  }

  key(event) {
    if (event.key === "Escape") {
      if (this.results.hidden) this.input.value = "";
      event.stopPropagation();
      return this.close();
    }
    const options = [...this.results.querySelectorAll("[data-href]")];
    const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (event.key === "Enter") return this.choose(options[at]);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
    if (next === undefined || options.length === 0) return;
    event.preventDefault();
    const chosen = options[(next + options.length) % options.length];
    for (const option of options) set(option, { "aria-selected": option === chosen ? "true" : "false" });
    chosen.scrollIntoView({ block: "nearest" });
    set(this.input, { "aria-activedescendant": chosen.id });
  }

  choose(option) {
    if (!option?.dataset.href) return;
    this.close();
    this.input.blur();
    visit(option.dataset.href);
  }
}

/** At a whole byte. */
function hasBytes(all, part) {
  for (let at = all.indexOf(part); at >= 0; at = all.indexOf(part, at + 1)) if (at % 2 === 0) return true;
  return false;
}
