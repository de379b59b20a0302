// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/data/array/ArrayFile.h"

#include <charconv>
#include <cmath>
#include <cstring>

using namespace gan::runtime;

static constexpr uint64_t kMostColumns = 1 << 20;

// The next part of `rest` up to one of `ends`, without the spaces around it.
static std::string_view takePart(std::string_view &rest,
                                 std::string_view ends) {
  size_t end = std::min(rest.find_first_of(ends), rest.size());
  std::string_view part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  size_t begin = part.find_first_not_of(" \r");
  if (begin == std::string_view::npos)
    return {};
  return part.substr(begin, part.find_last_not_of(" \r") + 1 - begin);
}

static bool readNumber(std::string_view text, double &number) {
  text.remove_prefix(text.starts_with('+') ? 1 : 0);
  auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() &&
         std::isfinite(number);
}

// Appends the numbers of a line; the 1-based column of what is none, or 0.
static uint64_t readLine(std::string_view line, std::vector<double> &numbers) {
  uint64_t column = 0;
  while (!line.empty()) {
    double number = 0;
    if (++column > kMostColumns || !readNumber(takePart(line, ",;\t"), number))
      return column;
    numbers.push_back(number);
  }
  return 0;
}

Result<ArrayFile> gan::runtime::parseCsv(std::string_view text,
                                         const std::string &where) {
  // A byte order mark, with which a line of numbers would seem to be of names.
  text.remove_prefix(text.starts_with("\xef\xbb\xbf") ? 3 : 0);
  std::vector<double> numbers;
  uint64_t columns = 0, line = 0;
  for (std::string_view rest = text; !rest.empty();) {
    std::string_view content = takePart(rest, "\n");
    ++line;
    if (content.empty())
      continue;
    size_t before = numbers.size();
    uint64_t wrong = readLine(content, numbers);
    if (wrong && line == 1) {
      numbers.clear(); // It names the columns.
      continue;
    }
    std::string place = "line " + std::to_string(line);
    if (wrong)
      return Status(Code::Damaged,
                    place + ", column " + std::to_string(wrong) +
                        " is no finite number",
                    where);
    uint64_t found = numbers.size() - before;
    columns = columns ? columns : found;
    if (found != columns)
      return Status(Code::Damaged,
                    place + " has " + std::to_string(found) +
                        " numbers, but those before it have " +
                        std::to_string(columns),
                    where);
  }
  if (numbers.empty())
    return Status(Code::Damaged, "it holds no line of numbers", where);
  ArrayFile file;
  file.isTable = true;
  file.contents.emplace_back(numbers.size() * sizeof(double));
  std::memcpy(file.contents[0].data(), numbers.data(), file.contents[0].size());
  file.arrays.push_back({.scalar = Scalar::F64,
                         .sizes = {numbers.size() / columns, columns},
                         .bytes = file.contents[0],
                         .stride = columns * sizeof(double)});
  return file;
}

Result<ArrayFile> gan::runtime::openCsv(const std::string &path) {
  Result<FileBytes> bytes = readFile(path, kMostArrayBytes);
  return bytes.ok() ? parseCsv(textOf(*bytes), path) : bytes.status();
}
