// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What `ganc fmt` promises, over all programs of the tree, as they are written
// and with their white space stirred.
#include "frontend/Format.h"
#include "frontend/AstPrinter.h"
#include "frontend/Parser.h"
#include "test/frontend/Corpus.h"

#include <gtest/gtest.h>

#include <random>

using namespace gan::frontend;
using namespace gan::test;

namespace {

class Formatting : public testing::Test {
protected:
  // The printed tree; nothing if the parser refuses the text.
  std::optional<std::string> getTree(const std::string &text) {
    std::optional<ast::File> file = Parser(text, "test", &context).parseFile();
    if (!file)
      return std::nullopt;
    std::string tree;
    llvm::raw_string_ostream os(tree);
    printAst(*file, os);
    return tree;
  }
  std::vector<std::string> getComments(const std::string &text) {
    std::vector<std::string> comments;
    for (const Comment &comment : lex(text, "test", &context).comments)
      comments.push_back(comment.text.str());
    return comments;
  }
  std::string getFormatted(const std::string &text) {
    return format(lex(text, "test", &context));
  }
  void checkPromises(const std::string &text, const std::string &name) {
    std::string once = getFormatted(text);
    EXPECT_EQ(getTree(once), getTree(text)) << name << "\n" << once;
    EXPECT_EQ(getComments(once), getComments(text)) << name;
    EXPECT_EQ(getFormatted(once), once) << name << " from\n" << text;
  }

  mlir::MLIRContext context;
  mlir::ScopedDiagnosticHandler silence{
      &context, [](mlir::Diagnostic &) { return mlir::success(); }};
};

// The tokens with other white space between them: a line end only where one
// stood or where none ends a statement.
std::string stir(const std::string &text, mlir::MLIRContext &context,
                 std::mt19937 &random) {
  LexedFile file = lex(text, "test", &context);
  std::string stirred;
  const char *at = text.data();
  int brackets = 0;
  for (const Token &token : file.tokens) {
    if (token.kind == Token::Kind::End || token.kind == Token::Kind::Eof)
      continue;
    bool isString = token.kind == Token::Kind::String;
    const char *begin = token.text.data() - (isString ? 1 : 0);
    llvm::StringRef gap(at, begin - at);
    if (gap.find_first_of("#\n;") != llvm::StringRef::npos)
      stirred += gap.str() + std::string(random() % 5, ' ');
    else if (!gap.empty() || token.kind == Token::Kind::Symbol)
      stirred += brackets > 0 && random() % 8 == 0
                     ? "\n"
                     : std::string((gap.empty() ? 0 : 1) + random() % 3, ' ');
    at = token.text.end() + (isString ? 1 : 0);
    stirred.append(begin, at - begin);
    bool opens = token.is("(") || token.is("[");
    brackets += opens ? 1 : token.is(")") || token.is("]") ? -1 : 0;
  }
  return stirred + text.substr(at - text.data());
}

TEST_F(Formatting, KeepsTreeAndCommentsAndIsIdempotent) {
  std::mt19937 random(1);
  int count = 0;
  for (const Program &program : readCorpus()) {
    if (!getTree(program.text))
      continue; // fmt refuses it too.
    ++count;
    checkPromises(program.text, program.name);
    for (int i = 0; i < 10; ++i)
      checkPromises(stir(program.text, context, random), program.name);
  }
  EXPECT_GT(count, 80);
}

TEST_F(Formatting, BreaksLinesAt120Columns) {
  for (const Program &program : readCorpus()) {
    if (!getTree(program.text))
      continue;
    std::string text = getFormatted(program.text);
    llvm::SmallVector<llvm::StringRef> lines;
    llvm::StringRef(text).split(lines, '\n');
    for (llvm::StringRef line : lines)
      EXPECT_LE(line.take_until([](char c) { return c == '#'; }).rtrim().size(),
                120u)
          << program.name << ": " << line.str();
  }
}

TEST_F(Formatting, LeavesTheFilesOfTheTreeAsTheyAre) {
  int count = 0;
  for (const Program &program : readCorpus()) {
    llvm::StringRef name = program.name;
    if (!name.contains("/models/") && !name.contains("/programs/"))
      continue;
    ++count;
    EXPECT_EQ(getFormatted(program.text), program.text)
        << "run 'ganc fmt -i' on " << program.name;
  }
  EXPECT_GT(count, 30);
}

} // namespace
