// Certificates as trees: what they say, and their DER down to the byte.

class Certificates {
  constructor(model) {
    this.model = model;
    this.element = make("div", "certificates", model.certificates.map((certificate, id) => this.certificate(certificate, id)));
    if (model.certificates.length === 0) this.element.append(tell(make("p", "empty"), "page.certificates.empty"));
  }

  certificate(certificate, id) {
    const { model } = this;
    const { side } = model.messages[certificate.message];
    const head = make("summary", "", make("span", "cert-head",
      tell(make("span", `chip ${side}`), `page.${side}`),
      make("strong", "", certificate.subject ?? "—"),
      make("span", "issued", tell(make("span"), "page.certificate.issuer"), " ", certificate.issuer ?? "—")));
    const body = make("div", "body");
    const details = set(make("details", `certificate ${side}`, head, body), { id: `certificate-${id}` });
    const build = () => body.childElementCount === 0 && this.build(certificate, body);
    details.addEventListener("toggle", () => details.open && build());
    details.build = build;
    return details;
  }

  build(certificate, body) {
    const { model } = this;
    body.append(facts("", [
      ["page.certificate.issuer", certificate.issuer],
      ["page.certificate.valid", `${certificate.not_before ?? "?"} – ${certificate.not_after ?? "?"}`],
      ["page.certificate.key", certificate.key],
      ["page.certificate.signature", certificate.signature_algorithm],
      ["page.certificate.sha256", certificate.sha256 ? mono(spaced(certificate.sha256.replaceAll(":", ""))) : null],
      ["page.certificate.sent_in", refLink({ table: "message", id: certificate.message }, model.messages[certificate.message].name)],
    ]));
    if (certificate.remarks.length > 0)
      body.append(tell(make("h3"), "page.certificate.remarks"), make("ul", "remarks", certificate.remarks.map(({ text, section }) => make("li", "", spoken("en", text), " ", rfcLink(section)))));
    const place = make("div", "panel");
    const show = (value) => place.replaceChildren(value === "says" ? this.statements(certificate) : this.der(certificate));
    const choices = [{ value: "says", key: "page.certificate.says" }];
    if (certificate.field !== null) choices.push({ value: "der", key: "page.certificate.der" });
    body.append(segmented("page.view.label", choices, "says", show).element, place);
    show("says");
  }

  der({ field }) {
    const row = this.model.fields[field];
    return fieldInspector(this.model, [field], row.range).element;
  }

  /** Statements are in order, a part behind its whole with a greater depth. */
  statements(certificate) {
    const items = certificate.statements.map((statement, id) => ({
      id, range: statement.range, children: [], row: statementRow(statement),
      label: statement.value ? `${statement.name}: ${statement.value}` : statement.name,
    }));
    const roots = [];
    const open = [];
    certificate.statements.forEach(({ depth }, id) => {
      open.length = Math.min(open.length, depth);
      (open.length > 0 ? items[open.at(-1)].children : roots).push(id);
      open.push(id);
    });
    const range = certificate.field === null ? certificate.statements.find((each) => each.range)?.range : this.model.fields[certificate.field].content;
    if (!range) return new Tree("page.certificate.says", items, roots, () => {}).element;
    return inspector(this.model, range, "page.certificate.says", items, roots).element;
  }

  reveal(ref) {
    const details = this.element.querySelector(`#certificate-${ref.id}`);
    if (!details) return false;
    details.open = true;
    details.scrollIntoView({ block: "start" });
    details.querySelector("summary").focus({ preventScroll: true });
    return true;
  }
}

function statementRow(statement) {
  const link = rfcLink(statement.section);
  if (link?.href) link.tabIndex = -1;
  return make("div", "row", spoken("en", statement.name, "name"), statement.value ? make("span", "value", statement.value) : null, link,
    statement.meaning ? spoken("en", statement.meaning, "means") : null);
}

/** Text that is in this language, whatever the page speaks. */
function spoken(tongue, text, classes = "") {
  return set(make("span", classes, text), { lang: tongue });
}
