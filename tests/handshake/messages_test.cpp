// Every message of the protocol, by the same templates: what holds for one holds for all.
#include "handshake/messages.h"

#include <gtest/gtest.h>

#include "handshake/codec.h"
#include "tests/handshake/examples.h"
#include "tests/support/refusal.h"

namespace glasstls::handshake {
namespace {

using test::refusal_of;

/// The message with another body; its length is made to fit.
template <class M>
Bytes with_body(View body) {
  Bytes bytes;
  wire::Writer writer(bytes);
  writer.field("msg_type", M::type);
  writer.opaque("body", wire::copy(body), within<0, 0xffffff>);
  return bytes;
}

template <class M>
class EveryMessage : public testing::Test {
 protected:
  const Bytes encoded = encode(example::message<M>());
  View body() const { return View(encoded).subspan(message_header_length); }
};

template <class List>
struct TypesOf;
template <class... M>
struct TypesOf<TypeList<M...>> {
  using type = testing::Types<M...>;
};
struct ByName {
  template <class M>
  static std::string GetName(int) {
    return std::string(M::spec.name);
  }
};
TYPED_TEST_SUITE(EveryMessage, TypesOf<HandshakeMessages>::type, ByName);

TYPED_TEST(EveryMessage, HasAHeaderOfTypeAndLength) {
  ASSERT_GE(this->encoded.size(), message_header_length);
  EXPECT_EQ(this->encoded[0], static_cast<std::uint8_t>(TypeParam::type));
  EXPECT_EQ(
      std::size_t{this->encoded[1]} << 16 | std::size_t{this->encoded[2]} << 8 | this->encoded[3],
      this->encoded.size() - message_header_length);
  EXPECT_EQ(spec_of(TypeParam::type).name, TypeParam::spec.name);
}

TYPED_TEST(EveryMessage, IsWrittenAsItWasRead) {
  EXPECT_EQ(wire::hex(encode(decode<TypeParam>(this->encoded))), wire::hex(this->encoded));
}

TYPED_TEST(EveryMessage, TellsFieldsThatCoverItWithoutGaps) {
  FieldTree tree;
  decode<TypeParam>(this->encoded, &tree);
  EXPECT_TRUE(tree.complete());
  std::size_t at = 0;
  for (const wire::Field& field : tree.fields()) {
    if (field.depth != 0) continue;
    EXPECT_EQ(field.begin, at) << field.name;
    at = field.end.value();
  }
  EXPECT_EQ(at, this->encoded.size());
}

TYPED_TEST(EveryMessage, HasFieldsThatLieWithinTheirParents) {
  FieldTree tree;
  decode<TypeParam>(this->encoded, &tree);
  std::vector<const wire::Field*> parents;
  for (const wire::Field& field : tree.fields()) {
    parents.resize(field.depth);
    if (!parents.empty()) {
      EXPECT_GE(field.begin, parents.back()->begin) << field.name;
      EXPECT_LE(field.end, parents.back()->end) << field.name;
    }
    parents.push_back(&field);
  }
}

/// Cut at every byte: refused, or read as a shorter message where the grammar has an optional tail.
TYPED_TEST(EveryMessage, RefusesTruncationAtEveryByte) {
  for (std::size_t size = 0; size < this->body().size(); ++size) {
    const Bytes cut = with_body<TypeParam>(this->body().first(size));
    FieldTree tree;
    try {
      EXPECT_EQ(encode(decode<TypeParam>(cut, &tree)), cut) << "cut to " << size;
      constexpr bool has_tail = requires(TypeParam m) { m.extensions; };
      EXPECT_TRUE(has_tail) << "cut to " << size;
      EXPECT_TRUE(tree.complete());
    } catch (const ProtocolError& error) {
      EXPECT_EQ(error.alert, AlertDescription::decode_error) << error.what();
      EXPECT_EQ(error.message, TypeParam::spec.name);
      EXPECT_EQ(error.section, TypeParam::spec.section);
      EXPECT_FALSE(error.field.empty());
      ASSERT_TRUE(error.offset);
      EXPECT_LE(*error.offset, cut.size());
      EXPECT_FALSE(tree.complete());
    }
  }
}

TYPED_TEST(EveryMessage, RefusesATrailingByteWithItsOffset) {
  Bytes longer = wire::copy(this->body());
  longer.push_back(0);
  const Bytes bytes = with_body<TypeParam>(longer);
  const ProtocolError error = refusal_of([&] { decode<TypeParam>(bytes); });
  EXPECT_EQ(error.alert, AlertDescription::decode_error);
  EXPECT_EQ(error.message, TypeParam::spec.name);
  EXPECT_EQ(error.offset, this->encoded.size());
}

/// Whatever the bytes are, a message is read or refused; what is read is written back alike.
TYPED_TEST(EveryMessage, BearsEveryValueOfEveryByte) {
  for (std::size_t at = message_header_length; at < this->encoded.size(); ++at)
    for (unsigned value = 0; value < 256; ++value) {
      Bytes bytes = this->encoded;
      bytes[at] = static_cast<std::uint8_t>(value);
      try {
        EXPECT_EQ(encode(decode<TypeParam>(bytes)), bytes);
      } catch (const ProtocolError& error) {
        EXPECT_TRUE(error.offset) << error.what();
      }
    }
}

TEST(HelloRequest, IsEmpty) {
  EXPECT_EQ(encode(HelloRequest{}), Bytes(4));
  const ProtocolError error = refusal_of([] { decode<HelloRequest>(Bytes{0, 0, 0, 1, 9}); });
  EXPECT_EQ(error.alert, AlertDescription::decode_error);
  EXPECT_EQ(error.message, "HelloRequest");
}

TEST(ClientHello, NeedNotHaveExtensions) {
  ClientHello hello = example::message<ClientHello>();
  hello.extensions.reset();
  EXPECT_FALSE(decode<ClientHello>(encode(hello)).extensions);
  hello.extensions.emplace();  // present and empty is something else
  EXPECT_TRUE(decode<ClientHello>(encode(hello)).extensions);
}

TEST(ClientHello, RefusesOddCipherSuitesLength) {
  Bytes bytes = encode(example::message<ClientHello>());
  const std::size_t at = *offset_of({HandshakeType::client_hello, bytes}, "cipher_suites");
  bytes[at + 1] = 3;
  const ProtocolError error = refusal_of([&] { decode<ClientHello>(bytes); });
  EXPECT_EQ(error.alert, AlertDescription::decode_error);
  EXPECT_EQ(error.field, "cipher_suites");
}

TEST(ClientHello, RefusesASessionIdOfMoreThan32Bytes) {
  Bytes bytes = encode(example::message<ClientHello>());
  const std::size_t at = *offset_of({HandshakeType::client_hello, bytes}, "session_id");
  bytes[at] = 33;
  const ProtocolError error = refusal_of([&] { decode<ClientHello>(bytes); });
  EXPECT_EQ(error.field, "session_id");
  EXPECT_EQ(error.offset, at);
}

TEST(ServerKeyExchange, RefusesExplicitCurves) {
  for (const std::uint8_t curve_type : Bytes{1, 2, 0, 4}) {
    Bytes bytes = encode(example::message<ServerKeyExchange>());
    bytes[4] = curve_type;
    const ProtocolError error = refusal_of([&] { decode<ServerKeyExchange>(bytes); });
    EXPECT_EQ(error.alert, AlertDescription::illegal_parameter);
    EXPECT_EQ(error.message, "ServerKeyExchange");
    EXPECT_EQ(error.field, "curve_type");
  }
}

TEST(ServerKeyExchange, KeepsTheBytesThatAreSigned) {
  const auto message = example::message<ServerKeyExchange>();
  EXPECT_EQ(decode<ServerKeyExchange>(encode(message)).params_bytes, message.params_bytes);
}

TEST(CertificateRequest, ShowsWhatItsNamesSay) {
  auto request = example::message<CertificateRequest>();
  request.certificate_authorities = {{*wire::unhex("300f310d300b06035504030c0474657374")}};
  FieldTree tree;
  const Bytes bytes = encode(request);
  decode<CertificateRequest>(bytes, &tree);
  ASSERT_NE(tree.find("value"), nullptr);
  EXPECT_EQ(tree.find("value")->text, "CN=test");
  EXPECT_EQ(tree.find("value")->end, bytes.size());
}

TEST(CertificateRequest, RefusesNoSignatureAlgorithms) {
  const Bytes body{1, 1, 0, 0, 0, 0};
  const ProtocolError error =
      refusal_of([&] { decode<CertificateRequest>(with_body<CertificateRequest>(body)); });
  EXPECT_EQ(error.alert, AlertDescription::decode_error);
  EXPECT_EQ(error.field, "supported_signature_algorithms");
}

TEST(Certificate, RefusesAnEmptyAsn1Cert) {
  const Bytes body{0, 0, 3, 0, 0, 0};
  const ProtocolError error =
      refusal_of([&] { decode<Certificate>(with_body<Certificate>(body)); });
  EXPECT_EQ(error.alert, AlertDescription::decode_error);
  EXPECT_EQ(error.field, "ASN.1Cert");
  EXPECT_EQ(error.offset, 7U);
}

// What is wrong inside one certificate does not blur where the certificates lie.
TEST(Certificate, ShowsWhereItsFieldsEndThoughACertificateIsMalformed) {
  const Bytes bytes = encode(Certificate{{{Bytes{0x30, 5, 1}}, {Bytes{0x30, 0}}}});
  FieldTree tree;
  decode<Certificate>(bytes, &tree);  // judged later; here only shown
  EXPECT_EQ(tree.find("certificate_list")->end, bytes.size());
  EXPECT_EQ(tree.find("certificate")->end, 13U);
  EXPECT_EQ(tree.find("ASN.1Cert")->end, 13U);
}

}  // namespace
}  // namespace glasstls::handshake
