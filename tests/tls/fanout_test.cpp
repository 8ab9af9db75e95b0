#include "tls/fanout.h"

#include <gtest/gtest.h>

namespace glasstls::tls {
namespace {

class Counting final : public Observer {
 public:
  explicit Counting(bool exposes) : exposes_(exposes) {}
  void record(const wire::RecordSeen&) noexcept override { ++records; }
  void message(const wire::MessageSeen&) noexcept override { ++messages; }
  void secret(const wire::SecretSeen& seen) noexcept override {
    ++secrets;
    value = wire::copy(seen.value);
    name = seen.name;
  }
  void transition(const wire::TransitionSeen&) noexcept override { ++transitions; }
  bool exposes_secrets() const noexcept override { return exposes_; }

  int records = 0, messages = 0, secrets = 0, transitions = 0;
  Bytes value;
  std::string name;

 private:
  bool exposes_;
};

const Bytes some_secret{1, 2, 3};
const wire::SecretSeen seen{"master_secret", "section", "label", {}, some_secret, {}};

TEST(Fanout, PassesEverythingToEveryObserver) {
  const auto first = std::make_shared<Counting>(true);
  const auto second = std::make_shared<Counting>(true);
  Fanout fanout({first, second});
  EXPECT_FALSE(fanout.empty());
  const FieldTree fields;
  fanout.record({});
  fanout.message({{}, {}, {}, {}, fields});
  fanout.secret(seen);
  fanout.transition({});
  for (const auto& observer : {first, second}) {
    EXPECT_EQ(observer->records, 1);
    EXPECT_EQ(observer->messages, 1);
    EXPECT_EQ(observer->secrets, 1);
    EXPECT_EQ(observer->transitions, 1);
  }
}

TEST(Fanout, HidesSecretsFromThoseWhoDidNotOptIn) {
  const auto trusted = std::make_shared<Counting>(true);
  const auto others = std::make_shared<Counting>(false);
  Fanout fanout({others, trusted});
  EXPECT_TRUE(fanout.exposes_secrets());
  fanout.secret(seen);
  EXPECT_EQ(trusted->value, some_secret);
  EXPECT_TRUE(others->value.empty());
  EXPECT_EQ(others->name, "master_secret");  // that there is one is no secret
}

TEST(Fanout, ExposesNothingIfNobodyOptedIn) {
  EXPECT_FALSE(Fanout({std::make_shared<Counting>(false)}).exposes_secrets());
  EXPECT_FALSE(Fanout({}).exposes_secrets());
  EXPECT_TRUE(Fanout({}).empty());
}

}  // namespace
}  // namespace glasstls::tls
