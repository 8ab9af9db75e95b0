#include <gtest/gtest.h>
#include <set>
#include <utility>
#include <variant>

#include "handshake/codec.h"
#include "handshake/extensions/extension.h"
#include "handshake/messages.h"
#include "tests/handshake/examples.h"
#include "tests/support/refusal.h"

namespace glasstls::handshake {
namespace {

using test::refusal_of;

/// The extensions of a hello, from the bytes of the list without its length.
template <class List>
List read(View extensions, FieldSink* sink = nullptr) {
  Bytes bytes;
  wire::Writer(bytes).opaque("extensions", wire::copy(extensions), within<0, 0xffff>);
  wire::Reader reader(bytes, {"hello", ""}, sink);
  List list;
  List::fields(reader, list);
  reader.expect_done("hello");
  return list;
}

template <class List>
ProtocolError refusal(View extensions) {
  return refusal_of([&] { read<List>(extensions); });
}

/// How many kinds of extension a list holds, unknown ones being one, and how many it may hold.
template <class List>
std::pair<std::size_t, std::size_t> kinds_in(const List& extensions) {
  std::set<std::size_t> kinds;
  for (const auto& extension : extensions.list) kinds.insert(extension.body.index());
  using Body = std::remove_cvref_t<decltype(extensions.list[0].body)>;
  return {kinds.size(), std::variant_size_v<Body>};
}

// Whatever reads and writes the examples does so with every extension that we know.
TEST(Extensions, AreAllInTheExamples) {
  const auto client = kinds_in(*example::message<ClientHello>().extensions);
  EXPECT_EQ(client.first, client.second);
  const auto server = kinds_in(*example::message<ServerHello>().extensions);
  EXPECT_EQ(server.first, server.second);
}

TEST(Extensions, AreFoundByTypeAndByBody) {
  const auto hello = example::message<ClientHello>();
  EXPECT_TRUE(hello.extensions->has(ExtensionType::supported_groups));
  EXPECT_TRUE(hello.extensions->has(ExtensionType{0x7a7a}));
  EXPECT_FALSE(hello.extensions->has(ExtensionType{0x7b7b}));
  ASSERT_NE(hello.extensions->find<SupportedGroups>(), nullptr);
  EXPECT_EQ(hello.extensions->find<SupportedGroups>()->named_group_list.size(), 2U);
  EXPECT_EQ(ClientExtensions{}.find<SupportedGroups>(), nullptr);
}

TEST(Extensions, KeepUnknownOnesAsBytesInTheirPlace) {
  const auto list = read<ClientExtensions>(Bytes{0x7a, 0x7a, 0, 2, 8, 9, 0, 23, 0, 0});
  ASSERT_EQ(list.list.size(), 2U);
  const auto* unknown = std::get_if<UnknownExtension>(&list.list[0].body);
  ASSERT_NE(unknown, nullptr);
  EXPECT_EQ(unknown->type, ExtensionType{0x7a7a});
  EXPECT_EQ(unknown->data, (Bytes{8, 9}));
  EXPECT_EQ(list.list[1].type(), ExtensionType::extended_master_secret);
}

TEST(Extensions, RefuseDuplicatesOfKnownAndOfUnknownTypes) {
  for (const Bytes& bytes :
       {Bytes{0, 23, 0, 0, 0, 23, 0, 0}, Bytes{0x7a, 0x7a, 0, 0, 0, 23, 0, 0, 0x7a, 0x7a, 0, 0}}) {
    const ProtocolError error = refusal<ServerExtensions>(bytes);
    EXPECT_EQ(error.alert, AlertDescription::decode_error);
    EXPECT_EQ(error.field, "extensions");
    EXPECT_EQ(error.section, "RFC 5246, 7.4.1.4");
  }
}

TEST(Extensions, RefuseABodyThatIsLongerThanItsFields) {
  const ProtocolError error = refusal<ServerExtensions>(Bytes{0, 23, 0, 1, 9});
  EXPECT_EQ(error.alert, AlertDescription::decode_error);
  EXPECT_EQ(error.offset, 6U);  // after the list's length
}

TEST(Extensions, RefuseABodyThatIsShorterThanItsFields) {
  const ProtocolError error = refusal<ServerExtensions>(Bytes{0xff, 0x01, 0, 1, 5});
  EXPECT_EQ(error.alert, AlertDescription::decode_error);
  EXPECT_EQ(error.field, "renegotiated_connection");
}

TEST(Extensions, RefuseALengthThatRunsOverTheList) {
  EXPECT_EQ(refusal<ServerExtensions>(Bytes{0, 35, 0, 5, 1}).alert, AlertDescription::decode_error);
  EXPECT_EQ(refusal<ServerExtensions>(Bytes{0, 35, 0}).alert, AlertDescription::decode_error);
  EXPECT_EQ(refusal<ServerExtensions>(Bytes{0}).alert, AlertDescription::decode_error);
}

TEST(ServerName, IsEmptyInTheServersHello) {
  EXPECT_NO_THROW(read<ServerExtensions>(Bytes{0, 0, 0, 0}));
  EXPECT_EQ(refusal<ServerExtensions>(Bytes{0, 0, 0, 1, 0}).alert, AlertDescription::decode_error);
}

TEST(ServerName, RefusesAnEmptyListAndAnEmptyName) {
  EXPECT_EQ(refusal<ClientExtensions>(Bytes{0, 0, 0, 2, 0, 0}).field, "server_name_list");
  EXPECT_EQ(refusal<ClientExtensions>(Bytes{0, 0, 0, 5, 0, 3, 0, 0, 0}).field, "host_name");
}

TEST(ServerName, ShowsTheNameAsText) {
  FieldTree tree;
  read<ClientExtensions>(Bytes{0, 0, 0, 8, 0, 6, 0, 0, 3, 'a', '.', 'b'}, &tree);
  EXPECT_EQ(tree.find("host_name")->text, "a.b");
  EXPECT_EQ(tree.find("extension_type")->text, "server_name");
}

TEST(SupportedGroups, RefusesNoneAndAnOddLength) {
  EXPECT_EQ(refusal<ClientExtensions>(Bytes{0, 10, 0, 2, 0, 0}).field, "named_group_list");
  EXPECT_EQ(refusal<ClientExtensions>(Bytes{0, 10, 0, 5, 0, 3, 0, 29, 0}).field,
            "named_group_list");
}

TEST(SignatureAlgorithms, RefusesNoneAndAnOddLength) {
  EXPECT_EQ(refusal<ClientExtensions>(Bytes{0, 13, 0, 2, 0, 0}).field,
            "supported_signature_algorithms");
  EXPECT_EQ(refusal<ClientExtensions>(Bytes{0, 13, 0, 5, 0, 3, 4, 1, 4}).field,
            "supported_signature_algorithms");
}

TEST(ECPointFormats, RefusesNoneAndKnowsUncompressed) {
  EXPECT_EQ(refusal<ServerExtensions>(Bytes{0, 11, 0, 1, 0}).field, "ec_point_format_list");
  EXPECT_TRUE(read<ServerExtensions>(Bytes{0, 11, 0, 3, 2, 1, 0})
                  .find<ECPointFormats>()
                  ->has_uncompressed());
  EXPECT_FALSE(read<ServerExtensions>(Bytes{0, 11, 0, 3, 2, 1, 2})
                   .find<ECPointFormats>()
                   ->has_uncompressed());
}

TEST(ExtendedMasterSecret, IsEmpty) {
  EXPECT_NO_THROW(read<ClientExtensions>(Bytes{0, 23, 0, 0}));
  EXPECT_EQ(refusal<ClientExtensions>(Bytes{0, 23, 0, 1, 0}).alert, AlertDescription::decode_error);
}

TEST(RenegotiationInfo, CarriesBytesWithALength) {
  const auto list = read<ClientExtensions>(Bytes{0xff, 1, 0, 3, 2, 8, 9});
  EXPECT_EQ(list.find<RenegotiationInfo>()->renegotiated_connection, (Bytes{8, 9}));
  EXPECT_EQ(refusal<ClientExtensions>(Bytes{0xff, 1, 0, 0}).field, "renegotiated_connection");
}

}  // namespace
}  // namespace glasstls::handshake
