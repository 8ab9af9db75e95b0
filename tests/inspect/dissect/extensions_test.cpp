// Every extension that is taken apart, in both hellos.
#include <gtest/gtest.h>

#include "inspect/dissect/dissect.h"
#include "tests/inspect/dissect/shown.h"

namespace glasstls::inspect {
namespace {

struct Case {
  unsigned type;
  std::string hex;
  std::string expected;
};

void expect_shown(const Bytes& message, const Case& example) {
  const Dissection dissection = dissect_handshake(message, {});
  EXPECT_FALSE(dissection.error) << example.type << ": " << dissection.error->reason;
  EXPECT_TRUE(dissection.fields.complete()) << example.type;
  EXPECT_EQ(test::shown_in(dissection.fields, "extension_data"), example.expected) << example.type;
  EXPECT_EQ(test::uncovered(dissection.fields, message.size()), std::vector<std::size_t>{})
      << example.type;
}

const std::string hash_20(40, '5');
const std::string hash_32(64, '7');
// CN=CA
const std::string name_in_der = "300d310b300906035504030c024341";
const std::string name_shown =
    "Name{RelativeDistinguishedName{AttributeTypeAndValue{type=\"commonName\" value=\"CN=CA\"}}}";

// clang-format off
const Case in_client_hellos[] = {
    {0, "000800000568656c6c6f", "server_name_list{server_name{name_type=0:host_name host_name=\"hello\"}}"},
    {1, "02", "MaxFragmentLength=2:2^10"},
    {2, "", ""},
    {3, "00180001" + hash_20 + "0000", "trusted_authorities_list{TrustedAuthority{identifier_type=0:pre_agreed} TrustedAuthority{identifier_type=1:key_sha1_hash SHA1Hash[20]} TrustedAuthority{identifier_type=0:pre_agreed} TrustedAuthority{identifier_type=0:pre_agreed}}"},
    {4, "", ""},
    {5, "01000400020102" "0002abcd", "status_type=1:ocsp responder_id_list{responder_id{ResponderID[2]}} request_extensions[2]"},
    {5, "09010203", "status_type=9 request[3]"},
    {9, "020100", "certificate_types{certificate_types=1:OpenPGP_RESERVED certificate_types=0:X509}"},
    {10, "0004001d11ec", "named_group_list{named_group_list=29:x25519 named_group_list=4588:X25519MLKEM768}"},
    {11, "020001", "ec_point_format_list{ec_point_format_list=0:uncompressed ec_point_format_list=1:ansiX962_compressed_prime}"},
    {12, "05616c696365", "srp_I=\"alice\""},
    {13, "000404030202", "supported_signature_algorithms{supported_signature_algorithms=1027:ecdsa_secp256r1_sha256 supported_signature_algorithms=514:sha1_dsa}"},
    {14, "000400010007" "02abcd", "SRTPProtectionProfiles{SRTPProtectionProfiles=1:SRTP_AES128_CM_HMAC_SHA1_80 SRTPProtectionProfiles=7:SRTP_AEAD_AES_128_GCM} srtp_mki[2]"},
    {15, "01", "mode=1:peer_allowed_to_send"},
    {16, "0003026832", "protocol_name_list{protocol_name{ProtocolName=\"h2\"}}"},
    {17, "000e0200040000000001000400000000", "certificate_status_req_list{CertificateStatusRequestItemV2{status_type=2:ocsp_multi request{responder_id_list[0] request_extensions[0]}} CertificateStatusRequestItemV2{status_type=1:ocsp request{responder_id_list[0] request_extensions[0]}}}"},
    {18, "", ""},
    {19, "0202" "00", "certificate_types{certificate_types=2:RawPublicKey certificate_types=0:X509}"},
    {20, "0102", "certificate_types{certificate_types=2:RawPublicKey}"},
    {21, "000000", "padding[3]"},
    {22, "", ""},
    {23, "", ""},
    {24, "01000102", "token_binding_version{major=1 minor=0} key_parameters_list{key_parameters_list=2:ecdsap256}"},
    {25, "00050103aabbcc", "cached_info{CachedObject{type=1:cert hash_value[3]}}"},
    {27, "0400020001", "algorithms{algorithms=2:brotli algorithms=1:zlib}"},
    {28, "4001", "RecordSizeLimit=16385"},
    {34, "00020807", "supported_signature_algorithms{supported_signature_algorithms=2055:ed25519}"},
    {35, "abcdef", "ticket[3]"},
    {41, "000a0004aabbccdd00000102" "0021" "20" + hash_32, "identities{PskIdentity{identity[4] obfuscated_ticket_age=258}} binders{binder{PskBinderEntry[32]}}"},
    {42, "", ""},
    {43, "067a7a03047f1c", "versions{versions=31354:GREASE versions=772:TLS 1.3 versions=32540:TLS 1.3 draft 28}"},
    {44, "0002abcd", "cookie[2]"},
    {45, "020100", "ke_modes{ke_modes=1:psk_dhe_ke ke_modes=0:psk_ke}"},
    {47, "0011000f" + name_in_der, "authorities{distinguished_name{DistinguishedName{" + name_shown + "}}}"},
    {49, "", ""},
    {50, "00020804", "supported_signature_algorithms{supported_signature_algorithms=2052:rsa_pss_rsae_sha256}"},
    {51, "000b" "1a1a000100" "001d0002abcd", "client_shares{KeyShareEntry{group=6682:GREASE key_exchange[1]} KeyShareEntry{group=29:x25519 key_exchange[2]}}"},
    {54, "02abcd", "cid[2]"},
    {57, "0102" "4710" "0f00" "7fff" "01" "aa", "TransportParameter{id=1:max_idle_timeout length=2 value[2]} TransportParameter{id=15:initial_source_connection_id length=0 value[0]} TransportParameter{id=16383 length=1 value[1]}"},
    {58, "0102", "new_session_count=1 resumption_count=2"},
    {13172, "", ""},
    {17513, "0003026832", "supported_protocols{protocol_name{ProtocolName=\"h2\"}}"},
    {17613, "0003026832", "supported_protocols{protocol_name{ProtocolName=\"h2\"}}"},
    {30032, "", ""},
    {0xfe0d, "00000100012a0002abcd0003010203", "type=0:outer cipher_suite{kdf_id=1:HKDF-SHA256 aead_id=1:AES-128-GCM} config_id=42 enc[2] payload[3]"},
    {0xfe0d, "01", "type=1:inner"},
    {0xffce, "1301001d0002abcd0001ff0002eeee", "suite=4865:TLS_AES_128_GCM_SHA256 key_share{group=29:x25519 key_exchange[2]} record_digest[1] encrypted_sni[2]"},
    {0xca34, "00050201020101", "TrustAnchorIDList{trust_anchor{TrustAnchorID[2]} trust_anchor{TrustAnchorID[1]}}"},
    {0xff01, "02abcd", "renegotiated_connection[2]"},
    {0x1a1a, "00", "data[1]"},
    {63, "0102", "data[2]"},
};

const Case in_server_hellos[] = {
    {0, "", ""},
    {1, "01", "MaxFragmentLength=1:2^9"},
    {5, "", ""},
    {9, "01", "certificate_type=1:OpenPGP_RESERVED"},
    {11, "0100", "ec_point_format_list{ec_point_format_list=0:uncompressed}"},
    {14, "0002000100", "SRTPProtectionProfiles{SRTPProtectionProfiles=1:SRTP_AES128_CM_HMAC_SHA1_80} srtp_mki[0]"},
    {15, "02", "mode=2:peer_not_allowed_to_send"},
    {16, "0003026832", "protocol_name_list{protocol_name{ProtocolName=\"h2\"}}"},
    {17, "", ""},
    {18, "003500" "33" "00" + hash_32 + "0000018000000000" "0000" "0403" "0004" "30020500", "sct_list{SignedCertificateTimestamp{SerializedSCT{sct_version=0:v1 log_id[32] timestamp=1649267441664 extensions[0] signature{algorithm=1027:ecdsa_secp256r1_sha256 signature[4]}}}}"},
    {18, "0005000309abcd", "sct_list{SignedCertificateTimestamp{SerializedSCT{sct_version=9 sct[2]}}}"},
    {19, "02", "certificate_type=2:RawPublicKey"},
    {20, "00", "certificate_type=0:X509"},
    {22, "", ""},
    {23, "", ""},
    {24, "01000102", "token_binding_version{major=1 minor=0} key_parameters_list{key_parameters_list=2:ecdsap256}"},
    {28, "4001", "RecordSizeLimit=16385"},
    {35, "", ""},
    {41, "0001", "selected_identity=1"},
    {43, "0304", "selected_version=772:TLS 1.3"},
    {51, "001d0002abcd", "server_share{group=29:x25519 key_exchange[2]}"},
    {13172, "02683208687474702f312e31", "protocol_name{ProtocolName=\"h2\"} protocol_name{ProtocolName=\"http/1.1\"}"},
    {0xff01, "02abcd", "renegotiated_connection[2]"},
    {63, "0102", "data[2]"},
};
// clang-format on

TEST(DissectExtensions, TakesEachOneOfAClientHelloApart) {
  for (const Case& example : in_client_hellos)
    expect_shown(test::client_hello_with(example.type, example.hex), example);
}

TEST(DissectExtensions, TakesEachOneOfAServerHelloApart) {
  for (const Case& example : in_server_hellos)
    expect_shown(test::server_hello_with(example.type, example.hex), example);
}

TEST(DissectExtensions, RefusesEachOneThatIsCutOrTooLong) {
  for (const Case& example : in_client_hellos) {
    if (test::shown_in(
            dissect_handshake(test::client_hello_with(example.type, example.hex), {}).fields,
            "extension_data")
            .starts_with("data"))
      continue;  // bytes that are not taken apart
    const Dissection longer =
        dissect_handshake(test::client_hello_with(example.type, example.hex + "00"), {});
    const bool takes_all = example.type == 21 || example.type == 35;
    const bool ends_with_rest = takes_all || (example.type == 5 && example.hex.starts_with("09"));
    EXPECT_EQ(longer.error.has_value(), !ends_with_rest) << example.type;
    if (example.hex.empty() || ends_with_rest) continue;
    const Dissection cut = dissect_handshake(
        test::client_hello_with(example.type, example.hex.substr(0, example.hex.size() - 2)), {});
    EXPECT_TRUE(cut.error) << example.type;
    EXPECT_EQ(cut.error->alert, AlertDescription::decode_error);
  }
}

TEST(DissectExtensions, ShowsWhatIsForbiddenButReadable) {
  const Bytes message = test::client_hello_with(28, "0001");
  const Dissection dissection = dissect_handshake(message, {});
  ASSERT_TRUE(dissection.error);
  EXPECT_EQ(dissection.error->alert, AlertDescription::illegal_parameter);
  EXPECT_EQ(dissection.error->field, "RecordSizeLimit");
  EXPECT_EQ(dissection.error->section, "RFC 8449, 4");
  EXPECT_TRUE(dissection.fields.complete());
  EXPECT_EQ(test::shown_in(dissection.fields, "extension_data"), "RecordSizeLimit=1");
}

}  // namespace
}  // namespace glasstls::inspect
