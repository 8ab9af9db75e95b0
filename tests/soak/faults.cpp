// Stands between the server and its C library: operator new fails at random, sockets give and take one
// byte at a time, or would block for no reason, while the switches of faults.h say so.
//
// Crypto++ calls malloc itself for its numbers, and these calls are let alone: where such a block grows
// it frees the old one first, and again if there is no new one (SecBlock::New, docs/security.md).
#include "tests/soak/faults.h"

#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

namespace {

using glasstls::soak::Faults;

Faults* faults = nullptr;

/// Before main(), and before there is a second thread.
__attribute__((constructor)) void find_switches() {
  const char* path = std::getenv(Faults::variable);
  if (path == nullptr) return;
  const int file = ::open(path, O_RDWR | O_CLOEXEC);
  if (file == -1) return;
  void* memory = ::mmap(nullptr, sizeof(Faults), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  ::close(file);
  if (memory != MAP_FAILED) faults = static_cast<Faults*>(memory);
}

/// A sequence of fixed numbers: which call gets which is by chance, all the same (splitmix64).
std::uint64_t next_number() {
  static std::atomic<std::uint64_t> state{0};
  std::uint64_t z = state.fetch_add(0x9e3779b97f4a7c15, std::memory_order_relaxed);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

/// Whether operator new is the caller.
bool is_operator_new(const void* caller) {
  Dl_info library{};
  return ::dladdr(caller, &library) != 0 && library.dli_fname != nullptr &&
         std::strstr(library.dli_fname, "libstdc++") != nullptr;
}

bool fails(const void* caller) {
  if (faults == nullptr) return false;
  const std::uint32_t one_in = faults->allocations_fail.load(std::memory_order_relaxed);
  if (one_in == 0 || next_number() % one_in != 0 || !is_operator_new(caller)) return false;
  faults->failed_allocations.fetch_add(1, std::memory_order_relaxed);
  errno = ENOMEM;
  return true;
}

/// As if the queue were full, and had room again as soon as the call is over.
bool would_block() {
  const std::uint32_t one_in =
      faults == nullptr ? 0 : faults->sends_would_block.load(std::memory_order_relaxed);
  if (one_in == 0 || next_number() % one_in != 0) return false;
  errno = EAGAIN;
  return true;
}

std::size_t at_most_one(std::size_t size) {
  const bool limited =
      faults != nullptr && faults->sockets_take_one_byte.load(std::memory_order_relaxed) != 0;
  return limited && size > 1 ? 1 : size;
}

template <class Function>
Function* original(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

/// All but the first byte is cut off. Messages with more to them than bytes are let alone.
template <class Call>
ssize_t cut(const msghdr* message, Call call) {
  msghdr shorter = *message;
  iovec first{};
  if (message->msg_iovlen > 0) {
    first = message->msg_iov[0];
    const std::size_t size = at_most_one(first.iov_len);
    if (size < first.iov_len) {
      first.iov_len = size;
      shorter.msg_iov = &first;
      shorter.msg_iovlen = 1;
    }
  }
  return call(&shorter);
}

}  // namespace

extern "C" {
void* __libc_malloc(std::size_t size);

void* malloc(std::size_t size) {
  return fails(__builtin_return_address(0)) ? nullptr : __libc_malloc(size);
}

ssize_t recv(int socket, void* bytes, std::size_t size, int flags) {
  static const auto call = original<decltype(recv)>("recv");
  return call(socket, bytes, at_most_one(size), flags);
}
ssize_t send(int socket, const void* bytes, std::size_t size, int flags) {
  static const auto call = original<decltype(send)>("send");
  if (would_block()) return -1;
  return call(socket, bytes, at_most_one(size), flags);
}
ssize_t recvmsg(int socket, msghdr* message, int flags) {
  static const auto call = original<decltype(recvmsg)>("recvmsg");
  return cut(message, [&](msghdr* shorter) { return call(socket, shorter, flags); });
}
ssize_t sendmsg(int socket, const msghdr* message, int flags) {
  static const auto call = original<decltype(sendmsg)>("sendmsg");
  if (would_block()) return -1;
  return cut(message, [&](const msghdr* shorter) { return call(socket, shorter, flags); });
}
}
