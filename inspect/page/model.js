// The model: one document of `glasstls explain --json`, and where its rows are found. See docs/json.md.

const sides = ["client", "server"];

class Model {
  constructor(document_) {
    Object.assign(this, document_); // connection, buffers, records, messages, fields ...
    this.bytesOf = new Map();
    this.steps = this.makeSteps();
  }

  /** The bytes of a range, as a Uint8Array. */
  bytes({ buffer, offset, length }) {
    if (!this.bytesOf.has(buffer)) this.bytesOf.set(buffer, fromHex(this.buffers[buffer].bytes));
    return this.bytesOf.get(buffer).subarray(offset, offset + length);
  }

  hex({ buffer, offset, length }) {
    return this.buffers[buffer].bytes.slice(2 * offset, 2 * (offset + length));
  }

  whole(buffer) {
    return { buffer, offset: 0, length: this.buffers[buffer].bytes.length / 2 };
  }

  isEncrypted(record) {
    return record.protection !== "none";
  }

  /** The message in whose row something is shown: {message} or, of sealed records, {record}. */
  home(ref) {
    if (!ref) return null;
    const row = this.rows(ref.table)?.[ref.id];
    if (!row) return null;
    switch (ref.table) {
      case "message": return { table: "message", id: ref.id };
      case "field": return this.home(row.owner);
      case "record": return row.messages.length > 0 ? { table: "message", id: row.messages[0] } : ref;
      case "certificate": return { table: "message", id: row.message };
      case "secret":
      case "transition": return row.message === null ? null : { table: "message", id: row.message };
      default: return null;
    }
  }

  rows(table) {
    return this[`${table}s`];
  }

  /** What is judged of a message or a sealed record. */
  checksOf(home) {
    return this.checks.filter(({ subject }) => {
      const place = this.home(subject);
      return place && place.table === home.table && place.id === home.id;
    });
  }

  certificatesOf(message) {
    return this.certificates.filter((certificate) => certificate.message === message);
  }

  /** Rows of a flight in order: its messages, and the records that show none. */
  rowsOf(flight) {
    const rows = [];
    const seen = new Set();
    for (const id of flight.records) {
      const { messages } = this.records[id];
      if (messages.length === 0) rows.push({ table: "record", id });
      for (const message of messages) {
        if (seen.has(message) || !flight.messages.includes(message)) continue;
        seen.add(message);
        rows.push({ table: "message", id: message });
      }
    }
    return rows;
  }

  /** A step is a message, a record that shows none, or an end; with what came of it. */
  makeSteps() {
    const steps = [];
    const begin = (subject, event) => steps.push({ subject, side: event.side, time: event.time, secrets: [], transitions: [] });
    for (const event of this.events) {
      const current = steps.at(-1);
      if (event.kind === "message") begin({ table: "message", id: event.ref }, event);
      else if (event.kind === "record" && this.records[event.ref].messages.length === 0) begin({ table: "record", id: event.ref }, event);
      else if (event.kind === "end_of_stream") begin({ table: "end", id: event.ref }, event);
      else if (event.kind === "secret" && current) current.secrets.push(event.ref);
      else if (event.kind === "transition" && current) current.transitions.push(event.ref);
    }
    return steps;
  }

  /** The step with which a row of a table comes to be; of what was always there 0. */
  stepOf(table, id) {
    const has = {
      secret: (step) => step.secrets.includes(id),
      transition: (step) => step.transitions.includes(id),
    }[table] ?? ((step) => step.subject.table === table && step.subject.id === id);
    return Math.max(0, this.steps.findIndex(has));
  }

  name() {
    const { server_name: name, server, client, number } = this.connection;
    return name ?? server ?? client ?? `#${number}`;
  }
}

function fromHex(hex) {
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; ++i) bytes[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

/** "16 03 03 ..", at most so many bytes. */
function spaced(hex, limit = Infinity) {
  const pairs = hex.slice(0, 2 * Math.min(limit, hex.length)).match(/../g) ?? [];
  return pairs.join(" ") + (hex.length > 2 * limit ? " …" : "");
}

/** Nanoseconds since the connection began: "1.204 ms". */
function duration(nanoseconds) {
  if (nanoseconds === null || nanoseconds === undefined) return "";
  const sign = nanoseconds < 0 ? "−" : "";
  const size = Math.abs(nanoseconds);
  if (size >= 1e9) return `${sign}${(size / 1e9).toFixed(3)} s`;
  if (size >= 1e6 || size === 0) return `${sign}${(size / 1e6).toFixed(size >= 1e8 ? 0 : size >= 1e7 ? 1 : 2)} ms`;
  return `${sign}${(size / 1e3).toFixed(size >= 1e5 ? 0 : 1)} µs`;
}

function named({ number, name }, digits = 0) {
  const code = digits > 0 ? `0x${number.toString(16).padStart(digits, "0")}` : String(number);
  return name ? { name, code } : { name: code, code: null };
}

/** A field's value in short: {text, code}; code stands behind it, less loud. */
function valueOf(model, field) {
  if (field.kind === "number") {
    const { name, code } = named(field.number, field.number.name ? 2 * field.content.length : 0);
    return { text: name, code };
  }
  if (field.kind === "text") return { text: field.text, code: null };
  if (field.kind === "bytes") {
    const { length } = field.content;
    return { text: spaced(model.hex({ ...field.content, length: Math.min(length, 32) })) + (length > 32 ? " …" : ""), code: null };
  }
  // What has parts is known by the first of them: an extension by its type.
  const first = model.fields[field.children[0]];
  return { text: "", code: first?.kind === "number" && first.name !== field.name ? first.number.name : null };
}

/** Where an RFC's section can be read. */
function rfcLink(section) {
  const found = /^RFC (\d+)(?:, ([A-Z\d][\d.]*))?/.exec(section ?? "");
  if (!found) return section ? make("span", "rule", section) : null;
  const place = found[2] ? `#${/^\d/.test(found[2]) ? "section" : "appendix"}-${found[2]}` : "";
  const link = make("a", "rule", section);
  return set(link, { href: `https://www.rfc-editor.org/rfc/rfc${found[1]}${place}`, target: "_blank", rel: "noopener noreferrer" });
}
