// What the connection is, before any detail: its facts, what must be known about this page, and the
// other connections.

function overview(model) {
  const { connection } = model;
  return make("section", "overview",
    make("h1", "", make("span", "", model.name()), connection.version.name ? make("span", "version", connection.version.name) : null),
    connection.outcome ? make("p", `outcome ${connection.complete ? "" : "incomplete"}`, tell(make("span"), connection.outcome)) : null,
    verdictCount(model), banners(model), connectionFacts(connection));
}

function connectionFacts(connection) {
  const code = connection.cipher_suite.number.toString(16).padStart(4, "0");
  const suite = connection.negotiated && connection.cipher_suite.name ? mono(connection.cipher_suite.name) : connection.negotiated ? `0x${code}` : null;
  const resumed = { none: "page.resumed.none", session_id: "page.resumed.session_id", ticket: "page.resumed.ticket" }[connection.resumed];
  const yesNo = (value) => tell(make("span"), value ? "page.yes" : "page.no");
  return facts("connection-facts", [
    ["page.fact.cipher_suite", suite],
    ["page.fact.group", connection.group],
    ["page.fact.signature_scheme", connection.signature_scheme],
    ["page.fact.resumed", resumed ? tell(make("span"), resumed) : null],
    ["page.fact.extended_master_secret", connection.negotiated ? yesNo(connection.extended_master_secret) : null],
    ["page.fact.server_name", connection.server_name],
    ["page.fact.application_protocol", connection.application_protocol],
    ["page.client", connection.client],
    ["page.server", connection.server],
    ["page.fact.begin", connection.begin ? connection.begin.replace("T", " ").replace(/(\.\d{3})\d*Z$/, "$1 UTC") : null],
    ["page.fact.duration", connection.end === null ? null : duration(connection.end)],
    ["page.fact.source", connection.source],
    ["page.fact.prelude", connection.prelude],
  ]);
}

/** Secrets, what is left out, what is odd. */
function banners(model) {
  const { connection } = model;
  const list = make("div", "banners");
  const banner = (classes, iconName, text) => list.append(make("p", `notice ${classes}`, icon(iconName), tell(make("span"), text)));
  if (connection.redacted) banner("redacted", "lock", "page.banner.redacted");
  else if (connection.has_secrets) banner("secrets", "lock", "page.banner.secrets");
  if (connection.began_in_the_middle) banner("odd", "not_checkable", "page.banner.middle");
  for (const remark of connection.remarks) banner("odd", "not_checkable", remark);
  for (const side of sides) {
    const { records, bytes, entries } = model.left_out[side];
    if (records > 0) banner("left-out", "not_checkable", words(`page.left_out.${side}`, records, bytes));
    if (entries > 0) banner("left-out", "not_checkable", words(`page.left_out.entries.${side}`, entries));
  }
  return list;
}

/** All connections of this page, and how many it leaves out. */
function connectionTable(models, total, current) {
  if (models.length < 2 && total <= models.length) return null;
  const head = make("tr", "", ["page.table.number", "page.table.name", "page.client", "page.fact.cipher_suite", "page.table.checks", "page.table.outcome"]
    .map((key) => set(tell(make("th"), key), { scope: "col" })));
  const rows = models.map((model, index) => {
    const { connection } = model;
    const link = set(make("a", "", model.name()), { href: `#c${index + 1}`, "aria-current": index === current ? "true" : null });
    return make("tr", index === current ? "current" : "",
      make("td", "number", String(connection.number)), set(make("th", "", link), { scope: "row" }),
      make("td", "", connection.client ?? ""), make("td", "", connection.negotiated ? connection.cipher_suite.name ?? "" : ""),
      make("td", "", verdictCount(model)), make("td", "", connection.outcome ? tell(make("span"), connection.outcome) : ""));
  });
  const table = make("table", "connections", make("thead", "", head), make("tbody", "", rows));
  const section = make("section", "all-connections", tell(make("h2"), words("page.table.title", total)),
    tellAttribute(set(make("div", "wide", table), { role: "region", tabindex: "0" }), "aria-label", words("page.table.title", total)));
  if (total > models.length) section.append(make("p", "notice left-out", icon("not_checkable"), tell(make("span"), words("page.table.left_out", models.length, total))));
  return section;
}
