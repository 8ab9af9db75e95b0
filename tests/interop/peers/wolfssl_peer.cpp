// wolfSSL as a peer. The arguments are told in matrix/stacks/peer.py.
#include <arpa/inet.h>
#include <array>
#include <cstdio>
#include <exception>
#include <memory>
#include <netinet/in.h>
#include <stdexcept>
#include <string>
#include <sys/socket.h>
#include <unistd.h>
#include <wolfssl/options.h>
#include <wolfssl/ssl.h>
#include <wolfssl/version.h>

namespace {

constexpr const char* none = "-";

template <auto free>
struct Freed {
  template <typename T>
  void operator()(T* value) const {
    free(value);
  }
};
using Side = std::unique_ptr<WOLFSSL_CTX, Freed<wolfSSL_CTX_free>>;
using Ssl = std::unique_ptr<WOLFSSL, Freed<wolfSSL_free>>;
using Session = std::unique_ptr<WOLFSSL_SESSION, Freed<wolfSSL_SESSION_free>>;

void check(bool good, const std::string& what) {
  if (!good) throw std::runtime_error(what);
}

void check(const Ssl& ssl, int result, const char* what) {
  if (result > 0) return;
  std::array<char, 200> text{};
  wolfSSL_ERR_error_string(static_cast<unsigned long>(wolfSSL_get_error(ssl.get(), result)),
                           text.data());
  throw std::runtime_error(std::string(what) + ": " + text.data());
}

class Socket {
 public:
  explicit Socket(int fd) : fd_(fd) { check(fd >= 0, "socket"); }
  ~Socket() { ::close(fd_); }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  int fd() const { return fd_; }

 private:
  int fd_;
};

sockaddr_in loopback(const std::string& port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(std::stoul(port)));
  return address;
}

void trust(const Side& side, const std::string& ca) {
  if (ca == none) return;
  check(wolfSSL_CTX_load_verify_locations(side.get(), ca.c_str(), nullptr) == WOLFSSL_SUCCESS,
        "CA");
  wolfSSL_CTX_set_verify(side.get(), WOLFSSL_VERIFY_PEER | WOLFSSL_VERIFY_FAIL_IF_NO_PEER_CERT,
                         nullptr);
}

void show(const Side& side, const std::string& chain, const std::string& key) {
  if (chain == none) return;
  check(wolfSSL_CTX_use_certificate_chain_file(side.get(), chain.c_str()) == WOLFSSL_SUCCESS,
        "chain");
  check(wolfSSL_CTX_use_PrivateKey_file(side.get(), key.c_str(), WOLFSSL_FILETYPE_PEM) ==
            WOLFSSL_SUCCESS,
        "key");
}

Ssl begin(const Side& side, const Socket& socket, std::string protocol) {
  Ssl ssl(wolfSSL_new(side.get()));
  check(ssl != nullptr, "new");
  check(wolfSSL_set_fd(ssl.get(), socket.fd()) == WOLFSSL_SUCCESS, "descriptor");
  if (protocol != none)
    check(wolfSSL_UseALPN(ssl.get(), protocol.data(), static_cast<unsigned>(protocol.size()),
                          WOLFSSL_ALPN_FAILED_ON_MISMATCH) == WOLFSSL_SUCCESS,
          "ALPN");
  return ssl;
}

void write(const Ssl& ssl, const std::string& text) {
  check(ssl, wolfSSL_write(ssl.get(), text.data(), static_cast<int>(text.size())), "write");
}

std::string read(const Ssl& ssl) {
  std::array<char, 16384> buffer{};
  const int length = wolfSSL_read(ssl.get(), buffer.data(), static_cast<int>(buffer.size()));
  check(ssl, length, "read");
  return {buffer.begin(), buffer.begin() + length};
}

void serve(char** arguments) {
  const Side side(wolfSSL_CTX_new(wolfSSLv23_server_method()));
  check(side != nullptr, "context");
  show(side, arguments[1], arguments[2]);
  trust(side, arguments[3]);
  const Socket listener(::socket(AF_INET, SOCK_STREAM, 0));
  const sockaddr_in address = loopback(arguments[0]);
  check(::bind(listener.fd(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0,
        "bind");
  check(::listen(listener.fd(), 5) == 0, "listen");
  for (;;) {
    const Socket client(::accept(listener.fd(), nullptr, nullptr));
    try {
      const Ssl ssl = begin(side, client, arguments[4]);
      check(ssl, wolfSSL_accept(ssl.get()), "accept");
      write(ssl, read(ssl));
      wolfSSL_shutdown(ssl.get());
    } catch (const std::exception& error) {
      std::fprintf(stderr, "%s\n", error.what());
    }
  }
}

void ask(char** arguments) {
  const Side side(wolfSSL_CTX_new(wolfSSLv23_client_method()));
  check(side != nullptr, "context");
  trust(side, arguments[1]);
  show(side, arguments[2], arguments[3]);
  wolfSSL_CTX_UseSessionTicket(side.get());
  const sockaddr_in address = loopback(arguments[0]);
  const std::string name = "localhost";
  Session session;
  const int count = std::stoi(arguments[5]);
  for (int i = 0; i < count; ++i) {
    const Socket socket(::socket(AF_INET, SOCK_STREAM, 0));
    check(::connect(socket.fd(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0,
          "connect");
    const Ssl ssl = begin(side, socket, arguments[4]);
    wolfSSL_UseSNI(ssl.get(), WOLFSSL_SNI_HOST_NAME, name.data(),
                   static_cast<unsigned short>(name.size()));
    check(wolfSSL_check_domain_name(ssl.get(), name.c_str()) == WOLFSSL_SUCCESS, "name");
    if (session) check(wolfSSL_set_session(ssl.get(), session.get()) == WOLFSSL_SUCCESS, "session");
    check(ssl, wolfSSL_connect(ssl.get()), "connect");
    write(ssl, "hello from the matrix\n");
    std::printf("%s", read(ssl).c_str());
    session.reset(wolfSSL_get1_session(ssl.get()));
    wolfSSL_shutdown(ssl.get());
  }
}

}  // namespace

int main(int count, char** arguments) {
  try {
    const std::string role = count > 1 ? arguments[1] : "";
    if (role == "version") {
      std::printf("%s\n", LIBWOLFSSL_VERSION_STRING);
    } else if (role == "server" && count == 7) {
      serve(arguments + 2);
    } else if (role == "client" && count == 8) {
      ask(arguments + 2);
    } else {
      throw std::invalid_argument("wrong arguments");
    }
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
