#include "inspect/dissect/messages/ssl2_hello.h"

#include "crypto/suites.h"

namespace glasstls::inspect::shown {

std::string_view v2_cipher_name(std::uint64_t cipher) {
  if (cipher >> 16 == 0) return name_of(static_cast<crypto::CipherSuite>(cipher));
  switch (cipher) {  // draft-hickman-netscape-ssl-00, 3.2
    case 0x010080: return "SSL_CK_RC4_128_WITH_MD5";
    case 0x020080: return "SSL_CK_RC4_128_EXPORT40_WITH_MD5";
    case 0x030080: return "SSL_CK_RC2_128_CBC_WITH_MD5";
    case 0x040080: return "SSL_CK_RC2_128_CBC_EXPORT40_WITH_MD5";
    case 0x050080: return "SSL_CK_IDEA_128_CBC_WITH_MD5";
    case 0x060040: return "SSL_CK_DES_64_CBC_WITH_MD5";
    case 0x0700c0: return "SSL_CK_DES_192_EDE3_CBC_WITH_MD5";
    case 0x080080: return "SSL_CK_RC4_64_WITH_MD5";
    default: return {};
  }
}

}  // namespace glasstls::inspect::shown
