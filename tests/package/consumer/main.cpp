// A user's program: headers as users write them, one function of the library, the version.
#include <cstdio>
#include <glasstls/version.h>
#include <glasstls/wire/bytes.h>
#include <glasstls/wire/version.h>
#include <string>

int main() {
  const std::string name(glasstls::wire::name_of(glasstls::ProtocolVersion::tls12));
  std::printf("GlassTLS %s speaks %s\n", GLASSTLS_VERSION, name.c_str());
  return name == "TLS 1.2" ? 0 : 1;
}
