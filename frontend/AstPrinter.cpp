// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/AstPrinter.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/TypeSwitch.h"

#include <charconv>

using namespace mlir;
using llvm::StringRef;

namespace gan::frontend {

namespace {

class AstPrinter {
public:
  explicit AstPrinter(llvm::raw_ostream &os) : os(os) {}
  void print(const ast::File &file);

private:
  void print(const ast::Stmt &stmt);
  void printDeclaration(const ast::Stmt &stmt);
  void printMove(const ast::Stmt &stmt);
  void print(const ast::IfStmt &stmt);
  void print(const ast::StorageStmt &stmt);
  void print(const ast::MinimizeStmt &stmt);
  void print(const ast::DataDecl &data);
  void print(const ast::Expr *expr);
  void printNested(const ast::Expr *expr);
  void print(const ast::Path &path);
  void print(const ast::Body &body);
  void print(const ast::Block &block);
  void print(ArrayRef<ast::Argument> arguments);
  void print(ArrayRef<ast::Parameter> parameters);
  void print(ArrayRef<ast::Name> names);
  void print(ArrayRef<ast::ExprPtr> list, StringRef separator);
  void printNumber(double value);
  // A description, then the line that a statement starts on.
  raw_ostream &start(StringRef comment = "");

  raw_ostream &os;
  int depth = 0;
};

} // namespace

raw_ostream &AstPrinter::start(StringRef comment) {
  SmallVector<StringRef> lines;
  if (!comment.empty())
    comment.split(lines, '\n');
  for (StringRef line : lines)
    os.indent(2 * depth) << "# " << line << '\n';
  return os.indent(2 * depth);
}

// The shortest digits that read back as the same number.
void AstPrinter::printNumber(double value) {
  char digits[32];
  StringRef text(
      digits,
      std::to_chars(std::begin(digits), std::end(digits), value).ptr - digits);
  os << text << (text.find_first_of(".en") == StringRef::npos ? ".0" : "");
}

void AstPrinter::print(ArrayRef<ast::ExprPtr> list, StringRef separator) {
  llvm::interleave(
      list, os,
      [&](const ast::ExprPtr &item) {
        if (item)
          print(item.get());
        else
          os << "...";
      },
      separator);
}

void AstPrinter::print(ArrayRef<ast::Name> names) {
  llvm::interleaveComma(names, os,
                        [&](const ast::Name &name) { os << name.text; });
}

void AstPrinter::print(ArrayRef<ast::Argument> arguments) {
  os << '(';
  llvm::interleaveComma(arguments, os, [&](const ast::Argument &argument) {
    if (!argument.name.empty())
      os << argument.name << ": ";
    print(argument.value.get());
  });
  os << ')';
}

void AstPrinter::print(ArrayRef<ast::Parameter> parameters) {
  os << '(';
  llvm::interleaveComma(parameters, os, [&](const ast::Parameter &parameter) {
    os << parameter.name.text;
    if (!parameter.type.empty())
      os << ": " << parameter.type;
    if (parameter.shape) {
      os << ": [";
      print(*parameter.shape, ", ");
      os << ']';
    }
    if (parameter.defaultValue) {
      os << " = ";
      print(parameter.defaultValue.get());
    }
  });
  os << ')';
}

void AstPrinter::print(const ast::Path &path) {
  for (auto [index, segment] : llvm::enumerate(path.segments)) {
    if (segment.index) {
      os << '[';
      print(segment.index.get());
      os << ']';
    } else {
      os << (index == 0 ? "" : ".") << segment.name;
    }
  }
}

void AstPrinter::print(const ast::Expr *expr) {
  llvm::TypeSwitch<const ast::Expr *>(expr)
      .Case([&](const ast::NameExpr *e) { os << e->name; })
      .Case([&](const ast::IntExpr *e) { os << e->value; })
      .Case([&](const ast::FloatExpr *e) { printNumber(e->value); })
      .Case([&](const ast::StringExpr *e) {
        os << '"';
        llvm::printEscapedString(e->value, os);
        os << '"';
      })
      .Case(
          [&](const ast::BoolExpr *e) { os << (e->value ? "true" : "false"); })
      .Case([&](const ast::ListExpr *e) {
        os << '[';
        print(e->items, ", ");
        os << ']';
      })
      .Case([&](const ast::CallExpr *e) {
        print(e->callee.get());
        print(e->arguments);
      })
      .Case([&](const ast::IndexExpr *e) {
        print(e->base.get());
        os << '[';
        print(e->index.get());
        os << ']';
      })
      .Case([&](const ast::MemberExpr *e) {
        print(e->base.get());
        os << '.' << e->member;
      })
      .Default([&](const ast::Expr *e) { printNested(e); });
}

// What has parentheses of its own.
void AstPrinter::printNested(const ast::Expr *expr) {
  llvm::TypeSwitch<const ast::Expr *>(expr)
      .Case([&](const ast::UnaryExpr *e) {
        os << '(' << e->op << ' ';
        print(e->operand.get());
        os << ')';
      })
      .Case([&](const ast::BinaryExpr *e) {
        os << '(';
        print(e->left.get());
        os << ' ' << e->op << ' ';
        print(e->right.get());
        os << ')';
      })
      .Case([&](const ast::ConditionalExpr *e) {
        os << "(if ";
        print(e->condition.get());
        os << " then ";
        print(e->thenValue.get());
        os << " else ";
        print(e->elseValue.get());
        os << ')';
      })
      .Case([&](const ast::LambdaExpr *e) {
        os << "((";
        print(e->parameters);
        os << ") => ";
        print(e->body.get());
        os << ')';
      })
      .Case([&](const ast::LabelExpr *e) {
        os << '(';
        print(e->base.get());
        os << " as ";
        print(e->path);
        os << ')';
      });
}

void AstPrinter::print(const ast::Block &block) {
  ++depth;
  for (const ast::StmtPtr &stmt : block)
    print(*stmt);
  --depth;
}

// The rest of a declaration's line, and the statements below it.
void AstPrinter::print(const ast::Body &body) {
  if (body.expr) {
    os << " = ";
    print(body.expr.get());
  }
  os << '\n';
  print(body.block);
}

void AstPrinter::print(const ast::IfStmt &stmt) {
  start() << "if ";
  print(stmt.condition.get());
  os << '\n';
  print(stmt.thenBlock);
  if (stmt.elseBlock.empty())
    return;
  start() << "else\n";
  print(stmt.elseBlock);
}

void AstPrinter::print(const ast::StorageStmt &stmt) {
  start() << (stmt.isParam ? "param " : "state ") << stmt.name;
  if (stmt.path) {
    os << " as ";
    print(*stmt.path);
  }
  if (stmt.shape) {
    os << ": ";
    print(stmt.shape.get());
  }
  os << " = ";
  print(stmt.init.get());
  os << '\n';
}

void AstPrinter::print(const ast::MinimizeStmt &stmt) {
  start() << "minimize ";
  print(stmt.loss.get());
  if (stmt.afterCount) {
    os << " after ";
    print(stmt.afterCount.get());
    os << ' ' << stmt.afterPlayer;
    print(stmt.afterArguments);
  }
  if (stmt.condition) {
    os << " when ";
    print(stmt.condition.get());
  }
  os << '\n';
}

void AstPrinter::print(const ast::DataDecl &data) {
  start(data.comment) << "data " << data.name << '\n';
  ++depth;
  for (const ast::DataField &field : data.fields) {
    start() << field.name.text << ": " << field.kind.text;
    print(field.arguments);
    os << '\n';
  }
  --depth;
}

void AstPrinter::print(const ast::Stmt &stmt) {
  llvm::TypeSwitch<const ast::Stmt *>(&stmt)
      .Case([&](const ast::LetStmt *s) {
        start() << "let ";
        print(s->names);
        os << " = ";
        print(s->value.get());
        os << '\n';
      })
      .Case([&](const ast::DrawStmt *s) {
        start() << "draw " << s->name;
        if (s->shape) {
          os << ": ";
          print(s->shape.get());
        }
        os << " ~ ";
        print(s->distribution.get());
        os << '\n';
      })
      .Case([&](const ast::IfStmt *s) { print(*s); })
      .Case([&](const ast::ForStmt *s) {
        start() << "for ";
        print(s->names);
        os << " in ";
        print(s->list.get());
        os << '\n';
        print(s->body);
      })
      .Case([&](const ast::StorageStmt *s) { print(*s); })
      .Case([&](const ast::AssignStmt *s) {
        start();
        print(s->target.get());
        os << (s->isStore ? " := " : " = ");
        print(s->value.get());
        os << '\n';
      })
      .Case([&](const ast::ReturnStmt *s) {
        start() << "return ";
        print(s->values, ", ");
        os << '\n';
      })
      .Case([&](const ast::TrainsStmt *s) {
        start() << "trains ";
        print(s->targets, ", ");
        os << " with ";
        print(s->stages, " |> ");
        os << '\n';
      })
      .Case([&](const ast::MinimizeStmt *s) { print(*s); })
      .Case([&](const ast::PlayMove *s) { printMove(*s); })
      .Case([&](const ast::RepeatMove *s) { printMove(*s); })
      .Case([&](const ast::TogetherMove *s) { printMove(*s); })
      .Default([&](const ast::Stmt *s) { printDeclaration(*s); });
}

void AstPrinter::printMove(const ast::Stmt &stmt) {
  llvm::TypeSwitch<const ast::Stmt *>(&stmt)
      .Case([&](const ast::PlayMove *s) {
        start() << "play " << s->player;
        print(s->arguments);
        os << '\n';
      })
      .Case([&](const ast::RepeatMove *s) {
        start() << "repeat ";
        print(s->count.get());
        os << '\n';
        print(s->moves);
      })
      .Case([&](const ast::TogetherMove *s) {
        start() << "together\n";
        print(s->moves);
      });
}

void AstPrinter::printDeclaration(const ast::Stmt &stmt) {
  llvm::TypeSwitch<const ast::Stmt *>(&stmt)
      .Case([&](const ast::FunctionDecl *s) {
        start(s->comment) << "fn " << s->name;
        print(s->parameters);
        print(s->body);
      })
      .Case([&](const ast::NetworkDecl *s) {
        start(s->comment) << "network " << s->name;
        if (s->hasParameters)
          print(s->parameters);
        print(s->body);
      })
      .Case([&](const ast::DataDecl *s) { print(*s); })
      .Case([&](const ast::PlayerDecl *s) {
        start(s->comment) << "player " << s->name;
        print(s->parameters);
        os << '\n';
        print(s->body);
      })
      .Case([&](const ast::PhaseDecl *s) {
        start(s->comment) << "phase ";
        print(s->path);
        print(s->arguments);
        os << '\n';
        print(s->moves);
      })
      .Case([&](const ast::OutputDecl *s) {
        start(s->comment) << "output " << s->name << " = ";
        print(s->value.get());
        os << '\n';
      });
}

void AstPrinter::print(const ast::File &file) {
  for (const ast::Import &import : file.imports)
    start() << "import \"" << import.name << "\"\n";
  for (const ast::StmtPtr &declaration : file.declarations)
    print(*declaration);
  if (!file.model)
    return;
  start(file.model->comment) << "model " << file.model->name.text;
  print(file.model->parameters);
  os << '\n';
  print(file.model->items);
}

void printAst(const ast::File &file, raw_ostream &os) {
  AstPrinter(os).print(file);
}

} // namespace gan::frontend
