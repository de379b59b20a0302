// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/report/Page.h"
#include "runtime/report/PageFiles.h"

#include <algorithm>

using namespace gan::runtime;

static void replace(std::string &text, std::string_view what,
                    const std::string &with) {
  text.replace(text.find(what), what.size(), with);
}

static std::string escaped(const std::string &text) {
  std::string result;
  for (char c : text)
    result += c == '&'   ? std::string("&amp;")
              : c == '<' ? std::string("&lt;")
                         : std::string(1, c);
  return result;
}

// JSON between the tags of a script: no text in it may look like their end.
static std::string scriptSafe(std::string json) {
  for (size_t at = 0; (at = json.find('<', at)) != json.npos;)
    json.replace(at, 1, "\\u003c");
  return json;
}

std::string gan::runtime::pageText(const std::string &title, const Json &data,
                                   unsigned reloadSeconds) {
  std::string page(kPageHtml);
  replace(page, "@TITLE@", escaped(title));
  replace(page, "@RELOAD@",
          reloadSeconds ? "<meta http-equiv=\"refresh\" content=\"" +
                              std::to_string(reloadSeconds) + "\">"
                        : "");
  replace(page, "@STYLE@", std::string(kPageStyle));
  replace(page, "@SCRIPT@", std::string(kPageScript));
  replace(page, "@DATA@", scriptSafe(printJson(data)));
  return page;
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
