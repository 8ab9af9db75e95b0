#include "inspect/terminal/labels.h"

#include <fmt/format.h>

namespace glasstls::inspect::terminal {

namespace {

struct Words {
  std::string_view english, chinese;
};

Words words_of(Label label) {
  switch (label) {
    case Label::comma: return {", ", "，"};
    case Label::client: return {"client", "客户端"};
    case Label::server: return {"server", "服务器"};
    case Label::byte: return {"{} byte", "{} 字节"};
    case Label::bytes: return {"{} bytes", "{} 字节"};
    case Label::empty: return {"(empty)", "（空）"};
    case Label::not_read: return {"(not read)", "（未解析）"};
    case Label::redacted: return {"(redacted)", "（已略去）"};
    case Label::unknown: return {"(not known)", "（未知）"};
    case Label::behind_length: return {"{}, after their length", "{}，前面是长度"};
    case Label::rest_of: return {"(rest of {})", "（{} 的其余部分）"};
    case Label::malformed_at: return {"malformed at byte {}", "第 {} 字节处格式错误"};
    case Label::inside: return {"in {}", "位于 {}"};
    case Label::flight: return {"flight {}, {}", "第 {} 轮，{}"};
    case Label::flight_seconds: return {"at {}, takes {}", "始于 {}，历时 {}"};
    case Label::record: return {"record {} of the {}: {}, {}", "记录 {}（{}）：{}，{}"};
    case Label::segment: return {"segment of the {}: {}", "{}的报文段：{}"};
    case Label::frame: return {"frame {}", "第 {} 帧"};
    case Label::sequence_number: return {"sequence number", "序列号"};
    case Label::nonce: return {"nonce", "nonce"};
    case Label::additional_data: return {"additional data", "附加数据"};
    case Label::ciphertext: return {"ciphertext", "密文"};
    case Label::tag: return {"tag", "认证标签"};
    case Label::plaintext: return {"plaintext", "明文"};
    case Label::not_authentic: return {"its tag does not verify", "认证标签验证不通过"};
    case Label::sealed: return {"not opened", "未解密"};
    case Label::fin: return {"end of the {}'s stream (FIN)", "{}的数据流结束（FIN）"};
    case Label::rst: return {"reset by the {} (RST)", "{}重置了连接（RST）"};
    case Label::connection: return {"Connection {}", "连接 {}"};
    case Label::suite: return {"suite", "密码套件"};
    case Label::names: return {"name", "名称"};
    case Label::session: return {"session", "会话"};
    case Label::full_handshake: return {"full handshake", "完整握手"};
    case Label::resumed_session_id: return {"resumed by its session ID", "通过会话 ID 恢复"};
    case Label::resumed_ticket: return {"resumed by a ticket", "通过会话票据恢复"};
    case Label::session_unknown: return {"whether it is resumed is not known", "是否恢复会话未知"};
    case Label::extended_master_secret: return {"extended master secret", "扩展主密钥"};
    case Label::offered_only: return {"offered, not agreed on", "仅为提议，尚未协商"};
    case Label::began_in_the_middle: return {"the beginning is missing", "缺少开头部分"};
    case Label::prelude: return {"before TLS", "TLS 之前"};
    case Label::certificate: return {"certificate {}", "证书 {}"};
    case Label::secrets: return {"Key schedule", "密钥推导"};
    case Label::checks: return {"Checks", "检验"};
    case Label::outcome: return {"Outcome", "结果"};
    case Label::expected: return {"expected", "应为"};
    case Label::actual: return {"actual", "实为"};
    case Label::passed: return {"passed", "通过"};
    case Label::failed: return {"failed", "失败"};
    case Label::not_checkable: return {"not checkable", "无法检验"};
    case Label::left_out: return {"left out", "未列出"};
    case Label::left_out_records:
      return {"{} records of the {}'s data, {}", "{} 条{}的数据记录，共 {}"};
    case Label::left_out_entries: return {"{} other entries of the {}", "{} 个{}的其他条目"};
    case Label::contains_secrets:
      return {"This text holds secrets: whoever has it can read the connection.",
              "本文含有密钥：持有者可以解读此连接。"};
    case Label::is_redacted:
      return {"Secrets, and all that was decrypted, are left out.", "密钥和所有解密内容均已略去。"};
    case Label::column_number: return {"#", "#"};
    case Label::column_name: return {"name", "名称"};
    case Label::column_version: return {"version", "版本"};
  }
  return {};
}

}  // namespace

std::string_view say(Language language, Label label) {
  const Words words = words_of(label);
  return language == Language::chinese ? words.chinese : words.english;
}

std::string bytes_text(Language language, std::uint64_t count) {
  const std::string_view form = say(language, count == 1 ? Label::byte : Label::bytes);
  return fmt::format(fmt::runtime(form), count);
}

}  // namespace glasstls::inspect::terminal
