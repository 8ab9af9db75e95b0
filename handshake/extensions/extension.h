// Extension: a type and its body. RFC 5246, 7.4.1.4.
//
// A hello lists the extensions that it may carry; known ones are decoded with the hello, so that a
// malformed one is refused with its offset, and the others are kept as bytes.
#pragma once

#include <algorithm>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "handshake/registry.h"
#include "wire/bounds.h"
#include "wire/bytes.h"
#include "wire/error.h"

namespace glasstls::handshake {

/// An extension that is not among the known ones of its hello.
struct UnknownExtension {
  ExtensionType type{};
  Bytes data;

  static void fields(auto& ar, auto& self) { ar.rest("data", self.data); }
};

template <class... Known>
struct ExtensionOf {
  static constexpr std::string_view item_name = "extension";

  std::variant<UnknownExtension, Known...> body;

  ExtensionType type() const {
    return std::visit(
        [](const auto& held) {
          using Held = std::remove_cvref_t<decltype(held)>;
          if constexpr (std::is_same_v<Held, UnknownExtension>)
            return held.type;
          else
            return Held::type;
        },
        body);
  }

  /// Becomes an empty extension of that type.
  void become(ExtensionType type) {
    body = UnknownExtension{type, {}};
    ((Known::type == type ? void(body.template emplace<Known>()) : void()), ...);
  }

  static void fields(auto& ar, auto& self) {
    ExtensionType type = self.type();
    ar.field("extension_type", type);
    if constexpr (!std::is_const_v<std::remove_reference_t<decltype(self)>>) self.become(type);
    ar.block("extension_data", within<0, 0xffff>, [&](auto& data) {
      std::visit([&](auto& held) { std::remove_cvref_t<decltype(held)>::fields(data, held); },
                 self.body);
    });
  }
};

/// `Extension extensions<0..2^16-1>`, in the order in which they came.
template <class AnExtension>
struct ExtensionList {
  std::vector<AnExtension> list;

  /// The body of an extension, or nullptr if the list lacks it.
  template <class Body>
  const Body* find() const {
    for (const AnExtension& extension : list)
      if (const Body* body = std::get_if<Body>(&extension.body)) return body;
    return nullptr;
  }

  bool has(ExtensionType type) const {
    return std::any_of(list.begin(), list.end(),
                       [type](const auto& e) { return e.type() == type; });
  }

  template <class Body>
  void add(Body body) {
    AnExtension& added = list.emplace_back();
    added.body = std::move(body);
  }

  static void fields(auto& ar, auto& self) {
    ar.vector("extensions", self.list, within<0, 0xffff>);
    ar.expect(!self.has_duplicates(), AlertDescription::decode_error, "extensions",
              "an extension type occurs twice", "RFC 5246, 7.4.1.4");
  }

  bool has_duplicates() const {
    std::vector<ExtensionType> types;
    types.reserve(list.size());
    for (const AnExtension& extension : list) types.push_back(extension.type());
    std::sort(types.begin(), types.end());
    return std::adjacent_find(types.begin(), types.end()) != types.end();
  }
};

}  // namespace glasstls::handshake
