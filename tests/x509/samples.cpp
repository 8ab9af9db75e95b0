#include "tests/x509/samples.h"

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace glasstls::x509::samples {

Bytes file(const std::string& name) {
  std::ifstream in(std::string(GLASSTLS_TEST_DATA) + "/data/x509/" + name, std::ios::binary);
  if (!in) throw std::runtime_error("no sample " + name);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  return wire::copy(wire::as_bytes(text));
}

std::vector<Certificate> chain(const std::string& name) {
  return parse_certificates(file(name + ".pem")).value();
}

Certificate certificate(const std::string& name) { return chain(name).front(); }

TrustStore store(const std::string& name) {
  TrustStore roots;
  for (const Certificate& anchor : chain(name)) roots.add(anchor);
  return roots;
}

Time mid_2026() { return time_from(2026, 6, 1, 0, 0, 0).value(); }

Bytes der(Tag tag, View content) {
  Bytes out{static_cast<std::uint8_t>(tag)};
  const std::size_t size = content.size();
  if (size >= 0x100) {
    wire::append(out, Bytes{0x82, static_cast<std::uint8_t>(size >> 8)});
  } else if (size >= 0x80) {
    out.push_back(0x81);
  }
  out.push_back(static_cast<std::uint8_t>(size));
  wire::append(out, content);
  return out;
}

Bytes der(Tag tag, std::string_view text) { return der(tag, wire::as_bytes(text)); }

Bytes joined(std::initializer_list<Bytes> parts) {
  Bytes out;
  for (const Bytes& part : parts) wire::append(out, part);
  return out;
}

Bytes sequence(std::initializer_list<Bytes> parts) {
  return der(Tag::sequence, View(joined(parts)));
}

Bytes oid(const Oid& oid) { return der(Tag::object_identifier, oid.content()); }

Bytes from_hex(std::string_view hex) { return wire::unhex(hex).value(); }

Bytes name(std::string_view common_name) {
  return sequence(
      {der(Tag::set, View(sequence({oid(oid::commonName), der(Tag::utf8_string, common_name)})))});
}

Bytes extension(const Oid& id, bool critical, const Bytes& value) {
  return sequence(
      {oid(id), critical ? from_hex("0101ff") : Bytes(), der(Tag::octet_string, View(value))});
}

Bytes alternatives(std::initializer_list<Bytes> names) {
  return extension(oid::subjectAltName, false, sequence(names));
}

Bytes Draft::encoded() const {
  Bytes list;
  for (const Bytes& one : extensions) wire::append(list, one);
  const Bytes tail = extensions.empty()
                         ? Bytes()
                         : der(context_constructed(3), View(der(Tag::sequence, View(list))));
  const Bytes tbs = sequence({version, serial, algorithm, issuer, sequence({not_before, not_after}),
                              subject, spki, unique_ids, tail});
  return sequence({tbs, outer_algorithm, signature});
}

}  // namespace glasstls::x509::samples
