// explain_capture CAPTURE KEY-LOG: the documents of a capture, as JSON.
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "inspect/capture/byte_source.h"
#include "inspect/capture/key_log.h"
#include "inspect/decode/capture_decoder.h"
#include "inspect/document_json.h"
#include "inspect/make_document.h"
#include "wire/bytes.h"

int main(int count, char** arguments) {
  namespace inspect = glasstls::inspect;
  if (count != 3) return 2;
  std::ifstream keys(arguments[2], std::ios::binary);
  const std::string lines{std::istreambuf_iterator<char>(keys), {}};
  inspect::capture::KeyLog log;
  log.add(arguments[2], glasstls::wire::as_bytes(lines));
  inspect::capture::FileSource source(arguments[1]);
  const inspect::DecodedCapture decoded = inspect::decode_capture(source, &log, {}, arguments[1]);
  std::vector<inspect::Document> documents;
  for (const inspect::Recording& recording : decoded.recordings)
    documents.push_back(inspect::make_document(recording));
  std::cout << inspect::to_json(documents);
  return 0;
}
