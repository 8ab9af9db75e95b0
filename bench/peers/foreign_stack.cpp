#include <algorithm>
#include <array>
#include <stdexcept>

#include "bench/peers/foreign_end.h"
#include "bench/peers/stack.h"

namespace glasstls::bench {

namespace {

[[noreturn]] void fail() {
  char words[512] = "";
  foreign_error(words, sizeof words);
  throw std::runtime_error(words);
}

std::size_t checked(std::int64_t size) {
  if (size < 0) fail();
  return static_cast<std::size_t>(size);
}

class ForeignEnd final : public End {
 public:
  explicit ForeignEnd(ForeignHandle handle) : handle_(handle) {
    if (handle_ == 0) fail();
  }
  ~ForeignEnd() override { foreign_end_free(handle_); }

  void go_on(View input, Bytes& output) override {
    append(output, [&](std::uint8_t* to, std::size_t room) {
      return foreign_go_on(handle_, input.data(), input.size(), to, room);
    });
  }
  bool established() const override { return foreign_established(handle_) != 0; }
  bool verified() const override { return foreign_verified(handle_) != 0; }

  void seal(View plaintext, Bytes& record) override {
    append(record, [&](std::uint8_t* to, std::size_t room) {
      return foreign_seal(handle_, plaintext.data(), plaintext.size(), to, room);
    });
  }
  std::size_t open(View record, Bytes& plaintext) override {
    return checked(
        foreign_open(handle_, record.data(), record.size(), plaintext.data(), plaintext.size()));
  }

 private:
  /// Into a buffer of the program's, so that none is counted as the library's.
  template <class Make>
  static void append(Bytes& out, Make&& make) {
    static std::array<std::uint8_t, 40'000> made;
    const std::size_t size = checked(make(made.data(), made.size()));
    out.insert(out.end(), made.begin(), made.begin() + static_cast<std::ptrdiff_t>(size));
  }

  ForeignHandle handle_;
};

class ForeignStack final : public Stack {
 public:
  explicit ForeignStack(const Site& site)
      : handle_(foreign_stack(site.lab.c_str(), site.key.c_str(), site.group.c_str(),
                              site.resume ? 1 : 0)) {
    if (handle_ == 0) fail();
  }
  ~ForeignStack() override { foreign_stack_free(handle_); }
  ForeignStack(const ForeignStack&) = delete;
  ForeignStack& operator=(const ForeignStack&) = delete;

  std::unique_ptr<End> client() override {
    return std::make_unique<ForeignEnd>(foreign_end(handle_, 1));
  }
  std::unique_ptr<End> server() override {
    return std::make_unique<ForeignEnd>(foreign_end(handle_, 0));
  }

 private:
  ForeignHandle handle_;
};

}  // namespace

std::unique_ptr<Stack> make_stack(const Site& site) { return std::make_unique<ForeignStack>(site); }

}  // namespace glasstls::bench
