#include "inspect/guesses.h"

#include "inspect/guess_table.h"

namespace glasstls::inspect {

namespace {

using enum AlertDescription;
using Cause = tls::Failed::Cause;

/// The peer gave up and said so.
constexpr AlertGuess received[] = {
    {handshake_failure,
     {"the server shares no cipher suite, group or signature scheme with us, or wants a client "
      "certificate",
      "compare its settings with --suites, --groups and --sigalgs; its log may say more"}},
    {insufficient_security,
     {"the server wants stronger algorithms than were offered",
      "leave out --suites, --groups and --sigalgs, so that all of ours are offered"}},
    {protocol_version,
     {"the server does not speak TLS 1.2, the only version that we speak",
      "switch TLS 1.2 on at the server"}},
    {unrecognized_name,
     {"the server serves no site of that name", "give a name that it serves with --name"}},
    {bad_certificate,
     {"the server wants to know its clients by certificate, and got none that it accepts",
      "give one that it accepts with --cert and --key, or let the server not require any"}},
    {certificate_unknown,
     {"the server wants to know its clients by certificate, and got none that it accepts",
      "give one that it accepts with --cert and --key, or let the server not require any"}},
    {unknown_ca,
     {"the server wants to know its clients by certificate, and got none that it accepts",
      "give one that it accepts with --cert and --key, or let the server not require any"}},
    {access_denied,
     {"the server knows who we are and lets us not in", "look into the server's access rules"}},
    {decode_error,
     {"the server could not read a message of ours: one of both has a fault",
      "show what was sent with --explain and compare it with the server's log"}},
    {decrypt_error,
     {"the server could not verify our Finished: both saw different handshakes",
      "look for a device in between that changes TLS"}},
    {bad_record_mac,
     {"bytes were changed on the way, or one of both derived other keys",
      "look for a device in between that changes TLS"}},
    {unexpected_message,
     {"the server did not expect our message in its state: one of both has a fault",
      "show the order of messages with --explain"}},
    {illegal_parameter,
     {"the server found a value of ours not allowed",
      "offer less with --suites, --groups and --sigalgs to find out which"}},
    {no_application_protocol,
     {"the server insists on an application protocol (ALPN) that was not offered",
      "offer one that it speaks with --alpn"}},
    {internal_error,
     {"the server has a fault of its own: often a certificate or key that it cannot use",
      "look into the server's log"}},
    {user_canceled, {"somebody stopped the server's side", "connect again"}},
    {close_notify,
     {"the server is shutting down, is overloaded, or admits only some clients",
      "look into the server's log"}},
};

/// We gave up on what the peer sent.
constexpr AlertGuess sent[] = {
    {unexpected_message,
     {"the server's messages come in a wrong order, or it tries something that TLS 1.2 does not "
      "have",
      "show the order of messages with --explain"}},
    {bad_record_mac,
     {"bytes were changed on the way, or the server derived other keys",
      "look for a device in between; compare keys with --keylog and Wireshark"}},
    {record_overflow,
     {"what came is no TLS record, or the server ignores the limit of 2^14 bytes",
      "make sure that this port speaks TLS from the first byte"}},
    {handshake_failure,
     {"the server lacks a protection that we insist on", "bring the server up to date"}},
    {illegal_parameter,
     {"the server chose what was not offered, or somebody in between changed a hello",
      "compare both hellos with --explain"}},
    {decode_error,
     {"the server made a malformed message", "see the bytes and their fields with --explain"}},
    {decrypt_error,
     {"the server's key does not belong to its certificate, or both saw different handshakes: "
      "somebody may sit in between",
      "check that certificate and key of the server are a pair"}},
    {protocol_version,
     {"the server does not speak TLS 1.2, the only version that we speak",
      "switch TLS 1.2 on at the server"}},
    {unsupported_extension,
     {"the server answers an extension that was not offered: it has a fault",
      "compare both hellos with --explain"}},
    {unsupported_certificate,
     {"the server's certificate does not fit the cipher suite or its use",
      "make one with an RSA or EC key and keyUsage digitalSignature"}},
    {bad_certificate,
     {"the server's certificate is damaged or was made by a faulty tool",
      "look at it with: openssl x509 -text"}},
};

struct RuleGuess {
  x509::Rule rule;
  Guess guess;
};

/// The first check that failed. Rules that speak for themselves are left out.
constexpr RuleGuess untrusted[] = {
    {x509::Rule::chain_present,
     {"the server has no certificate configured", "give the server a certificate and its key"}},
    {x509::Rule::path_to_anchor,
     {"the certificate was made by a CA of your own, or the server does not send its intermediate "
      "certificates",
      "pass the CA's certificate with --ca, or let the server send its whole chain"}},
    {x509::Rule::version,
     {"the certificate was made without extensions (openssl x509 -req without -extfile does so)",
      "make it anew as version 3, with a subjectAltName"}},
    {x509::Rule::validity,
     {"the certificate must be renewed, or the clock of this machine is wrong",
      "check the date here, then renew the certificate"}},
    {x509::Rule::public_key,
     {"the key is too short or of a kind that is no longer used",
      "make a key of RSA with 2048 bits or more, or EC on P-256 or P-384"}},
    {x509::Rule::signature_algorithm,
     {"the certificate is signed with an algorithm that is no longer trusted",
      "have it signed with SHA-256 or better"}},
    {x509::Rule::signature,
     {"the CA certificate at hand has the right name but another key: often one that was made anew",
      "pass the CA certificate that signed it with --ca"}},
    {x509::Rule::basic_constraints,
     {"a CA certificate does not say CA:TRUE, or the server uses a CA certificate as its own",
      "make the CA certificate with basicConstraints, and a separate one for the server"}},
    {x509::Rule::path_length,
     {"a CA that may only sign servers has signed another CA",
      "have the server's certificate signed by the CA above"}},
    {x509::Rule::key_usage,
     {"the certificate was made for another use",
      "use one with keyUsage digitalSignature (for a CA: keyCertSign)"}},
    {x509::Rule::extended_key_usage,
     {"the certificate was made for another use: a client's for a server, or the reverse",
      "use one with the extendedKeyUsage that is wanted: serverAuth, or clientAuth of a client"}},
    {x509::Rule::name_constraints, {"its CA may not speak for this name", "use a CA that may"}},
    {x509::Rule::critical_extensions,
     {"the certificate holds a critical extension that we do not know",
      "make it anew without that extension"}},
    {x509::Rule::server_name,
     {"the server was reached under another name than its certificate has; commonName does not "
      "count",
      "pass a name of its subjectAltName with --name, or make it anew with the right one"}},
};

Guess about_peer_alert(const tls::Failed& failed) {
  if (failed.state == "Established" && failed.alert == handshake_failure)
    return {"the server insists on a renegotiation, which we refuse",
            "let the server ask for what it wants (a client certificate?) in the first handshake"};
  const bool flight_sent =
      failed.state == "WaitChangeCipherSpec" || failed.state == "WaitNewSessionTicket";
  if (flight_sent && failed.alert == handshake_failure)
    return {
        "suite and group were agreed already: the server requires a client certificate, and none "
        "was shown that suits it",
        "give one with --cert and --key, or let the server not require any"};
  return find(received, failed.alert);
}

Guess about_truncation(const tls::Failed& failed) {
  if (failed.state == "Established")
    return {
        "the server stopped, or a device in between cut the connection; some servers never send "
        "close_notify",
        "do not rely on the data being whole; look into the server's log"};
  return {"the server crashed, has no certificate configured, or does not speak TLS on this port",
          "check the port, and look into the server's log"};
}

}  // namespace

Guess guess(const x509::Verdict& verdict) {
  const x509::Check* check = verdict.trusted ? nullptr : verdict.path().failure();
  if (check == nullptr) return {};
  for (const RuleGuess& row : untrusted)
    if (row.rule == check->rule) return row.guess;
  return {};
}

Guess guess(const tls::Failed& failed) {
  if (failed.at_server) return guess_of_server(failed);
  switch (failed.cause) {
    case Cause::protocol: return find(sent, failed.alert);
    case Cause::certificate: return failed.verdict ? guess(*failed.verdict) : Guess{};
    case Cause::peer_alert: return about_peer_alert(failed);
    case Cause::not_tls:
      return {"this is a plain-text port: TLS has another one, or begins after a STARTTLS command",
              "give the TLS port: 443 for HTTPS, 465 for SMTP, 993 for IMAP"};
    case Cause::truncated: return about_truncation(failed);
    case Cause::internal:
      return {"a fault of ours, not of the peer", "report it, with the output of --explain"};
  }
  return {};
}

}  // namespace glasstls::inspect
