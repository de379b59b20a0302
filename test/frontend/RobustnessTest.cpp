// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Any text is compiled or refused with a report, whatever was done to it: the
// programs of the tree with tokens dropped, doubled, exchanged and replaced.
#include "frontend/Format.h"
#include "frontend/Frontend.h"
#include "frontend/Parser.h"
#include "models/StandardLibrary.h"
#include "test/frontend/Corpus.h"

#include "mlir/IR/Verifier.h"

#include <gtest/gtest.h>

#include <random>

using namespace gan::frontend;
using namespace gan::test;

namespace {

class Robustness : public testing::Test {
protected:
  Robustness() {
    for (const gan::LibraryFile &file : gan::getStandardLibrary())
      library.push_back({file.name, file.text});
  }

  // Elaborates the text: a module that verifies (then true), or at least one
  // report.
  bool check(const std::string &text) {
    llvm::SourceMgr sources;
    sources.AddNewSourceBuffer(
        llvm::MemoryBuffer::getMemBufferCopy(text, "mutant.gan"),
        llvm::SMLoc());
    int errors = 0;
    mlir::ScopedDiagnosticHandler count(&context, [&](mlir::Diagnostic &) {
      ++errors;
      return mlir::success();
    });
    Elaboration result =
        elaborate({"mutant.gan", {}, library}, sources, &context);
    if (result.module)
      EXPECT_TRUE(mlir::succeeded(mlir::verify(*result.module))) << text;
    else
      EXPECT_GT(errors, 0) << text;
    return static_cast<bool>(result.module);
  }

  mlir::MLIRContext context{mlir::MLIRContext::Threading::DISABLED};
  std::vector<LibraryText> library;
};

// Small enough that many mutants take little time.
std::vector<Program> readSmallPrograms() {
  std::vector<Program> programs = readCorpus();
  llvm::erase_if(programs, [](const Program &program) {
    llvm::StringRef name = program.name;
    return name.contains("/language/") || name.contains("/models/") ||
           program.text.size() > 4000;
  });
  return programs;
}

using Random = std::mt19937;

std::string pickToken(const std::string &text, mlir::MLIRContext &context,
                      Random &random) {
  static const char *const words[] = {"0",
                                      "-1",
                                      "9223372036854775807",
                                      "3_000_000_000",
                                      "1e308",
                                      "[]",
                                      "[]",
                                      "x",
                                      "z",
                                      "batch",
                                      "item",
                                      "step",
                                      "G",
                                      "D",
                                      "training",
                                      "\"same\"",
                                      "true",
                                      "(",
                                      ")",
                                      "{",
                                      "}",
                                      ",",
                                      ":",
                                      "|>",
                                      "^",
                                      "..",
                                      "as",
                                      "if",
                                      "for",
                                      "let",
                                      "fn",
                                      "draw",
                                      "\xc3\xa9",
                                      "\x01",
                                      "_",
                                      "grad"};
  constexpr size_t count = std::size(words);
  size_t choice = random() % (2 * count);
  if (choice < count)
    return words[choice];
  LexedFile file = lex(text, "mutant.gan", &context);
  const Token &token = file.tokens[random() % file.tokens.size()];
  return token.text.str();
}

// Another token of the same kind: such mutants reach deepest.
std::string pickSibling(const LexedFile &file, const Token &token,
                        Random &random) {
  static const char *const ints[] = {"0", "1", "2", "7", "1_000_000_007"};
  if (token.kind == Token::Kind::Int && random() % 2)
    return ints[random() % std::size(ints)];
  std::vector<std::string> siblings;
  for (const Token &other : file.tokens)
    if (other.kind == token.kind && token.kind != Token::Kind::String)
      siblings.push_back(other.text.str());
  return siblings.empty() ? "0" : siblings[random() % siblings.size()];
}

std::string mutate(const std::string &text, mlir::MLIRContext &context,
                   Random &random) {
  LexedFile file = lex(text, "mutant.gan", &context);
  llvm::erase_if(file.tokens, [](const Token &t) { return t.text.empty(); });
  if (file.tokens.empty())
    return text;
  const Token &token = file.tokens[random() % file.tokens.size()];
  size_t at = token.text.data() - text.data(), length = token.text.size();
  std::string result = text;
  switch (random() % 8) {
  case 0:
    return result.erase(at, length);
  case 1:
    return result.insert(at, token.text.str() + " ");
  case 2:
    return result.replace(at, length, pickToken(text, context, random));
  case 3:
    return result.insert(at, pickToken(text, context, random) + " ");
  default:
    return result.replace(at, length, pickSibling(file, token, random));
  }
}

TEST_F(Robustness, MutantsAreCompiledOrRefused) {
  mlir::ScopedDiagnosticHandler silence(
      &context, [](mlir::Diagnostic &) { return mlir::success(); });
  Random random(1);
  std::vector<Program> programs = readSmallPrograms();
  llvm::erase_if(programs, [&](const Program &p) { return !check(p.text); });
  ASSERT_GT(programs.size(), 40u);
  int compiled = 0;
  for (int i = 0; i < 2000; ++i) {
    std::string text = programs[random() % programs.size()].text;
    for (int steps = 1 + random() % 2; steps > 0; --steps)
      text = mutate(text, context, random);
    compiled += check(text);
    if (HasFailure())
      break;
  }
  EXPECT_GT(compiled, 100);
}

TEST_F(Robustness, TruncatedProgramsAreRefused) {
  Random random(2);
  std::vector<Program> programs = readSmallPrograms();
  for (int i = 0; i < 300; ++i) {
    const std::string &text = programs[random() % programs.size()].text;
    check(text.substr(0, random() % (text.size() + 1)));
  }
}

TEST_F(Robustness, BytesWithoutMeaningAreRefused) {
  Random random(3);
  for (int i = 0; i < 200; ++i) {
    std::string bytes(random() % 400, ' ');
    for (char &byte : bytes)
      byte = static_cast<char>(random());
    check(bytes);
  }
}

std::string repeat(const char *text, int count) {
  std::string result;
  for (int i = 0; i < count; ++i)
    result += text;
  return result;
}

TEST_F(Robustness, DepthIsBounded) {
  constexpr int deep = 20'000;
  check("let a = " + repeat("(", deep) + "1" + repeat(")", deep));
  check("let a = " + repeat("[", deep) + repeat("]", deep));
  check("let a = 1" + repeat(" + 1", deep));
  check("let a = " + repeat("-", deep) + "1");
  check("let a = " + repeat("not ", deep) + "true");
  check("let a = 2" + repeat("^2", deep));
  check("let a = x" + repeat(" |> f", deep));
  check("let a = x" + repeat("(1)", deep));
  check("let a = x" + repeat("[1]", deep));
  check("let a = x" + repeat(".y", deep));
  check("let a = " + repeat("x => ", deep) + "1");
  check("let a = " + repeat("if b then 1 else ", deep) + "1");
  check("fn f(x) { " + repeat("if a { ", deep));
  check("fn f(x) { if a { } " + repeat("else if a { } ", deep) + "}");
  check("model m { phase a(steps: 1, batch: 1) {" + repeat("repeat 2 {", deep));
}

TEST_F(Robustness, ChainsOfFunctionsEnd) {
  std::string text = "fn f0(x) = x\n";
  for (int i = 1; i < 20'000; ++i)
    text += "fn f" + std::to_string(i) + "(x) = f" + std::to_string(i - 1) +
            "(x)\n";
  check(text + "model m { phase a(steps: f19999(1), batch: 1) { } }");
}

TEST_F(Robustness, LoopsEnd) {
  check(
      "model m {\n  for i in 0..1000000 { for j in 0..1000000 { let a = i * j "
      "} }\n  phase a(steps: 1, batch: 1) { }\n}\n");
}

} // namespace
