// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/report/Page.h"
#include "runtime/report/PageFiles.h"
#include "runtime/report/TextWriter.h"

#include <algorithm>

using namespace gan::runtime;

static std::string escaped(const std::string &text) {
  std::string result;
  for (char c : text)
    result += c == '&'   ? std::string("&amp;")
              : c == '<' ? std::string("&lt;")
                         : std::string(1, c);
  return result;
}

// JSON between the tags of a script: no text in it may look like their end.
static std::string scriptSafe(std::string_view json) {
  std::string text(json);
  for (size_t at = 0; (at = text.find('<', at)) != text.npos;)
    text.replace(at, 1, "\\u003c");
  return text;
}

Status gan::runtime::writePageFile(
    const std::string &path, const std::string &title, unsigned reloadSeconds,
    const std::function<void(const JsonSink &)> &writeData) {
  Result<TextWriter> page = TextWriter::create(path);
  if (!page.ok())
    return page.status();
  std::string_view rest = kPageHtml;
  auto copyTo = [&](std::string_view mark) {
    size_t at = rest.find(mark);
    page->append(rest.substr(0, at));
    rest.remove_prefix(at + mark.size());
  };
  copyTo("@RELOAD@");
  if (reloadSeconds)
    page->append("<meta http-equiv=\"refresh\" content=\"" +
                 std::to_string(reloadSeconds) + "\">");
  copyTo("@TITLE@");
  page->append(escaped(title));
  copyTo("@STYLE@");
  page->append(kPageStyle);
  copyTo("@DATA@");
  writeData([&](std::string_view json) { page->append(scriptSafe(json)); });
  copyTo("@CHART@");
  page->append(kPageChart);
  copyTo("@SCRIPT@");
  page->append(kPageScript);
  page->append(rest);
  return page->commit(Durability::Unsynced);
}

std::string gan::runtime::base64(std::span<const std::byte> bytes) {
  static constexpr char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                   "abcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (size_t i = 0; i < bytes.size(); i += 3) {
    size_t count = std::min<size_t>(3, bytes.size() - i);
    uint32_t word = 0;
    for (size_t k = 0; k < 3; ++k)
      word = word << 8 |
             (k < count ? static_cast<uint8_t>(bytes[i + k]) : uint8_t{0});
    for (size_t k = 0; k < 4; ++k)
      text += k <= count ? digits[word >> (18 - 6 * k) & 63] : '=';
  }
  return text;
}
