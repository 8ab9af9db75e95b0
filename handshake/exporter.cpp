#include "handshake/exporter.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>

#include "crypto/hash.h"
#include "handshake/key_schedule.h"
#include "x509/oid.h"

namespace glasstls::handshake {

namespace {

constexpr std::string_view channel_binding_label = "EXPORTER-Channel-Binding";
constexpr std::size_t channel_binding_length = 32;
constexpr std::size_t max_context = 0xffff;

/// RFC 5705, 4: labels of TLS itself would give out its own secrets.
constexpr std::array<std::string_view, 5> reserved_labels{
    client_finished.label, server_finished.label, master_secret.label, extended_master_secret.label,
    key_block.label};

}  // namespace

Bytes export_keying_material(const Exporting& exporting, std::string_view label,
                             std::optional<View> context, std::size_t length, Observer* observer) {
  if (std::find(reserved_labels.begin(), reserved_labels.end(), label) != reserved_labels.end())
    throw std::invalid_argument("the exporter label \"" + std::string(label) +
                                "\" is TLS's own (RFC 5705, 4)");
  if (label == channel_binding_label && !exporting.extended_master_secret)
    throw std::invalid_argument(
        "tls-exporter needs extended_master_secret, which this connection lacks (RFC 9266, 4.2)");
  if (context && context->size() > max_context)
    throw std::invalid_argument("an exporter's context has at most 65535 bytes (RFC 5705, 4)");
  const KeySchedule schedule(*exporting.suite, exporting.client_random, exporting.server_random,
                             observer);
  Bytes out(length);
  schedule.derive_exported(exporting.master_secret, label, context, out);
  return out;
}

std::optional<Bytes> tls_unique(const Exporting& exporting) {
  if (!exporting.extended_master_secret) return std::nullopt;
  return wire::copy(exporting.tls_unique);
}

std::optional<Bytes> tls_exporter(const Exporting& exporting, Observer* observer) {
  if (!exporting.extended_master_secret) return std::nullopt;
  return export_keying_material(exporting, channel_binding_label, View(), channel_binding_length,
                                observer);
}

Bytes server_end_point_of(const x509::Certificate& certificate) {
  const x509::SignatureAlgorithm& signature = certificate.signature_algorithm();
  crypto::HashAlgorithm hash = crypto::HashAlgorithm::sha256;
  if (signature.usable) {
    if (signature.usable->algorithm == crypto::SignatureAlgorithm::ed25519) return {};
    hash = signature.usable->hash;
  } else if (signature.oid != x509::oid::md5WithRSAEncryption &&
             signature.oid != x509::oid::sha1WithRSAEncryption &&
             signature.oid != x509::oid::ecdsa_with_SHA1) {
    return {};
  }
  return wire::copy(crypto::hash(hash, certificate.der()).view());
}

}  // namespace glasstls::handshake
