// A record as it was sent: header, explicit nonce, ciphertext, tag; and what opened it.

function recordPanel(model, record) {
  const panel = make("div", "record-panel");
  const { element } = fieldInspector(model, record.fields, model.whole(record.buffer));
  panel.append(facts("record-facts", [
    ["page.record.protection", protectionWords(record)],
    ["page.record.sequence_number", record.sequence_number === null ? null : String(record.sequence_number)],
    ["page.record.nonce", nonceOf(model, record)],
    ["page.record.additional_data", record.additional_data ? mono(spaced(record.additional_data)) : null],
    ["page.record.carried_by", segmentsOf(model, record)],
  ]), element);
  if (record.plaintext !== null) {
    const range = model.whole(record.plaintext);
    panel.append(tell(make("h4"), words("page.record.plaintext", range.length)));
    if (range.length > 0) panel.append(inspector(model, range, "page.fields.label", [], []).element);
  }
  return panel;
}

function protectionWords(record) {
  const words_ = tell(make("span"), {
    none: "page.protection.none",
    opened: "page.protection.opened",
    not_authentic: "page.protection.not_authentic",
    sealed: "page.protection.sealed",
  }[record.protection]);
  return make("span", `protection ${record.protection}`, words_, record.reason ? [" ", tell(make("span"), record.reason)] : null);
}

/** The explicit part, which travels in the record, is marked. */
function nonceOf(model, record) {
  if (!record.nonce) return null;
  const sent = record.nonce_explicit ? model.hex(record.nonce_explicit) : "";
  if (!sent || !record.nonce.endsWith(sent)) return mono(spaced(record.nonce));
  const kept = record.nonce.slice(0, record.nonce.length - sent.length);
  return make("code", "nonce", tellAttribute(make("span", "implicit", spaced(kept)), "title", "page.record.nonce_implicit"), " ",
    tellAttribute(make("span", "explicit", spaced(sent)), "title", "page.record.nonce_explicit"));
}

function segmentsOf(model, record) {
  const { segments } = model.buffers[record.buffer];
  if (segments.length === 0) return null;
  const all = segments.map((id) => model.segments[id]);
  const list = make("span", "segments");
  for (const segment of all.slice(0, 12)) {
    const what = segment.frame === null
      ? words("page.segment", segment.length) : words("page.segment.frame", segment.frame, segment.length);
    list.append(make("span", "", tell(make("span"), what), segment.time === null ? "" : ` ${duration(segment.time)}`), " ");
  }
  if (all.length > 12) list.append(tell(make("span"), words("page.and_more", all.length - 12)));
  return list;
}
