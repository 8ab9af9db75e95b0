// ec_point_formats: how points may be written. uncompressed must be among them. RFC 8422, 5.1.2.
#pragma once

#include <algorithm>
#include <vector>

#include "handshake/registry.h"
#include "wire/bounds.h"
#include "wire/error.h"

namespace glasstls::handshake {

/// In either hello.
struct ECPointFormats {
  static constexpr ExtensionType type = ExtensionType::ec_point_formats;
  static constexpr Spec spec{"ec_point_formats", "RFC 8422, 5.1.2"};

  std::vector<ECPointFormat> ec_point_format_list;

  bool has_uncompressed() const {
    return std::find(ec_point_format_list.begin(), ec_point_format_list.end(),
                     ECPointFormat::uncompressed) != ec_point_format_list.end();
  }

  static void fields(auto& ar, auto& self) {
    ar.vector("ec_point_format_list", self.ec_point_format_list, within<1, 0xff>);
  }
};

}  // namespace glasstls::handshake
