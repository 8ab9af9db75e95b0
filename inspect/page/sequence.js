// The conversation: two lanes, flights, and messages that open into their fields beside their bytes.

class Conversation {
  constructor(model) {
    this.model = model;
    this.rows = new Map(); // "message 3" -> row
    this.onTheWire = false;
    const list = make("ol", "flights");
    for (const flight of model.flights) list.append(this.flight(flight));
    if (model.flights.length === 0) list.append(make("li", "", tell(make("p", "empty"), "page.conversation.empty")));
    this.element = make("div", "conversation", this.tools(), this.lanes(), list);
  }

  tools() {
    const eyes = segmented("page.eyes.label", [{ value: false, key: "page.eyes.opened" }, { value: true, key: "page.eyes.wire" }],
      false, (onTheWire) => this.look(onTheWire));
    const all = button("quiet", "page.open_all", null, () => this.openAll(true));
    const none = button("quiet", "page.close_all", null, () => this.openAll(false));
    const hint = tell(make("p", "hint"), "page.conversation.hint");
    return make("div", "tools", this.model.records.some((r) => this.model.isEncrypted(r)) ? eyes.element : null, all, none, hint);
  }

  lanes() {
    const { client, server, own } = this.model.connection;
    const lane = (side, address) => make("div", `lane ${side}`, tell(make("strong"), `page.${side}`),
      address ? mono(address) : null, own === side ? tell(make("span", "own"), "page.own") : null);
    return make("div", "lanes", lane("client", client), lane("server", server));
  }

  flight(flight) {
    const head = make("div", "flight-head",
      tell(make("h3"), words("page.flight", flight.id + 1)),
      tell(make("span"), flight.side === "client" ? "page.flight.client" : "page.flight.server"),
      tell(make("span"), words("page.bytes", flight.bytes)),
      flight.begin === null ? null : make("span", "time", `${duration(flight.begin)}`));
    const messages = make("ol", "messages");
    for (const ref of this.model.rowsOf(flight)) messages.append(make("li", "", this.row(ref)));
    return set(make("li", `flight ${flight.side}`, head, messages), { id: `flight-${flight.id}` });
  }

  row(ref) {
    const { model } = this;
    const subject = model.rows(ref.table)[ref.id];
    const records = ref.table === "message" ? subject.records.map((id) => model.records[id]) : [subject];
    const isEncrypted = records.some((record) => model.isEncrypted(record));
    const summary = make("summary", "", this.arrow(ref, subject, records, isEncrypted));
    const body = make("div", "body");
    const details = set(make("details", `message ${subject.side} ${isEncrypted ? "encrypted" : ""}`, summary, body), { id: `${ref.table}-${ref.id}` });
    const row = { ref, details, build: () => this.build(row, body, subject, records, isEncrypted) };
    details.addEventListener("toggle", () => details.open && row.build());
    this.rows.set(`${ref.table} ${ref.id}`, row);
    return details;
  }

  arrow(ref, subject, records, isEncrypted) {
    const { model } = this;
    const opened = ref.table === "message"
      ? [make("strong", "title", subject.name), subject.fault ? tell(make("span", "badge failed"), "page.malformed") : null]
      : [tell(make("strong", "title"), words("page.sealed_record", subject.type.name ?? subject.type.number))];
    const title = make("span", "titles", make("span", "as-opened", opened));
    if (isEncrypted) title.append(make("span", "as-sent", tell(make("strong", "title"),
      words("page.sealed_record", records[0].type.name ?? records[0].type.number))));
    if (isEncrypted) title.append(icon("lock"), tell(make("span", "sr-only"), "page.encrypted"));
    for (const check of model.checksOf(ref)) title.append(verdictBadge(check));
    const says = make("span", "summary-text");
    if (subject.summary) says.append(tell(make("span", "as-opened"), subject.summary));
    if (ref.table === "record" && subject.reason) says.append(tell(make("span"), subject.reason));
    return make("span", "arrow-row",
      make("span", "when", subject.time === null ? "" : duration(subject.time)),
      make("span", "path", title, set(make("span", "shaft"), { "aria-hidden": "true" }), says),
      make("span", "size", tell(make("span"), words("page.bytes", this.sizeOf(ref, subject)))));
  }

  sizeOf(ref, subject) {
    return ref.table === "message" ? subject.range.length : this.model.whole(subject.buffer).length;
  }

  /** The body is made when it is first opened. */
  build(row, body, subject, records, isEncrypted) {
    if (body.childElementCount > 0) return;
    const { model } = this;
    const panels = records.map((record) => ({ value: `record ${record.id}`, text: null, key: words("page.record.as_sent", record.number), make: () => recordPanel(model, record) }));
    if (row.ref.table === "message")
      panels.unshift({ value: "message", key: isEncrypted ? "page.message.opened" : "page.message", make: () => this.messagePanel(row, subject) });
    const place = make("div", "panel");
    row.show = (value) => {
      place.replaceChildren(panels.find((panel) => panel.value === value).make());
      row.shown = value;
    };
    const first = isEncrypted && this.onTheWire ? panels.find((panel) => panel.value !== "message").value : panels[0].value;
    row.tabs = segmented("page.view.label", panels, first, row.show);
    row.first = panels[0].value;
    row.sent = isEncrypted ? panels.find((panel) => panel.value !== "message").value : null;
    if (subject.meaning) body.append(make("p", "meaning", tell(make("span"), subject.meaning), " ", rfcLink(subject.section)));
    else if (subject.section) body.append(make("p", "meaning", rfcLink(subject.section)));
    if (subject.fault) body.append(this.fault(subject.fault));
    body.append(this.consequences(row.ref), row.tabs.element, place);
    row.show(first);
  }

  messagePanel(row, subject) {
    const made = fieldInspector(this.model, subject.fields, subject.range);
    row.tree = made.tree;
    return made.element;
  }

  fault(fault) {
    return set(make("div", "notice failed", icon("failed"),
      make("div", "", tell(make("strong"), words("page.fault", fault.offset, fault.field ?? "?")),
        fault.reason ? tell(make("p"), fault.reason) : null, rfcLink(fault.section))), { role: "note" });
  }

  /** What came of it: checks, steps of the machines, secrets. */
  consequences(ref) {
    const { model } = this;
    const list = make("ul", "consequences");
    for (const check of model.checksOf(ref))
      list.append(make("li", check.verdict, icon(check.verdict), refLink({ table: "check", id: check.id }, checkTitle(check)),
        check.reason ? tell(make("span"), check.reason) : null));
    const step = model.steps.find(({ subject }) => subject.table === ref.table && subject.id === ref.id);
    for (const id of step?.transitions ?? []) list.append(transitionLine(model.transitions[id]));
    if (step?.secrets.length) {
      const line = make("li", "secrets", tell(make("span"), "page.new_here"), " ");
      step.secrets.forEach((id, i) => line.append(i > 0 ? ", " : "", refLink({ table: "secret", id }, secretName(model.secrets[id]))));
      list.append(line);
    }
    for (const certificate of ref.table === "message" ? model.certificatesOf(ref.id) : [])
      list.append(make("li", "", refLink({ table: "certificate", id: certificate.id }, words("page.certificate.of", certificate.subject ?? "?"))));
    return list;
  }

  look(onTheWire) {
    this.onTheWire = onTheWire;
    this.element.classList.toggle("wire", onTheWire);
    for (const row of this.rows.values()) {
      if (!row.sent || !row.tabs) continue;
      const value = onTheWire ? row.sent : row.first;
      row.tabs.choose(value);
      row.show(value);
    }
  }

  openAll(open) {
    for (const { details } of this.rows.values()) details.open = open;
  }

  rowOf(ref) {
    return ref ? this.rows.get(`${ref.table} ${ref.id}`) : undefined;
  }

  /** Opens the row of a message, record or field, and goes there. */
  reveal(ref) {
    const row = this.rowOf(this.model.home(ref));
    if (!row) return false;
    row.details.open = true;
    row.build();
    if (ref.table === "field" || ref.table === "record") {
      const owner = ref.table === "field" ? this.model.fields[ref.id].owner : ref;
      const wanted = owner.table === "message" ? "message" : `record ${owner.id}`;
      if (row.shown !== wanted) {
        row.tabs.choose(wanted);
        row.show(wanted);
      }
    }
    row.details.scrollIntoView({ block: "start" });
    const tree = ref.table === "field" ? row.details.querySelector(`[data-item="${ref.id}"]`) : null;
    if (tree) {
      tree.focus();
      tree.scrollIntoView({ block: "center" });
    } else {
      row.details.querySelector("summary").focus({ preventScroll: true });
    }
    return true;
  }
}

/** One step of a machine: "Client: A -> B". */
function transitionLine(transition) {
  return make("li", `transition ${transition.side}`, tell(make("span", "whose"), `page.${transition.side}`), " ",
    mono(transition.from), " → ", mono(transition.to), transition.reason ? make("span", "reason", transition.reason) : null);
}
