// Step mode, for lectures: one message after the other, with what it moves and what it makes known.
// Arrow keys and Page keys (which remote controls send) go through it, Escape ends it.

class Stepper {
  constructor(model, views) {
    this.model = model;
    this.views = views;
    this.at = null;
    this.bar = document.getElementById("stepper");
    this.bar.replaceChildren();
    document.body.classList.remove("stepping");
  }

  isOn() {
    return this.at !== null;
  }

  /** Begins at a step, or ends with null. */
  go(step) {
    const { steps } = this.model;
    if (steps.length === 0) return;
    const previous = this.at;
    this.at = step === null ? null : Math.max(0, Math.min(step, steps.length - 1));
    document.body.classList.toggle("stepping", this.isOn());
    this.mark();
    this.views.schedule.atStep(this.at);
    this.views.machines.atStep(this.at);
    if (!this.isOn()) {
      this.bar.replaceChildren();
      document.getElementById("step-button")?.focus();
      return;
    }
    if (previous === null) this.buildBar();
    this.fill();
    this.follow(previous);
  }

  mark() {
    this.model.steps.forEach(({ subject }, index) => {
      const details = this.views.conversation.rowOf(subject)?.details;
      details?.classList.toggle("current", index === this.at);
      details?.classList.toggle("future", this.isOn() && index > this.at);
    });
  }

  /** The message of the step stands in view, open; the one before is closed again. */
  follow(previous) {
    const rowAt = (step) => (step === null ? null : this.views.conversation.rowOf(this.model.steps[step].subject));
    const last = rowAt(previous);
    const row = rowAt(this.at);
    if (last && last !== row) last.details.open = false;
    if (!row) return;
    row.details.open = true;
    row.build();
    row.details.scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
  }

  buildBar() {
    this.count = make("p", "step-count");
    this.title = make("h2", "step-title");
    this.news = make("div", "step-news");
    this.back = button("", "page.step.previous", "previous", () => this.go(this.at - 1));
    this.forth = button("primary", "page.step.next", "next", () => this.go(this.at + 1));
    const end = button("quiet", "page.step.end", "close", () => this.go(null));
    const progress = make("div", "progress", (this.progress = make("span")));
    const live = set(make("div", "step-text", this.count, this.title), { "aria-live": "polite" });
    const bar = tellAttribute(set(make("section", "stepbar"), { role: "region" }), "aria-label", "page.step.label");
    bar.append(progress, make("div", "step-inner", live, make("div", "step-buttons", this.back, this.forth, end), this.news));
    this.bar.append(bar);
    this.forth.focus({ preventScroll: true });
  }

  fill() {
    const { model } = this;
    const step = model.steps[this.at];
    tell(this.count, words("page.step.count", this.at + 1, model.steps.length));
    const row = step.subject.table === "end" ? null : model.rows(step.subject.table)[step.subject.id];
    const what = row ? row.name ?? row.type.name : null;
    const key = step.subject.table === "end" ? (step.subject.id === 1 ? "page.step.reset" : "page.step.fin")
      : step.subject.table === "record" ? "page.step.sealed" : "page.step.sends";
    tell(this.title, { key: `${key}.${step.side}`, arguments: [what ?? ""] });
    this.back.disabled = this.at === 0;
    this.forth.disabled = this.at === model.steps.length - 1;
    this.progress.style.width = `${(100 * (this.at + 1)) / model.steps.length}%`;
    const list = make("ul", "", step.transitions.map((id) => transitionLine(model.transitions[id])));
    for (const id of step.secrets) list.append(this.secret(model.secrets[id], id));
    this.news.replaceChildren(row?.meaning ? tell(make("p", "means"), row.meaning) : "", list);
  }

  secret(secret, id) {
    const value = secret.output ? mono(spaced(secret.output, 12)) : tell(make("span", "missing"), missingWords(secret));
    return make("li", `secret ${secret.is_public ? "public" : secret.state}`, refLink({ table: "secret", id }, secretName(secret)), " = ", value);
  }

  key(event) {
    if (!this.isOn() || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") return this.go(null);
    if (event.target.closest("input, select, textarea, [role=tree], [role=listbox], .picture")) return;
    const next = { ArrowRight: this.at + 1, PageDown: this.at + 1, ArrowLeft: this.at - 1, PageUp: this.at - 1, Home: 0, End: this.model.steps.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this.go(next);
  }
}
