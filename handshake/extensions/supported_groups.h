// supported_groups: the groups that the client can use, in its order of preference. RFC
// 8422, 5.1.1.
#pragma once

#include <vector>

#include "crypto/groups.h"
#include "handshake/registry.h"
#include "wire/bounds.h"
#include "wire/error.h"

namespace glasstls::handshake {

struct SupportedGroups {
  static constexpr ExtensionType type = ExtensionType::supported_groups;
  static constexpr Spec spec{"supported_groups", "RFC 8422, 5.1.1"};

  std::vector<crypto::NamedGroup> named_group_list;

  static void fields(auto& ar, auto& self) {
    ar.vector("named_group_list", self.named_group_list, within<2, 0xffff>);
  }
};

}  // namespace glasstls::handshake
