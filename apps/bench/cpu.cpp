#include "apps/bench/cpu.h"

#include <algorithm>
#include <fstream>
#include <string>
#include <sys/resource.h>
#include <unistd.h>

namespace glasstls::apps::bench {

namespace {

nanoseconds of(const timeval& time) {
  return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
}

/// The second figure of proc(5)'s schedstat: time on a run queue.
std::optional<nanoseconds> time_on_run_queue() {
  std::ifstream file("/proc/self/schedstat");
  std::int64_t run = 0, waited = 0;
  if (!(file >> run >> waited)) return std::nullopt;
  return nanoseconds(waited);
}

/// The first line of proc(5)'s stat: user, nice, system, idle, iowait, irq, softirq.
std::optional<nanoseconds> time_of_machine() {
  std::ifstream file("/proc/stat");
  std::string word;
  std::int64_t user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0;
  if (!(file >> word >> user >> nice >> system >> idle >> iowait >> irq >> softirq))
    return std::nullopt;
  const long ticks = ::sysconf(_SC_CLK_TCK);
  if (word != "cpu" || ticks <= 0) return std::nullopt;
  return (user + nice + system + irq + softirq) * nanoseconds(std::chrono::seconds(1)) / ticks;
}

}  // namespace

CpuMeter::CpuMeter() : begin_(sample()) {}

CpuMeter::Sample CpuMeter::sample() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return {std::chrono::steady_clock::now(), of(usage.ru_utime), of(usage.ru_stime),
          time_on_run_queue(), time_of_machine()};
}

Cpu CpuMeter::read() const {
  const Sample end = sample();
  Cpu cpu;
  cpu.measured_for = end.at - begin_.at;
  cpu.user = end.user - begin_.user;
  cpu.system = end.system - begin_.system;
  if (begin_.waited && end.waited) cpu.waited = *end.waited - *begin_.waited;
  if (begin_.machine && end.machine)
    cpu.others =
        std::max(nanoseconds::zero(), *end.machine - *begin_.machine - cpu.user - cpu.system);
  return cpu;
}

}  // namespace glasstls::apps::bench
