// glasstls server --http: any request is answered, by one record.
#include <gmock/gmock.h>
#include <string>

#include "tests/interop/our_server.h"
#include "tests/interop/peers.h"
#include "tests/interop/tls_client.h"

namespace glasstls::test {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

const std::vector<Identity> rsa = {rsa_identity()};

std::string url(const Server& server, const std::string& path = "/") {
  return "https://localhost:" + std::to_string(server.port) + path;
}

/// curl, run to its end; it trusts the identities' CA.
Client curl(const Server& server, const Words& options) {
  Words command = {"curl",
                   "--silent",
                   "--show-error",
                   "--max-time",
                   "50",
                   "--resolve",
                   "localhost:" + std::to_string(server.port) + ":127.0.0.1",
                   "--cacert",
                   certificate_file("ca-rsa.pem")};
  command.insert(command.end(), options.begin(), options.end());
  return run_program(command);
}

/// What the server says to bytes that a client sends in these records.
std::string answer_to(const std::vector<std::string>& records) {
  const Server server = our_server(rsa, {"--http"});
  TlsClient client(server.port);
  client.handshake();
  for (const std::string& record : records) client.write(record);
  return client.read_record();
}

TEST(ServerHttp, ShowsCurlWhatWasAgreedOn) {
  GLASSTLS_NEEDS("curl", "curl");
  const Server server = our_server(rsa, {"--http", "--alpn", "http/1.1"});
  const Client client = curl(server, {url(server, "/some/path?x=y")});
  EXPECT_EQ(client.exit_code, 0) << client.all;
  EXPECT_THAT(client.output, HasSubstr("<td>TLS 1.2</td>"));
  EXPECT_THAT(client.output, HasSubstr("TLS_ECDHE_RSA_WITH_"));
  EXPECT_THAT(client.output, HasSubstr("server_name</th><td>localhost</td>"));
  EXPECT_THAT(client.output, HasSubstr("ALPN</th><td>http/1.1</td>"));
  EXPECT_THAT(client.output, HasSubstr("GET /some/path?x=y HTTP/1.1"));
}

TEST(ServerHttp, KeepsAConnectionForCurl) {
  GLASSTLS_NEEDS("curl", "curl");
  const Server server = our_server(rsa, {"--http"});
  const Client client = curl(server, {"--verbose", url(server, "/1"), url(server, "/2")});
  EXPECT_EQ(client.exit_code, 0) << client.all;
  EXPECT_THAT(client.error, HasSubstr("Re-using existing connection"));
  EXPECT_THAT(client.output, HasSubstr("GET /2 HTTP/1.1"));
}

TEST(ServerHttp, AnswersHttp10AndHead) {
  GLASSTLS_NEEDS("curl", "curl");
  const Server server = our_server(rsa, {"--http"});
  const Client old = curl(server, {"--http1.0", "--include", url(server)});
  EXPECT_THAT(old.output, StartsWith("HTTP/1.0 200 OK\r\n"));
  const Client head = curl(server, {"--head", url(server)});
  EXPECT_EQ(head.exit_code, 0) << head.all;
  EXPECT_THAT(head.output, HasSubstr("HTTP/1.1 200 OK\r\n"));
}

TEST(ServerHttp, ReadsPastBodies) {
  GLASSTLS_NEEDS("curl", "curl");
  const Server server = our_server(rsa, {"--http"});
  const TemporaryFolder folder;
  const std::string body = folder.write("body", test_bytes(2'000'000));
  for (const char* framing : {"X-Framing: length", "Transfer-Encoding: chunked"}) {
    const Client client = curl(
        server, {"--header", framing, "--data-binary", "@" + body, url(server, "/1"), "--next",
                 "--silent", "--cacert", certificate_file("ca-rsa.pem"), "--resolve",
                 "localhost:" + std::to_string(server.port) + ":127.0.0.1", url(server, "/2")});
    EXPECT_EQ(client.exit_code, 0) << client.all;
    EXPECT_THAT(client.output, HasSubstr("POST /1 HTTP/1.1"));
    EXPECT_THAT(client.output, HasSubstr("GET /2 HTTP/1.1"));
  }
}

TEST(ServerHttp, AnswersOpenSslsClientThatTypes) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const Server server = our_server(rsa, {"--http"});
  Process client(
      {"openssl", "s_client", "-quiet", "-connect", "127.0.0.1:" + std::to_string(server.port)});
  client.send("GET /typed HTTP/1.0\n\n");
  EXPECT_EQ(client.wait(), 0) << client.describe();
  EXPECT_THAT(client.output(), HasSubstr("GET /typed HTTP/1.0"));
}

TEST(ServerHttp, AnswersByOneRecord) {
  const Server server = our_server(rsa, {"--http"});
  TlsClient client(server.port);
  client.handshake();
  client.write("GET /" + std::string(5'000, '<') + " HTTP/1.0\r\n\r\n");
  const std::string record = client.read_record();
  EXPECT_THAT(record, StartsWith("HTTP/1.0 200 OK\r\n"));
  EXPECT_THAT(record, HasSubstr("</html>"));
  EXPECT_EQ(client.read_record(), "");  // close_notify
}

TEST(ServerHttp, KeepsToASmallRecordSizeLimit) {
  const Server server = our_server(rsa, {"--http"});
  tls::ClientSettings settings = client_settings();
  settings.record_size_limit = 64;
  TlsClient client(server.port, settings);
  client.handshake();
  client.write("GET / HTTP/1.0\r\n\r\n");
  EXPECT_THAT(client.read_all(), HasSubstr("</html>"));
}

TEST(ServerHttp, TakesARequestSplitOverManyRecords) {
  std::vector<std::string> records;
  for (const char c : std::string("GET /split HTTP/1.1\r\nHost: x\n\r\n"))
    records.emplace_back(1, c);
  EXPECT_THAT(answer_to(records), HasSubstr("GET /split HTTP/1.1"));
}

TEST(ServerHttp, TakesAHeadOf64KiBAndRefusesALargerOne) {
  const std::string begin = "GET / HTTP/1.1\r\nX: ";
  const std::string end = "\r\n\r\n";
  const std::string filling(65'536 - begin.size() - end.size(), 'x');
  EXPECT_THAT(answer_to({begin + filling + end}), StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(answer_to({begin + filling + "x" + end}), StartsWith("HTTP/1.1 431 "));
}

TEST(ServerHttp, ShowsHostileBytesEscaped) {
  const Server server = our_server(rsa, {"--http"});
  TlsClient client(server.port);
  client.handshake();
  client.write("GET /\x1b]0;title\x07<b> HTTP/1.0\r\n\r\n");
  EXPECT_THAT(client.read_all(), HasSubstr(R"(GET /\1b]0;title\07&lt;b&gt; HTTP/1.0)"));
  EXPECT_TRUE(server.process->wait_for(R"(GET /\1b]0;title\07<b> HTTP/1.0: 200)"));
}

TEST(ServerHttp, RefusesWhatIsNoRequest) {
  EXPECT_THAT(answer_to({"hello\r\n\r\n"}), StartsWith("HTTP/1.0 400 Bad Request\r\n"));
}

TEST(ServerHttp, AnswersAllRequestsThatCameBeforeTheClientClosed) {
  const Server server = our_server(rsa, {"--http"});
  TlsClient client(server.port);
  client.handshake();
  std::string requests;
  for (int i = 0; i < 100; ++i) requests += "GET /" + std::to_string(i) + " HTTP/1.1\r\n\r\n";
  client.write(requests);
  client.close();
  const std::string answers = client.read_all();
  for (int i = 0; i < 100; ++i)
    EXPECT_THAT(answers, HasSubstr("GET /" + std::to_string(i) + " HTTP/1.1")) << i;
}

TEST(ServerHttp, LetsAClientGoAwayBetweenTwoRequestsButNotWithinOne) {
  const Server server = our_server(rsa, {"--http", "--json", "--count", "2"});
  {
    TlsClient client(server.port);
    client.handshake();
    client.write("GET / HTTP/1.1\r\n\r\n");
    client.read_record();
  }
  ASSERT_TRUE(server.process->wait_for("note: the client ended TCP without close_notify"));
  {
    TlsClient client(server.port);
    client.handshake();
    client.write("GET / HTTP/1.1\r\n");
  }
  EXPECT_EQ(server.process->wait(), 0) << server.process->describe();
  const auto lines = json_lines(*server.process);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0]["outcome"], "closed") << lines[0];
  EXPECT_EQ(lines[1]["outcome"], "failed") << lines[1];
  EXPECT_EQ(lines[1]["failure"]["cause"], "truncated") << lines[1];
}

TEST(ServerHttp, EndsAHalfDoneRequestInTime) {
  const Server server = our_server(rsa, {"--http", "--timeout", "1"});
  TlsClient client(server.port);
  client.handshake();
  client.write("GET / HTTP/1.1\r\n");
  EXPECT_EQ(client.read_all(), "");
  EXPECT_TRUE(server.process->wait_for("timed out: a request was not complete"));
}

}  // namespace
}  // namespace glasstls::test
