// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The game: data, clocks, phases and their moves.
#include "runtime/executable/Verify.h"

#include <algorithm>
#include <cmath>
#include <optional>

using namespace gan;
using namespace gan::runtime;
using namespace gan::runtime::verify;

static bool allFinite(const flatbuffers::Vector<double> *numbers) {
  return !numbers || std::all_of(numbers->begin(), numbers->end(),
                                 [](double x) { return std::isfinite(x); });
}

// The largest label, and record of a mixture, that an i32 holds.
static constexpr uint64_t kMaxCount = INT32_MAX;

// Points that are made: of a mixture, or of a roll, which has no centres.
static Status verifyPoints(const Subject &subject,
                           const format::DataField &field,
                           const std::string &what) {
  uint64_t width = field.shape()->size() == 1 ? field.shape()->Get(0) : 0;
  uint64_t centres = field.centres() ? field.centres()->size() : 0;
  bool isRoll = field.kind()->string_view() == "swiss_roll";
  if (isRoll ? width != 2 : width == 0 || centres == 0 || centres % width != 0)
    return subject.refuse(what + " has " + std::to_string(centres) +
                          " numbers for centres, expected rows of " +
                          std::to_string(width));
  if (!allFinite(field.centres()) || !std::isfinite(field.std()) ||
      field.std() < 0 || field.count() > kMaxCount)
    return subject.refuse(what + " has centres, a deviation or a count out of "
                                 "range");
  return {};
}

// As ImageReader reads them.
static bool isFitWellSaid(const format::DataField &field) {
  constexpr uint64_t kMostExtent = 65535;
  uint32_t rank = field.shape()->size();
  auto least = static_cast<uint64_t>(
      std::max(field.shape()->Get(rank - 2), field.shape()->Get(rank - 1)));
  constexpr std::string_view kFilters[] = {"nearest", "box", "bilinear",
                                           "bicubic", "lanczos"};
  bool isFilter =
      !field.filter() ||
      std::find(std::begin(kFilters), std::end(kFilters),
                field.filter()->string_view()) != std::end(kFilters);
  return isFilter && (field.resize() == 0 || (field.resize() >= least &&
                                              field.resize() <= kMostExtent));
}

// Kinds whose values are numbers below `classes`, and their axes.
static std::optional<uint32_t> axesOfClasses(std::string_view kind) {
  if (kind == "label")
    return 0;
  if (kind == "sequence")
    return 1;
  if (kind == "map")
    return 2;
  return std::nullopt;
}

static Status verifyClasses(const Subject &subject,
                            const format::DataField &field,
                            const std::string &what) {
  std::string_view kind = field.kind()->string_view();
  uint64_t most = kind == "map" ? 256 : kMaxCount;
  if (field.classes() < 1 || field.classes() > most)
    return subject.refuse(what + " has " + std::to_string(field.classes()) +
                          " classes");
  if (field.shape()->size() != *axesOfClasses(kind) ||
      (kind == "map" && !isFitWellSaid(field)))
    return subject.refuse(what + " is a " + std::string(kind) +
                          " with other axes, or resized to less than its "
                          "extents");
  return Status();
}

static Status verifyField(const Subject &subject,
                          const format::DataField &field,
                          const std::string &what) {
  std::string_view kind = field.kind()->string_view();
  bool isOfClasses = axesOfClasses(kind).has_value(), isIndex = kind == "index",
       isImage = kind == "image",
       isMade = kind == "mixture" || kind == "swiss_roll";
  if (!isOfClasses && !isIndex && !isImage && !isMade && kind != "vector")
    return subject.refuse(what + " is of an unknown kind '" +
                          std::string(kind) + "'");
  format::ElementType element =
      isOfClasses || isIndex ? format::ElementType::I32 : subject.exe.reals();
  if (field.element() != element)
    return subject.refuse(what + " has an element type that is not its kind's");
  // A batch of it must still be addressable: 2^31 samples.
  if (!tensorBytes(*field.shape(), field.element()).atMost(uint64_t{1} << 32))
    return subject.refuse(what + " has a shape out of range");
  if (isImage && !(std::isfinite(field.low()) && std::isfinite(field.high()) &&
                   field.low() < field.high() && field.shape()->size() == 3))
    return subject.refuse(what + " is an image without three axes and a range");
  if (isImage && !isFitWellSaid(field))
    return subject.refuse(what + " is an image of an unknown filter, or "
                                 "resized to less than its extents");
  uint64_t stack = field.stack() ? field.stack() : 1;
  if (isImage ? static_cast<uint64_t>(field.shape()->Get(0)) % stack != 0 ||
                    (stack == 1 && field.count()) || field.count() > kMaxCount
              : stack != 1)
    return subject.refuse(what + " has " + std::to_string(field.count()) +
                          " stacks of " + std::to_string(stack) + " pictures");
  if (Status status =
          isOfClasses ? verifyClasses(subject, field, what) : Status();
      !status.ok())
    return status;
  uint64_t of = field.of() ? field.of() : 1;
  if ((kind != "vector" && (field.of() || field.mean())) || of > kMaxCount ||
      field.mean() > of)
    return subject.refuse(what + " takes the mean of " +
                          std::to_string(field.mean()) + " of " +
                          std::to_string(of) + " vectors");
  return isMade ? verifyPoints(subject, field, what) : Status();
}

static const format::DataField *fieldNamed(const format::Data &data,
                                           const flatbuffers::String *name) {
  for (const format::DataField *field : *data.fields())
    if (name && field->name()->string_view() == name->string_view())
      return field;
  return nullptr;
}

// What an `other` is of has the same kind, range and shape, and is none itself.
static Status verifyOther(const Subject &subject, const format::Data &data,
                          const format::DataField &field,
                          const std::string &what) {
  if (!field.other() && !field.differs())
    return Status();
  const format::DataField *of = fieldNamed(data, field.other()),
                          *by = fieldNamed(data, field.differs());
  auto isPlain = [](const format::DataField *each) {
    return each && !each->other();
  };
  if (isPlain(of) && isPlain(by) &&
      of->kind()->string_view() == field.kind()->string_view() &&
      std::equal(of->shape()->begin(), of->shape()->end(),
                 field.shape()->begin(), field.shape()->end()) &&
      (by->kind()->string_view() == "label" ||
       by->kind()->string_view() == "index"))
    return Status();
  return subject.refuse(what + " is of another record, but not of a field like "
                               "it and a label or index that differs");
}

Status gan::runtime::verify::verifyData(const Subject &subject) {
  Names names;
  for (uint32_t i = 0; i < subject.exe.data()->size(); ++i) {
    const format::Data &data = *subject.exe.data()->Get(i);
    std::string owner = nameOf("data", i, *data.name());
    if (!names.add(*data.name()))
      return subject.refuse(owner + " has no name of its own");
    Names fields;
    for (uint32_t j = 0; j < data.fields()->size(); ++j) {
      const format::DataField &field = *data.fields()->Get(j);
      std::string what = owner + " " + nameOf("field", j, *field.name());
      if (!fields.add(*field.name()))
        return subject.refuse(what + " has no name of its own");
      if (Status good = verifyField(subject, field, what); !good.ok())
        return good;
    }
    for (const format::DataField *field : *data.fields())
      if (Status good = verifyOther(subject, data, *field,
                                    owner + " '" + field->name()->str() + "'");
          !good.ok())
        return good;
  }
  return {};
}

static uint32_t arityOf(format::ClockOp op) {
  switch (op) {
  case format::ClockOp::Number:
  case format::ClockOp::Step:
  case format::ClockOp::Images:
  case format::ClockOp::Epoch:
  case format::ClockOp::Progress:
    return 0;
  case format::ClockOp::Neg:
  case format::ClockOp::Floor:
  case format::ClockOp::Sqrt:
  case format::ClockOp::Exp:
  case format::ClockOp::Log:
  case format::ClockOp::Cos:
  case format::ClockOp::Sin:
  case format::ClockOp::Not:
    return 1;
  case format::ClockOp::If:
    return 3;
  default:
    return 2;
  }
}

// The FlatBuffers verifier has bounded the depth and the number of expressions.
Status
gan::runtime::verify::verifyClock(const Subject &subject,
                                  const format::ClockExpression &expression,
                                  const std::string &owner) {
  uint32_t count = expression.arguments() ? expression.arguments()->size() : 0;
  if (expression.op() > format::ClockOp::MAX ||
      count != arityOf(expression.op()))
    return subject.refuse(
        owner + " has a clock whose operation " +
        std::to_string(static_cast<unsigned>(expression.op())) + " has " +
        std::to_string(count) + " operands");
  for (uint32_t i = 0; i < count; ++i)
    if (Status good =
            verifyClock(subject, *expression.arguments()->Get(i), owner);
        !good.ok())
      return good;
  return {};
}

using Moves = flatbuffers::Vector<flatbuffers::Offset<format::Move>>;

static Status verifyMoves(const Subject &subject, const Moves *moves,
                          const std::string &what);

static Status verifyMove(const Subject &subject, const format::Move &move,
                         const std::string &what) {
  if (move.kind() > format::MoveKind::MAX)
    return subject.refuse(what + " has a move of an unknown kind");
  if (move.kind() == format::MoveKind::Run) {
    uint32_t count = subject.exe.entries()->size();
    if (move.entry() >= count ||
        subject.exe.entries()->Get(move.entry())->kind() !=
            format::EntryKind::Step)
      return subject.refuse(what + " runs entry " +
                            std::to_string(move.entry()) + " of " +
                            std::to_string(count) + ", or one that is no step");
    return {};
  }
  if (!move.condition())
    return subject.refuse(what + " repeats or decides without a clock");
  if (Status good = verifyClock(subject, *move.condition(), what); !good.ok())
    return good;
  if (Status good = verifyMoves(subject, move.body(), what); !good.ok())
    return good;
  return verifyMoves(subject, move.otherwise(), what);
}

static Status verifyMoves(const Subject &subject, const Moves *moves,
                          const std::string &what) {
  if (moves)
    for (const format::Move *move : *moves)
      if (Status good = verifyMove(subject, *move, what); !good.ok())
        return good;
  return {};
}

// The entry that says whether the phase is over gives that alone.
static Status verifyUntil(const Subject &subject, const format::Phase &phase,
                          const std::string &what) {
  if (phase.check() == 0)
    return {};
  uint32_t count = subject.exe.entries()->size();
  const format::Entry *entry = phase.until() < count
                                   ? subject.exe.entries()->Get(phase.until())
                                   : nullptr;
  bool isGood = entry && entry->kind() == format::EntryKind::Until &&
                entry->outputs()->size() == 1 &&
                entry->outputs()->Get(0)->kind() == format::BindingKind::Until;
  if (isGood && phase.check() <= INT64_MAX)
    return {};
  return subject.refuse(what + " ends by entry " +
                        std::to_string(phase.until()) + " of " +
                        std::to_string(count) +
                        ", which does not say whether a phase is over, or asks "
                        "it too seldom");
}

Status gan::runtime::verify::verifyPhases(const Subject &subject) {
  Names names;
  for (uint32_t i = 0; i < subject.exe.phases()->size(); ++i) {
    const format::Phase &phase = *subject.exe.phases()->Get(i);
    std::string what = nameOf("phase", i, *phase.name());
    if (!names.add(*phase.name()))
      return subject.refuse(what + " has no name of its own");
    if (phase.unit() > format::LengthUnit::MAX || phase.length() < 1 ||
        phase.length() > INT64_MAX || phase.batch() < 1 ||
        phase.batch() > kMaxCount)
      return subject.refuse(what + " has a length of " +
                            std::to_string(phase.length()) +
                            " and a batch of " + std::to_string(phase.batch()) +
                            ", or an unknown unit");
    if (Status good = verifyMoves(subject, phase.body(), what); !good.ok())
      return good;
    if (Status good = verifyUntil(subject, phase, what); !good.ok())
      return good;
  }
  return {};
}
