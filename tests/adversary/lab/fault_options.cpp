#include "tests/adversary/lab/fault_options.h"

#include <algorithm>
#include <array>
#include <asio.hpp>
#include <cstdio>
#include <fmt/format.h>
#include <memory>
#include <stdexcept>
#include <utility>

#include "apps/address.h"
#include "apps/endpoint.h"
#include "apps/error.h"
#include "apps/options.h"
#include "apps/terminal.h"
#include "inspect/printable.h"
#include "tests/adversary/drive.h"
#include "tests/adversary/socket_network.h"

namespace glasstls::adversary {

namespace {

using apps::CommandError;
using apps::ExitCode;
using asio::ip::tcp;

/// Clients are started by people.
constexpr Patience until_a_client_comes = std::chrono::hours(24);

void say(const std::string& text) { std::fprintf(stderr, "%s\n", text.c_str()); }

std::string list_of(Side side) {
  std::string text;
  for (const Fault& fault : catalogue())
    if (fault.side() == side)
      text += fmt::format("{:<32} {} ({})\n{:<32} GlassTLS: {}\n", fault.name, fault.title,
                          fault.rule, "", text_of(fault.expected));
  return text;
}

const Fault& find_or_refuse(Side side, const std::string& name) {
  if (const Fault* fault = find(side, name)) return *fault;
  std::string near;
  for (const std::string_view other : near_names(side, name, 3))
    near += (near.empty() ? "" : ", ") + std::string(other);
  throw CommandError(ExitCode::usage,
                     fmt::format("'{}' is no fault of a {}; do you mean one of {}? "
                                 "All are shown by --fault list",
                                 inspect::printable(name), name_of(side), near));
}

void check_is_local(const asio::ip::address& address, bool allow_remote) {
  if (allow_remote || address.is_loopback()) return;
  throw CommandError(ExitCode::usage,
                     address.to_string() +
                         " is not on this machine; faults are for one's own programs, and "
                         "--allow-remote says that the other side knows");
}

tcp::endpoint resolve(const std::string& text, bool allow_remote) {
  const apps::Address address = apps::parse_address(text, "443");
  asio::io_context loop;
  asio::error_code error;
  const auto found = tcp::resolver(loop).resolve(address.host, address.port, error);
  if (error || found.empty())
    throw CommandError(ExitCode::no_connection,
                       "the name " + address.host + " cannot be resolved: " + error.message());
  check_is_local(found.begin()->endpoint().address(), allow_remote);
  return found.begin()->endpoint();
}

ExitCode exit_code_for(const Answer& answer) {
  switch (answer.kind) {
    case Answer::Kind::goes_on:
    case Answer::Kind::accepts:
    case Answer::Kind::renegotiates: return ExitCode::done;
    case Answer::Kind::alert: return ExitCode::peer_alert;
    case Answer::Kind::closes: return answer.alert ? ExitCode::done : ExitCode::timed_out;
    case Answer::Kind::silence: return ExitCode::timed_out;
    case Answer::Kind::unreadable: return ExitCode::not_tls;
    case Answer::Kind::untried: return ExitCode::not_as_expected;
  }
  return ExitCode::internal_error;
}

void introduce(const Fault& fault) {
  say(fmt::format("fault {}: the {} {}", fault.name, name_of(fault.side()), fault.title));
  say(fmt::format("rule  {} {} it", fault.rule, fault.legal() ? "allows" : "forbids"));
  if (fault.needs == Needs::client_certificate) say("note  the server must ask for a certificate");
  if (fault.needs == Needs::second_connection)
    say("note  the client must connect twice, the second time with its session");
}

void conclude(const Fault& fault, const Answer& answer) {
  say(fmt::format("answer: {} (of GlassTLS: {})", text_of(answer), text_of(fault.expected)));
}

void narrate(std::string_view step) { say("  " + std::string(step)); }

Answer play_on(const Fault& fault, Network& network) {
  introduce(fault);
  try {
    const Answer answer = play(fault, network, narrate);
    conclude(fault, answer);
    return answer;
  } catch (const std::runtime_error& error) {
    throw CommandError(ExitCode::no_connection, error.what());
  }
}

std::unique_ptr<ListeningNetwork> listen_on(const tcp::endpoint& address, Patience patience,
                                            ListeningNetwork::Clients clients) {
  try {
    return std::make_unique<ListeningNetwork>(address, patience, until_a_client_comes,
                                              std::move(clients));
  } catch (const asio::system_error& error) {
    throw CommandError(ExitCode::no_connection, "cannot listen on " + apps::text_of(address) +
                                                    ": " + error.code().message());
  }
}

}  // namespace

FaultOptions::FaultOptions(CLI::App& command, Side side) : command_(command), side_(side) {
  command
      .add_option("--fault", name_,
                  "misbehave in this way, and tell what came of it; 'list' shows all ways")
      ->type_name("NAME")
      ->check(apps::not_empty());
  command.add_flag("--allow-remote", allow_remote_,
                   "with --fault: not only on this machine; the other side must know");
  // A list needs no address; an ordinary client does.
  if (side == Side::client) command.get_option("address")->required(false);
}

void FaultOptions::check_ordinary() const {
  if (allow_remote_) throw CommandError(ExitCode::usage, "--allow-remote goes with --fault only");
  check_address();
}

void FaultOptions::check_address() const {
  if (command_.parsed() && side_ == Side::client && command_.get_option("address")->empty())
    throw CommandError(ExitCode::usage, "address is required");
}

/// The lab's doubles have settings of their own.
void FaultOptions::check_options() const {
  constexpr std::array<std::string_view, 5> known{"address", "--listen", "--timeout", "--fault",
                                                  "--allow-remote"};
  for (const CLI::Option* option : command_.get_options())
    if (!option->empty() &&
        std::find(known.begin(), known.end(), option->get_name()) == known.end())
      throw CommandError(ExitCode::usage, option->get_name() + " has no meaning with --fault");
}

ExitCode FaultOptions::run() const {
  check_options();
  if (name_ != "list") return play(find_or_refuse(side_, name_));
  apps::print_output(list_of(side_));
  return ExitCode::done;
}

ExitCode FaultOptions::play(const Fault& fault) const {
  const auto text = [this](const char* option, const char* otherwise) {
    const CLI::Option* given = command_.get_option(option);
    return given->empty() ? std::string(otherwise) : given->as<std::string>();
  };
  const Patience patience = apps::milliseconds(std::stod(text("--timeout", "10")));
  if (side_ == Side::client) {
    check_address();
    ConnectingNetwork network(resolve(text("address", ""), allow_remote_), patience);
    return exit_code_for(play_on(fault, network));
  }
  const tcp::endpoint listen = apps::parse_listen_address(text("--listen", "7777"));
  check_is_local(listen.address(), allow_remote_);
  ListeningNetwork::Clients clients;
  clients.prompt = [] { say("  waits for the client to say something: type a line there"); };
  const auto network = listen_on(listen, patience, std::move(clients));
  say("listening on " + apps::text_of(network->address()));
  return exit_code_for(play_on(fault, *network));
}

}  // namespace glasstls::adversary
