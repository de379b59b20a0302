// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/random/Reduce.h"

#include "llvm/ADT/StringExtras.h"

#include <chrono>
#include <set>
#include <vector>

using namespace gan::random;

namespace {
// A part of the text and what may stand in its place.
struct Edit {
  size_t begin, end;
  std::string instead;
};

class Reducer {
public:
  Reducer(std::string program,
          llvm::function_ref<bool(const std::string &)> fails, unsigned seconds)
      : program(std::move(program)), fails(fails),
        end(std::chrono::steady_clock::now() + std::chrono::seconds(seconds)) {}

  std::string run();

private:
  using Edits = std::vector<Edit> (*)(const std::string &);
  bool isOver() const { return std::chrono::steady_clock::now() >= end; }
  bool applyAll(Edits edits);

  std::string program;
  llvm::function_ref<bool(const std::string &)> fails;
  std::chrono::steady_clock::time_point end;
  std::set<std::string> tried;
};
} // namespace

static bool opens(char c) { return c == '(' || c == '[' || c == '{'; }
static bool closes(char c) { return c == ')' || c == ']' || c == '}'; }
static bool isWord(char c) { return llvm::isAlnum(c) || c == '_'; }

// The bracket that closes the one at `begin`, or the end.
static size_t closing(const std::string &text, size_t begin) {
  int depth = 0;
  for (size_t i = begin; i < text.size(); ++i) {
    depth += opens(text[i]) - closes(text[i]);
    if (depth == 0)
      return i;
  }
  return text.size();
}

// Lines; one that opens a block goes with all of it.
static std::vector<Edit> lineEdits(const std::string &text) {
  std::vector<Edit> edits;
  for (size_t begin = 0; begin < text.size();) {
    size_t end = text.find('\n', begin);
    end = end == std::string::npos ? text.size() : end + 1;
    size_t last = text.find_last_not_of(" \n", end - 1);
    if (last != std::string::npos && last >= begin && text[last] == '{') {
      size_t close = text.find('\n', closing(text, last));
      edits.push_back(
          {begin, close == std::string::npos ? text.size() : close + 1, ""});
    } else {
      edits.push_back({begin, end, ""});
    }
    begin = end;
  }
  return edits;
}

// The end of the operand that begins at `begin`: before a separator or a
// bracket that closes around it.
static size_t endOfPart(const std::string &text, size_t begin) {
  for (size_t i = begin; i < text.size(); ++i) {
    if (opens(text[i])) {
      i = closing(text, i);
      continue;
    }
    llvm::StringRef rest = llvm::StringRef(text).substr(i);
    for (llvm::StringRef separator :
         {" |> ", " + ", " - ", " * ", " / ", "; ", ", ", "\n", " when "})
      if (i > begin && rest.starts_with(separator))
        return i;
    if (closes(text[i]))
      return i;
  }
  return text.size();
}

// "a + b" to "a" and to "b"; likewise stages, statements, arguments.
static std::vector<Edit> partEdits(const std::string &text) {
  std::vector<Edit> edits;
  for (size_t i = 0; i < text.size(); ++i)
    for (llvm::StringRef separator :
         {" |> ", " + ", " - ", " * ", " / ", "; ", ", ", " when "}) {
      if (!llvm::StringRef(text).substr(i).starts_with(separator))
        continue;
      size_t after = i + separator.size();
      edits.push_back({i, endOfPart(text, after), ""});
      // What stands before goes as far as its line or bracket.
      size_t begin = i;
      for (int depth = 0; begin > 0; --begin) {
        char before = text[begin - 1];
        depth += closes(before) - opens(before);
        if (depth < 0 || before == '\n' ||
            (depth == 0 && begin >= 2 &&
             llvm::StringRef("=,;").contains(text[begin - 2]) && before == ' '))
          break;
      }
      edits.push_back({begin, after, ""});
    }
  return edits;
}

// "f(a, b)" to "a", "{ .. }" and "( .. )" to what is in them.
static std::vector<Edit> callEdits(const std::string &text) {
  std::vector<Edit> edits;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '(' && text[i] != '{')
      continue;
    size_t close = closing(text, i);
    if (close == text.size())
      continue;
    size_t begin = i;
    while (begin > 0 && isWord(text[begin - 1]))
      --begin;
    std::string inside = text.substr(i + 1, close - i - 1);
    edits.push_back({begin, close + 1, inside});
    if (size_t comma = endOfPart(inside, 0); comma < inside.size())
      edits.push_back({begin, close + 1, inside.substr(0, comma)});
    if (text[i] == '(' && begin < i)
      edits.push_back({begin, i, ""});
  }
  return edits;
}

static std::vector<Edit> numberEdits(const std::string &text) {
  std::vector<Edit> edits;
  for (size_t i = 0; i < text.size(); ++i) {
    if (!llvm::isDigit(text[i]) ||
        (i > 0 && (isWord(text[i - 1]) || text[i - 1] == '.')))
      continue;
    size_t end = i;
    while (end < text.size() && (llvm::isDigit(text[end]) || text[end] == '.'))
      ++end;
    std::string number = text.substr(i, end - i);
    int value = 0;
    if (llvm::StringRef(number).getAsInteger(10, value)) {
      edits.push_back({i, end, "1"});
    } else if (value > 1) {
      for (int less : {1, value / 2, value - 1})
        edits.push_back({i, end, std::to_string(less)});
    }
    i = end;
  }
  return edits;
}

// Tries every edit of the present program once; later ones first, so that the
// places of those before stay.
bool Reducer::applyAll(Edits edits) {
  bool changed = false;
  std::vector<Edit> all = edits(program);
  size_t limit = std::string::npos; // the text from here on has changed
  for (auto edit = all.rbegin(); edit != all.rend() && !isOver(); ++edit) {
    if (edit->end > limit)
      continue;
    std::string candidate = program;
    candidate.replace(edit->begin, edit->end - edit->begin, edit->instead);
    if (candidate == program || !tried.insert(candidate).second ||
        !fails(candidate))
      continue;
    program = candidate;
    limit = edit->begin;
    changed = true;
  }
  return changed;
}

std::string Reducer::run() {
  for (bool changed = true; changed && !isOver();) {
    changed = false;
    while (applyAll(lineEdits))
      changed = true;
    for (Edits edits : {partEdits, callEdits, numberEdits})
      changed |= applyAll(edits);
  }
  return program;
}

std::string
gan::random::reduce(const std::string &program,
                    llvm::function_ref<bool(const std::string &)> fails,
                    unsigned seconds) {
  return Reducer(program, fails, seconds).run();
}
