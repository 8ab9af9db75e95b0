// docs/tutorial.md, taken at its word: its files in a folder of their own, its commands run there.
//
// What stands behind the fence of a code block says what the block is:
//   sh file NAME, python file NAME   the content of docs/tutorial/NAME
//   sh run NAME                      a command; text run NAME, all that it prints
//   sh NAME server, sh NAME client   a side of a conversation on port 7777; text NAME server, text
//                                    NAME client, all that it prints
//   text bytes                       bytes of docs/tutorial/handshake.pcap
//   text explain                     lines of docs/tutorial/handshake.txt
// Other blocks are not looked at.
#pragma once

#include <string>
#include <vector>

#include "tests/interop/markdown.h"
#include "tests/interop/peers.h"

namespace glasstls::test {

/// A file's content; std::runtime_error if it cannot be read.
std::string content_of(const std::string& path);
/// "docs/..." as a path.
std::string document_path(const std::string& name);

/// With one port for all ports of 127.0.0.1, and one blank for blanks and line ends.
std::string without_ports_and_breaks(const std::string& text);

class Tutorial {
 public:
  /// Copies the files.
  Tutorial();

  /// std::runtime_error if there is none, or more than one.
  const std::string& block(const std::string& label) const;
  std::string file(const std::string& name) const { return folder_.file(name); }

  /// Runs a command of the document's to its end, its two outputs in one.
  Client run(const std::string& command) const;

  struct Conversation {
    Client server, client;
  };
  /// Runs both sides on a free port, each to its end.
  Conversation converse(const std::string& server_command, const std::string& client_command) const;
  /// Two blocks of the document's, "python server" and "our client" for example. Both sides must
  /// succeed, and print what the document shows.
  Conversation converse_as_shown(const std::string& server_name,
                                 const std::string& client_name) const;

 private:
  Words in_folder(const std::string& command) const;

  std::vector<CodeBlock> blocks_;
  TemporaryFolder folder_;
};

}  // namespace glasstls::test
