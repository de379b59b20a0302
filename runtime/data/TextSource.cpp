// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Lines of text, each a sequence of characters: their code points, and 0 behind
// the last of them. So the numbers mean the same in every file.
#include "runtime/data/Elements.h"
#include "runtime/data/Source.h"

#include <optional>

using namespace gan;
using namespace gan::runtime;

// Takes the first character of UTF-8 away; none where there is no such.
static std::optional<uint32_t> takeCharacter(std::string_view &text) {
  auto byteAt = [&](size_t i) { return static_cast<uint8_t>(text[i]); };
  uint8_t first = byteAt(0);
  size_t more = first < 0x80           ? 0
                : (first >> 5) == 0x6  ? 1
                : (first >> 4) == 0xe  ? 2
                : (first >> 3) == 0x1e ? 3
                                       : text.size();
  if (more >= text.size())
    return std::nullopt;
  // The bits of the first byte behind those that count the further ones.
  uint32_t code = more ? first & (0x3f >> more) : first;
  for (size_t i = 1; i <= more; ++i) {
    if (byteAt(i) >> 6 != 2)
      return std::nullopt;
    code = code << 6 | (byteAt(i) & 0x3f);
  }
  constexpr uint32_t kLeast[] = {0, 0x80, 0x800, 0x10000};
  if (code < kLeast[more] || code > 0x10ffff ||
      (code >= 0xd800 && code < 0xe000))
    return std::nullopt;
  text.remove_prefix(more + 1);
  return code;
}

namespace {
struct Line {
  std::string_view text;
  uint64_t number; // in the file, from 1 on
};

class SequencesOfText : public FieldReader {
public:
  SequencesOfText(const std::vector<Line> &lines,
                  const format::DataField &field)
      : lines(lines), element(field.element()),
        length(static_cast<uint64_t>(field.shape()->Get(0))) {}
  uint64_t records() const override { return lines.size(); }
  Status read(const BatchRequest &request,
              std::span<std::byte> out) const override {
    size_t at = 0;
    for (uint64_t record : request.records) {
      std::string_view rest = lines[record].text;
      for (uint64_t i = 0; i < length; ++i)
        storeElement(element, out, at++,
                     rest.empty() ? 0 : takeCharacter(rest).value_or(0));
    }
    return Status();
  }

private:
  const std::vector<Line> &lines;
  format::ElementType element;
  uint64_t length;
};

class TextSource : public Source {
public:
  TextSource(std::string path, FileBytes bytes);
  bool isShareable() const override { return false; }
  Result<std::unique_ptr<FieldReader>>
  read(const FieldRequest &request) const override;
  std::vector<std::string> recordNames(const FieldRequest &) const override {
    return {};
  }
  bool isEmpty() const { return lines.empty(); }

private:
  Status check(const Line &line, const FieldRequest &request) const;
  std::string path;
  FileBytes bytes;
  std::vector<Line> lines; // those that are not empty
};
} // namespace

TextSource::TextSource(std::string path, FileBytes content)
    : path(std::move(path)), bytes(std::move(content)) {
  std::string_view rest = textOf(bytes);
  rest.remove_prefix(rest.starts_with("\xef\xbb\xbf") ? 3 : 0);
  for (uint64_t number = 1; !rest.empty(); ++number) {
    size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view text = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    text.remove_suffix(text.ends_with('\r') ? 1 : 0);
    if (!text.empty())
      lines.push_back({text, number});
  }
}

// Only what is read of a line, its beginning, is looked at.
Status TextSource::check(const Line &line, const FieldRequest &request) const {
  std::string_view rest = line.text;
  for (int64_t i = 0; i < request.field.shape()->Get(0) && !rest.empty(); ++i) {
    std::string place = "character " + std::to_string(i + 1) + " of line " +
                        std::to_string(line.number);
    std::optional<uint32_t> code = takeCharacter(rest);
    if (!code)
      return Status(Code::Damaged, place + " is no UTF-8", path);
    if (*code == 0 || *code >= request.field.classes())
      return Status(Code::Mismatch,
                    place + " has the code point " + std::to_string(*code) +
                        ", but '" + request.name() +
                        "' of the model takes 1 to " +
                        std::to_string(request.field.classes() - 1),
                    path);
  }
  return Status();
}

Result<std::unique_ptr<FieldReader>>
TextSource::read(const FieldRequest &request) const {
  std::string_view kind = request.field.kind()->string_view();
  if (kind != "sequence")
    return Status(Code::Usage,
                  "'" + request.name() + "' is of kind '" + std::string(kind) +
                      "', which is not read from text",
                  path);
  for (const Line &line : lines)
    if (Status status = check(line, request); !status.ok())
      return status;
  return std::unique_ptr<FieldReader>(
      std::make_unique<SequencesOfText>(lines, request.field));
}

Result<std::unique_ptr<Source>>
gan::runtime::textSource(const std::string &path, FileBytes content) {
  auto source = std::make_unique<TextSource>(path, std::move(content));
  if (source->isEmpty())
    return Status(Code::Damaged, "it holds no line of text", path);
  return std::unique_ptr<Source>(std::move(source));
}
