// The same for a server: what its clients' failures are usually due to.
#include "inspect/guess_table.h"
#include "inspect/guesses.h"

namespace glasstls::inspect {

namespace {

using enum AlertDescription;
using Cause = tls::Failed::Cause;

constexpr Guess not_trusted{
    "the client does not trust our certificate: it does not know our CA, or meant another name",
    "give the client our CA's certificate, and a name that is in our certificate"};

/// The client gave up and said so.
constexpr AlertGuess received[] = {
    {unknown_ca, not_trusted},
    {certificate_unknown, not_trusted},
    {bad_certificate, not_trusted},
    {certificate_expired,
     {"our certificate has expired, or the client's clock is wrong", "renew the certificate"}},
    {certificate_revoked, {"our certificate is on a revocation list", "replace the certificate"}},
    {unsupported_certificate,
     {"the client cannot use our kind of certificate", "give --cert and --key once more, of RSA"}},
    {protocol_version, {"the client does not accept TLS 1.2", "let the client allow TLS 1.2"}},
    {handshake_failure,
     {"the client lacks a protection that it insists on, or takes our refusal to renegotiate for "
      "the "
      "end",
      "compare both hellos with --explain"}},
    {illegal_parameter,
     {"the client finds a choice of ours not allowed", "compare both hellos with --explain"}},
    {decrypt_error,
     {"our key does not belong to our certificate, or both saw different handshakes",
      "check that --cert and --key are a pair"}},
    {bad_record_mac,
     {"bytes were changed on the way, or one of both derived other keys",
      "look for a device in between that changes TLS"}},
    {internal_error, {"the client has a fault of its own", "look into the client's log"}},
    {user_canceled, {"somebody stopped the client", "nothing need be done"}},
    {close_notify,
     {"the client looked at our certificate or our choices and left",
      "look into the client's log"}},
};

/// We do not trust the client's certificate.
constexpr Guess of_another_ca{"the client's certificate was made by a CA that is not given here",
                              "give its CA's certificate with --client-ca"};
constexpr AlertGuess refused[] = {
    {unknown_ca, of_another_ca},
    {certificate_expired,
     {"the client's certificate has expired or is not valid yet, or our clock is wrong",
      "renew the client's certificate"}},
    {unsupported_certificate,
     {"the client's certificate was made for another use, such as that of a server",
      "make one for clients: clientAuth, digitalSignature"}},
    {certificate_revoked, {"the client's certificate is on a revocation list", "replace it"}},
    {bad_certificate,
     {"the client's certificate is damaged or breaks a rule", "see the failed check"}},
};

/// RFC 5246, 7.4.6: a client may have none, and say so.
constexpr Guess no_client_certificate{
    "the client has no certificate, or none that fits what was asked for",
    "give the client one, or do not insist: --request-client-cert"};

/// We gave up on what the client sent.
constexpr AlertGuess sent[] = {
    {handshake_failure,
     {"client and server share no cipher suite, group or signature scheme",
      "compare the client's settings with --suites, --groups and --sigalgs"}},
    {protocol_version,
     {"the client speaks only versions that we do not: TLS 1.2 is the only one here",
      "let the client allow TLS 1.2"}},
    {no_application_protocol,
     {"client and server share no application protocol (ALPN)", "compare --alpn on both sides"}},
    {unrecognized_name,
     {"the client asked for a site that none of our certificates is for",
      "give a certificate for that name, or leave out --strict-sni"}},
    {unexpected_message,
     {"the client's messages come in a wrong order: it has a fault, or somebody tries something",
      "show the order of messages with --explain"}},
    {illegal_parameter,
     {"the client sent a value that is not allowed: it has a fault, or somebody tries something",
      "see the bytes and their fields with --explain"}},
    {decode_error,
     {"the client made a malformed message", "see the bytes and their fields with --explain"}},
    {decrypt_error,
     {"the client's key does not belong to its certificate, or both saw different handshakes",
      "check that certificate and key of the client are a pair"}},
    {bad_record_mac,
     {"bytes were changed on the way, or the client derived other keys",
      "look for a device in between; compare keys with --keylog and Wireshark"}},
    {record_overflow,
     {"what came is no TLS record, or the client ignores a limit on its size",
      "make sure that the client speaks TLS from the first byte"}},
};

Guess about_truncation(const tls::Failed& failed) {
  if (failed.state == "Established")
    return {"the client stopped, or never sends close_notify, as some do",
            "do not rely on the data being whole"};
  return {"the client stopped, or only wanted to see whether somebody listens",
          "look into the client's log"};
}

}  // namespace

Guess guess_of_server(const tls::Failed& failed) {
  switch (failed.cause) {
    case Cause::protocol:
      if (failed.alert == handshake_failure && failed.message == "Certificate")
        return no_client_certificate;
      return find(sent, failed.alert);
    case Cause::certificate: return find(refused, failed.alert);
    case Cause::peer_alert: return find(received, failed.alert);
    case Cause::not_tls:
      return {"the client speaks in plain text: is http:// meant to be https://?",
              "let the client begin with TLS"};
    case Cause::truncated: return about_truncation(failed);
    case Cause::internal:
      return {"a fault of ours, not of the peer", "report it, with the output of --explain"};
  }
  return {};
}

}  // namespace glasstls::inspect
