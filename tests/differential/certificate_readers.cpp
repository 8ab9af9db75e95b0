#include "tests/differential/certificate_readers.h"

#include <array>
#include <gnutls/gnutls.h>
#include <gnutls/x509-ext.h>
#include <gnutls/x509.h>
#include <memory>
#include <openssl/err.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <stdexcept>

#include "tests/differential/explained.h"
#include "x509/certificate.h"

namespace glasstls::differential {

namespace {

/// Where the reading stopped: the part of the certificate, or the extension.
std::string part_of(const FieldTree& tree) {
  std::string part;
  bool in_extension = false;
  for (const wire::Field& field : tree.fields()) {
    if (in_extension && field.name == "extnID" && !field.text.empty()) part = field.text;
    if (field.end) continue;
    if (field.depth <= 2) part = field.name;
    if (field.name != "Extension") continue;
    in_extension = true;
    part = field.name;
  }
  return part;
}

}  // namespace

Reading read_by_us(View der) {
  FieldTree tree;
  const auto parsed = x509::Certificate::parse(der, &tree);
  if (parsed) return {true, {}, parsed->public_key().key.has_value()};
  const x509::Malformed& error = parsed.error();
  return {false,
          part_of(tree) + ": " + std::string(error.section) + ": " + without_numbers(error.what)};
}

// --- OpenSSL

namespace {

struct Freed {
  void operator()(X509* certificate) const { X509_free(certificate); }
};

std::string first_reason() {
  const char* text = ERR_reason_error_string(ERR_peek_error());
  const std::string reason = text != nullptr ? text : "no reason";
  ERR_clear_error();
  return reason;
}

/// The name of the first extension that it knows and cannot decode; empty if there is none.
std::string undecodable_extension(X509* certificate) {
  for (int i = 0; i < X509_get_ext_count(certificate); ++i) {
    X509_EXTENSION* extension = X509_get_ext(certificate, i);
    const X509V3_EXT_METHOD* method = X509V3_EXT_get(extension);
    if (method == nullptr) continue;
    void* decoded = X509V3_EXT_d2i(extension);
    if (decoded == nullptr) return OBJ_nid2sn(method->ext_nid);
    if (method->it != nullptr)
      ASN1_item_free(static_cast<ASN1_VALUE*>(decoded), ASN1_ITEM_ptr(method->it));
    else
      method->ext_free(decoded);
  }
  return {};
}

}  // namespace

Reading read_by_openssl(View der) {
  ERR_clear_error();
  const std::uint8_t* end = der.data();
  const std::unique_ptr<X509, Freed> certificate(
      d2i_X509(nullptr, &end, static_cast<long>(der.size())));
  if (!certificate) return {false, first_reason()};
  if (end != der.data() + der.size()) return {false, "bytes behind it"};
  const std::string extension = undecodable_extension(certificate.get());
  if (!extension.empty()) return {false, extension + ": " + first_reason()};
  const bool usable = X509_get0_pubkey(certificate.get()) != nullptr;
  ERR_clear_error();
  return {true, {}, usable};
}

// --- GnuTLS

namespace {

class GnutlsCertificate {
 public:
  GnutlsCertificate() {
    if (gnutls_x509_crt_init(&crt_) != GNUTLS_E_SUCCESS) throw std::bad_alloc();
  }
  ~GnutlsCertificate() { gnutls_x509_crt_deinit(crt_); }
  GnutlsCertificate(const GnutlsCertificate&) = delete;
  GnutlsCertificate& operator=(const GnutlsCertificate&) = delete;

  gnutls_x509_crt_t get() const { return crt_; }

 private:
  gnutls_x509_crt_t crt_ = nullptr;
};

bool is_there_or_absent(int code) {
  return code >= 0 || code == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE ||
         code == GNUTLS_E_SHORT_MEMORY_BUFFER;
}

}  // namespace

Reading read_by_gnutls(View der) {
  const GnutlsCertificate certificate;
  gnutls_x509_crt_t crt = certificate.get();
  const gnutls_datum_t bytes{const_cast<std::uint8_t*>(der.data()),
                             static_cast<unsigned>(der.size())};
  const int imported = gnutls_x509_crt_import(crt, &bytes, GNUTLS_X509_FMT_DER);
  if (imported < 0) return {false, gnutls_strerror_name(imported)};

  unsigned critical = 0, ca = 0, usage = 0;
  int path_length = 0;
  std::array<char, 1024> text{};
  std::size_t name_size = text.size(), purpose_size = text.size();
  const std::pair<const char*, int> parts[] = {
      {"basicConstraints",
       gnutls_x509_crt_get_basic_constraints(crt, &critical, &ca, &path_length)},
      {"keyUsage", gnutls_x509_crt_get_key_usage(crt, &usage, &critical)},
      {"subjectAltName",
       gnutls_x509_crt_get_subject_alt_name(crt, 0, text.data(), &name_size, &critical)},
      {"extKeyUsage",
       gnutls_x509_crt_get_key_purpose_oid(crt, 0, text.data(), &purpose_size, &critical)},
  };
  for (const auto& [name, code] : parts)
    if (!is_there_or_absent(code))
      return {false, std::string(name) + ": " + gnutls_strerror_name(code)};
  return {true, {}};
}

}  // namespace glasstls::differential
