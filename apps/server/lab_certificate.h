// The lab certificate of a server that was given none.
#pragma once

#include <asio.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "apps/cert/lab.h"
#include "apps/server/serving.h"
#include "apps/server/temporary_folder.h"

namespace glasstls::apps {

/// The files of a lab, as `glasstls cert lab` makes them: in a folder that the user named, where they
/// stay and are used again, or in one that goes away with this object.
class LabCertificate {
 public:
  enum class Kind : std::uint8_t {
    fresh,      // keys that nobody else has
    published,  // those of seeded_lab.h, for a run with a seed
  };

  /// `folder` may be empty. `address` gets into a fresh certificate if it is one address.
  /// CommandError (usage) if the files cannot be made, or some of them but not all are there.
  LabCertificate(const std::string& folder, const asio::ip::address& address,
                 Kind kind = Kind::fresh);

  std::string ca() const { return file("ca-cert.pem"); }
  std::string certificate() const { return file("server-chain.pem"); }
  std::string key() const { return file("server-key.pem"); }

  /// Where the CA lies, and how to connect: whole lines.
  std::string how_to_connect(const asio::ip::tcp::endpoint& address, Speech speech,
                             bool wants_client_certificate) const;

 private:
  void make(const asio::ip::address& address);
  std::string origin() const;
  void use_what_is_there(const asio::ip::address& address);
  std::string file(std::string_view name) const { return lab_.file(name); }

  std::optional<TemporaryFolder> temporary_;
  LabSpec lab_;
  Kind kind_;
  bool made_ = false;
  std::string name_;  // that clients have to ask for; empty: our address will do
};

}  // namespace glasstls::apps
