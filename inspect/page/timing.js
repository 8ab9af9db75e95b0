// Timing: each flight on one axis, and its numbers.

function timing(model) {
  const flights = model.flights.filter(({ begin, end }) => begin !== null && end !== null);
  if (flights.length === 0) return tell(make("p", "empty"), "page.timing.empty");
  const last = Math.max(...flights.map(({ end }) => end), 1);
  const body = make("tbody");
  let before = null;
  for (const flight of flights) {
    const bar = make("span", `bar ${flight.side}`);
    bar.style.left = `calc((100% - 5px) * ${flight.begin / last})`;
    bar.style.width = `${(100 * (flight.end - flight.begin)) / last}%`;
    const names = flight.messages.map((id) => model.messages[id].name);
    const link = set(make("a"), { href: hrefOf({ table: "flight", id: flight.id }) });
    body.append(make("tr", "",
      set(make("th", "", tell(link, words("page.flight", flight.id + 1))), { scope: "row" }),
      make("td", "", tell(make("span", `chip ${flight.side}`), `page.${flight.side}`)),
      make("td", "names", shortened(names)),
      make("td", "number", duration(flight.begin)),
      make("td", "number", before === null ? "" : duration(flight.begin - before)),
      make("td", "number", duration(flight.end - flight.begin)),
      make("td", "number", String(flight.bytes)),
      set(make("td", "axis", make("span", "axis-line", bar)), { "aria-hidden": "true" })));
    before = flight.end;
  }
  const head = make("tr", "", ["page.timing.flight", "page.timing.side", "page.timing.messages", "page.timing.begin", "page.timing.waited", "page.timing.took", "page.timing.bytes"]
    .map((key) => set(tell(make("th"), key), { scope: "col" })), set(make("td", "axis", duration(0), make("span", "", duration(last))), { "aria-hidden": "true" }));
  const table = make("table", "timing", tell(make("caption"), "page.timing.caption"), make("thead", "", head), body);
  return tellAttribute(set(make("div", "wide", table), { role: "region", tabindex: "0" }), "aria-label", "page.timing.caption");
}

function shortened(names) {
  return names.length > 6 ? `${names.slice(0, 5).join(", ")}, … (${names.length})` : names.join(", ");
}
