#include "apps/bench/event_loop.h"

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <sys/prctl.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace glasstls::apps::bench {

namespace {

timespec until_then(EventLoop::Clock::time_point then) {
  using std::chrono::nanoseconds;
  const nanoseconds left = std::max<nanoseconds>(then - EventLoop::Clock::now(), nanoseconds(0));
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(left);
  return {seconds.count(), (left - seconds).count()};
}

}  // namespace

EventLoop::EventLoop() : epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
  if (epoll_ == -1) throw std::system_error(errno, std::generic_category(), "epoll_create1");
  ::prctl(PR_SET_TIMERSLACK, 1UL);  // nanoseconds: starts are to be in time, not gathered
}

EventLoop::~EventLoop() { ::close(epoll_); }

int EventLoop::add(int descriptor, Client& client) const {
  epoll_event event{};
  event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
  event.data.ptr = &client;
  return ::epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event) == 0 ? 0 : errno;
}

void EventLoop::run_once(Clock::time_point until) {
  const std::vector<Client*> ready = std::exchange(again_, {});
  const timespec timeout = ready.empty() ? until_then(until) : timespec{};
  const int count =
      ::epoll_pwait2(epoll_, events_.data(), static_cast<int>(events_.size()), &timeout, nullptr);
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = events_[static_cast<std::size_t>(i)];
    const bool ended = (event.events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
    static_cast<Client*>(event.data.ptr)->on_ready(ended);
  }
  for (Client* client : ready) client->on_ready(false);
}

}  // namespace glasstls::apps::bench
