#include "apps/server/held_signals.h"

#include <csignal>
#include <initializer_list>

namespace glasstls::apps {

namespace {

void change_mask(int how) {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&set, signal);
  ::pthread_sigmask(how, &set, nullptr);
}

}  // namespace

void hold_signals() { change_mask(SIG_BLOCK); }

SignalsLetThrough::SignalsLetThrough() { change_mask(SIG_UNBLOCK); }
SignalsLetThrough::~SignalsLetThrough() { change_mask(SIG_BLOCK); }

}  // namespace glasstls::apps
