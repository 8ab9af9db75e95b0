#include "inspect/dissect/dissect.h"

#include <algorithm>
#include <gtest/gtest.h>

#include "handshake/codec.h"
#include "handshake/messages.h"
#include "tests/inspect/dissect/conversation.h"
#include "tests/inspect/dissect/shown.h"

namespace glasstls::inspect {
namespace {

using test::Utterance;

/// Name, number and range of each field.
std::vector<std::string> ranges(const FieldTree& tree) {
  std::vector<std::string> lines;
  for (const wire::Field& field : tree.fields())
    lines.push_back(std::string(field.depth, ' ') + std::string(field.name) + " " +
                    std::to_string(field.begin) + " " + std::to_string(field.content) + " " +
                    std::to_string(field.end.value_or(0)) + " " + field.text);
  return lines;
}

TEST(Dissect, ReadsEverythingThatRealPeersSay) {
  const auto all = test::everything_said();
  EXPECT_GE(all.size(), 130U);
  for (const Utterance& said : all) {
    const Dissection dissection = dissect_handshake(said.message, said.context);
    EXPECT_FALSE(dissection.error)
        << dissection.name << ": " << dissection.error->reason << " @" << dissection.error->offset;
    EXPECT_TRUE(dissection.fields.complete()) << dissection.name;
    EXPECT_FALSE(dissection.section.empty());
    EXPECT_EQ(test::uncovered(dissection.fields, said.message.size()), std::vector<std::size_t>{})
        << dissection.name;
  }
}

TEST(Dissect, LeavesNoExtensionOfRealPeersAsBytes) {
  for (const Utterance& said : test::everything_said()) {
    const FieldTree fields = dissect_handshake(said.message, said.context).fields;
    std::string extension;
    for (const wire::Field& field : fields.fields()) {
      if (field.name == "extension_type") extension = field.text;
      if (field.name == "data") {
        EXPECT_EQ(extension, "GREASE") << test::shown(fields);
      }
    }
  }
}

// What the protocol code tells an observer of a connection is what a capture of it shows.
TEST(Dissect, TellsTheSameFieldsAsTheProtocolCode) {
  int compared = 0;
  for (const std::string_view name : {"aes_256_gcm_x25519", "chacha20_poly1305_secp256r1",
                                      "mutual_with_ticket", "resumed_by_ticket"})
    for (const Utterance& said : test::golden_conversation(name)) {
      const auto type = static_cast<handshake::HandshakeType>(said.message[0]);
      // Taken apart here, and not there.
      if (test::shown(dissect_handshake(said.message, said.context).fields).find("sct_list") !=
          std::string::npos)
        continue;
      FieldTree expected;
      std::string_view expected_name;
      handshake::for_each_type(handshake::HandshakeMessages{}, [&]<class M>() {
        if (M::type != type) return;
        static_cast<void>(handshake::decode<M>(said.message, &expected));
        expected_name = M::spec.name;
      });
      const Dissection dissection = dissect_handshake(said.message, said.context);
      EXPECT_EQ(dissection.name, expected_name);
      EXPECT_EQ(ranges(dissection.fields), ranges(expected)) << dissection.name;
      ++compared;
    }
  EXPECT_GT(compared, 15);
}

TEST(Dissect, KnowsAHelloRetryRequestByItsRandom) {
  const auto all = test::conversation("retry");
  const Utterance& retry = test::message_in(all, Side::server, 2);
  const Dissection dissection = dissect_handshake(retry.message, retry.context);
  EXPECT_EQ(dissection.name, "HelloRetryRequest");
  EXPECT_EQ(dissection.section, "RFC 8446, 4.1.4");
  EXPECT_EQ(dissection.fields.find("selected_group")->text, "secp256r1");
  EXPECT_EQ(dissection.fields.find("selected_version")->text, "TLS 1.3");
  const auto other = test::conversation("curl");
  EXPECT_EQ(dissect_handshake(test::message_in(other, Side::server, 2).message, {}).name,
            "ServerHello");
}

TEST(Dissect, NamesMessagesThatItKeepsAsOneField) {
  const auto dissect = [](unsigned type) {
    return dissect_handshake(test::message_of(type, "010203"), {});
  };
  EXPECT_EQ(dissect(8).name, "EncryptedExtensions");
  EXPECT_EQ(dissect(24).name, "KeyUpdate");
  EXPECT_EQ(dissect(25).name, "CompressedCertificate");
  EXPECT_EQ(dissect(99).name, "unknown handshake message");
  EXPECT_EQ(test::shown(dissect(99).fields), "msg_type=99 length=3 body[3]");
  EXPECT_FALSE(dissect(99).error);
}

TEST(Dissect, KeepsMessagesOfTls13AsOneFieldExceptHellos) {
  DissectContext context;
  context.version = ProtocolVersion::tls13;
  const Dissection certificate = dissect_handshake(test::message_of(11, "000000"), context);
  EXPECT_EQ(certificate.name, "Certificate");
  EXPECT_EQ(certificate.section, "RFC 8446, 4.4.2");
  EXPECT_EQ(test::shown(certificate.fields), "msg_type=11:certificate length=3 body[3]");
  const auto all = test::conversation("curl");
  const Dissection hello = dissect_handshake(all[0].message, context);
  EXPECT_EQ(hello.name, "ClientHello");
  EXPECT_NE(hello.fields.find("cipher_suites"), nullptr);
}

// clang-format off
TEST(Dissect, ReadsMessagesOfExtensions) {
  const std::string hash(40, 'c');
  const auto shown = [](unsigned type, const std::string& body) {
    const Dissection dissection = dissect_handshake(test::message_of(type, body), {});
    EXPECT_FALSE(dissection.error);
    return dissection.name + " " + test::shown(dissection.fields);
  };
  EXPECT_EQ(shown(21, "01" "0018" "0001" "61" "01" + hash),
            "CertificateURL msg_type=21:certificate_url length=27 type=1:pkipath url_and_hash_list{URLAndHash{url=\"a\" padding=1 SHA1Hash[20]}}");
  EXPECT_EQ(shown(22, "01" "000003" "aabbcc"),
            "CertificateStatus msg_type=22:certificate_status length=7 status_type=1:ocsp response[3]");
  EXPECT_EQ(shown(22, "02" "000007" "000001" "aa" "000000"),
            "CertificateStatus msg_type=22:certificate_status length=11 status_type=2:ocsp_multi ocsp_response_list{ocsp_response{OCSPResponse[1]} ocsp_response{OCSPResponse[0]}}");
  EXPECT_EQ(shown(23, "000005" "0102" "0001" "aa"),
            "SupplementalData msg_type=23:supplemental_data length=8 supp_data{SupplementalDataEntry{supp_data_type=258 data[1]}}");
  EXPECT_EQ(shown(67, "026832" "0100"),
            "NextProtocol msg_type=67:next_protocol length=5 selected_protocol=\"h2\" padding[1]");
  EXPECT_EQ(shown(0, ""), "HelloRequest msg_type=0:hello_request length=0");
}
// clang-format on

TEST(Dissect, DoesNotTakeApartWhatIsTooLong) {
  Bytes message(max_dissected_message + 1, 0);
  message[0] = 11;
  const std::size_t length = message.size() - 4;
  for (std::size_t i = 0; i < 3; ++i)
    message[1 + i] = static_cast<std::uint8_t>(length >> (8 * (2 - i)));
  const Dissection dissection = dissect_handshake(message, {});
  EXPECT_FALSE(dissection.error);
  EXPECT_EQ(dissection.name, "Certificate");
  EXPECT_EQ(dissection.fields.fields().size(), 3U);
}

TEST(DissectAlert, ReadsLevelAndDescription) {
  const Dissection alert = dissect_alert(Bytes{2, 116});
  EXPECT_FALSE(alert.error);
  EXPECT_EQ(alert.name, "Alert");
  EXPECT_EQ(test::shown(alert.fields), "level=2:fatal description=116:certificate_required");
}

TEST(DissectAlert, SaysWhatIsWrong) {
  const Dissection level = dissect_alert(Bytes{3, 0});
  ASSERT_TRUE(level.error);
  EXPECT_EQ(level.error->alert, AlertDescription::illegal_parameter);
  EXPECT_TRUE(level.fields.complete());
  EXPECT_EQ(dissect_alert(Bytes{1}).error->offset, 1U);
  EXPECT_EQ(dissect_alert(Bytes{1, 0, 0}).error->offset, 2U);
  EXPECT_TRUE(dissect_alert({}).error);
}

TEST(DissectChangeCipherSpec, ReadsItsOneByte) {
  EXPECT_FALSE(dissect_change_cipher_spec(Bytes{1}).error);
  EXPECT_EQ(test::shown(dissect_change_cipher_spec(Bytes{1}).fields), "type=1");
  EXPECT_EQ(dissect_change_cipher_spec(Bytes{2}).error->alert, AlertDescription::illegal_parameter);
  EXPECT_EQ(dissect_change_cipher_spec(Bytes{1, 1}).error->alert, AlertDescription::decode_error);
  EXPECT_TRUE(dissect_change_cipher_spec({}).error);
}

/// As OpenSSL 0.9.8 and GnuTLS' example say hello.
const Bytes ssl2_hello = wire::unhex(
                             "802e0103010006000000200000390700c0"
                             "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")
                             .value();

TEST(DissectSsl2Hello, TakesItApart) {
  Bytes hello = ssl2_hello;
  hello[1] = static_cast<std::uint8_t>(hello.size() - 2);
  const Dissection dissection = dissect_ssl2_hello(hello);
  EXPECT_FALSE(dissection.error);
  EXPECT_EQ(dissection.name, "V2ClientHello");
  EXPECT_EQ(test::shown(dissection.fields),
            "msg_length=32815 msg_type=1:client_hello version=769:TLS 1.0 cipher_spec_length=6 "
            "session_id_length=0 challenge_length=32 "
            "cipher_specs{V2CipherSpec{V2CipherSpec=57:TLS_DHE_RSA_WITH_AES_256_CBC_SHA} "
            "V2CipherSpec{V2CipherSpec=458944:SSL_CK_DES_192_EDE3_CBC_WITH_MD5}} session_id[0] "
            "challenge[32]");
  EXPECT_TRUE(test::uncovered(dissection.fields, hello.size()).empty());
}

TEST(DissectSsl2Hello, SaysWhatIsWrong) {
  Bytes hello = ssl2_hello;
  hello[2] = 4;
  EXPECT_EQ(dissect_ssl2_hello(hello).error->field, "msg_type");
  hello = ssl2_hello;
  hello[6] = 7;  // not a multiple of three
  EXPECT_EQ(dissect_ssl2_hello(hello).error->field, "V2CipherSpec");
  hello = ssl2_hello;
  hello.push_back(0);
  EXPECT_TRUE(dissect_ssl2_hello(hello).error);
}

}  // namespace
}  // namespace glasstls::inspect
