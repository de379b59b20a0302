// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Bindings: what the host writes before a run and reads after it; and that
// bytes which outlive a run belong to one buffer alone.
#include "runtime/executable/Verify.h"

#include "runtime/executable/Executable.h"
#include "runtime/executable/Shards.h"

#include <algorithm>
#include <vector>

using namespace gan;
using namespace gan::runtime;
using namespace gan::runtime::verify;

namespace {
struct BindingCheck {
  const Subject &subject;
  const format::Entry &entry;
  const format::Binding &binding;
  std::string what;

  Status check() const;
  Status checkData() const;
  Status checkClock() const;
  Status checkShard() const;
  Status checkDraw() const;
  bool hasShape(std::initializer_list<int64_t> shape) const {
    return std::equal(binding.shape()->begin(), binding.shape()->end(),
                      shape.begin(), shape.end());
  }
};
} // namespace

static bool isInput(format::BindingKind kind) {
  return kind <= format::BindingKind::Key ||
         kind == format::BindingKind::Shard ||
         kind == format::BindingKind::Draw;
}

static const format::DataField *findField(const format::Executable &exe,
                                          std::string_view name) {
  for (const format::Data *data : *exe.data())
    for (const format::DataField *field : *data->fields())
      if (name == data->name()->str() + "." + field->name()->str())
        return field;
  return nullptr;
}

Status BindingCheck::checkData() const {
  const format::DataField *field =
      findField(subject.exe, binding.name()->string_view());
  if (!field)
    return subject.refuse(what + " is of no data field");
  const auto &shape = *binding.shape();
  if (binding.element() != field->element() ||
      shape.size() != field->shape()->size() + 1 ||
      !std::equal(field->shape()->begin(), field->shape()->end(),
                  std::next(shape.begin())))
    return subject.refuse(what + " differs from its field in more than the "
                                 "batch");
  return {};
}

// Inputs of a shard are its data and its number; each says so.
Status BindingCheck::checkShard() const {
  bool isPart =
      isOfShard(subject.exe, *subject.exe.buffers()->Get(binding.buffer()));
  bool isNumber = binding.kind() == format::BindingKind::Shard;
  bool isData = binding.kind() == format::BindingKind::Data;
  uint64_t samples = isData ? binding.shape()->Get(0) : 0;
  uint64_t batch = isPart && isData ? samples * shardsOf(subject.exe) : 0;
  if (binding.first() != 0 || (isPart ? !isNumber && !isData : isNumber) ||
      binding.batch() != batch)
    return subject.refuse(what + " is one of a shard, or of a batch of " +
                          std::to_string(binding.batch()) +
                          " samples, where it cannot be");
  return {};
}

// An output takes what its draws give, under the same name.
Status BindingCheck::checkDraw() const {
  const auto &entries = *subject.exe.entries();
  bool hasDraws =
      entry.kind() == format::EntryKind::Output &&
      entry.draws() < entries.size() &&
      entries.Get(entry.draws())->kind() == format::EntryKind::Draws;
  if (!hasDraws)
    return subject.refuse(
        what + " is drawn by entry " + std::to_string(entry.draws()) + " of " +
        std::to_string(entries.size()) + ", which draws for no output");
  for (const format::Binding *drawn : *entries.Get(entry.draws())->outputs())
    if (drawn->name()->string_view() == binding.name()->string_view() &&
        drawn->element() == binding.element() && binding.shape()->size() > 0 &&
        std::equal(drawn->shape()->begin(), drawn->shape()->end(),
                   binding.shape()->begin(), binding.shape()->end()))
      return {};
  return subject.refuse(what + " is none of what entry " +
                        std::to_string(entry.draws()) + " draws");
}

Status BindingCheck::checkClock() const {
  if (!binding.clock() || !isReal(binding.element()) || !hasShape({}))
    return subject.refuse(what +
                          " is a clock without an expression, or not one "
                          "real");
  return verifyClock(subject, *binding.clock(), what);
}

Status BindingCheck::check() const {
  if (binding.kind() > format::BindingKind::MAX ||
      !isVisible(binding.element()))
    return subject.refuse(what + " has an unknown kind or element type");
  if (binding.buffer() >= subject.exe.buffers()->size())
    return subject.refuse(what + " names buffer " +
                          std::to_string(binding.buffer()) + " of " +
                          std::to_string(subject.exe.buffers()->size()));
  uint64_t bytes = subject.exe.buffers()->Get(binding.buffer())->bytes();
  if (!tensorBytes(*binding.shape(), binding.element()).atMost(bytes))
    return subject.refuse(what + " does not fit into its buffer of " +
                          std::to_string(bytes) + " bytes");
  if (isInput(binding.kind()) && binding.move() >= entry.moves())
    return subject.refuse(what + " is for move " +
                          std::to_string(binding.move()) + " of " +
                          std::to_string(entry.moves()));
  bool mayChoose =
      binding.kind() == format::BindingKind::Draw && isReal(binding.element());
  if (binding.classes() != 0 && !mayChoose)
    return subject.refuse(what + " chooses among " +
                          std::to_string(binding.classes()) +
                          " classes, but is no draw of reals");
  switch (binding.kind()) {
  case format::BindingKind::Data:
    return checkData();
  case format::BindingKind::Clock:
    return checkClock();
  case format::BindingKind::Key:
    if (binding.element() != format::ElementType::I64 || !hasShape({2}))
      return subject.refuse(what + " is a key that is not two i64");
    return {};
  case format::BindingKind::Shard:
    if (binding.element() != format::ElementType::I64 || !hasShape({}))
      return subject.refuse(what + " is the number of a shard that is not one "
                                   "i64");
    return {};
  case format::BindingKind::Draw:
    return checkDraw();
  case format::BindingKind::Metric:
    if (!isReal(binding.element()) || !hasShape({}))
      return subject.refuse(what + " is a metric that is not one real");
    return {};
  case format::BindingKind::Output:
    return {};
  case format::BindingKind::Until:
    if (binding.element() != format::ElementType::Bool || !hasShape({}))
      return subject.refuse(what + " says whether a phase is over, but is not "
                                   "one bool");
    return {};
  }
  return {};
}

static Status verifyInputs(const Subject &subject, const format::Entry &entry) {
  std::string owner = "entry '" + entry.name()->str() + "' ";
  std::set<uint32_t> taken;
  for (const format::Storage *storage : *subject.exe.storage())
    taken.insert(storage->buffer());
  for (uint32_t i = 0; i < entry.inputs()->size(); ++i) {
    const format::Binding &binding = *entry.inputs()->Get(i);
    BindingCheck check{subject, entry, binding,
                       owner + nameOf("input", i, *binding.name())};
    if (Status good = check.check(); !good.ok())
      return good;
    if (Status good = check.checkShard(); !good.ok())
      return good;
    if (!isInput(binding.kind()))
      return subject.refuse(check.what + " is of a kind that comes out");
    if (!taken.insert(binding.buffer()).second)
      return subject.refuse(check.what + " shares its buffer with another "
                                         "input or with storage");
  }
  return {};
}

static Status verifyOutputs(const Subject &subject,
                            const format::Entry &entry) {
  std::string owner = "entry '" + entry.name()->str() + "' ";
  Names names;
  for (uint32_t i = 0; i < entry.outputs()->size(); ++i) {
    const format::Binding &binding = *entry.outputs()->Get(i);
    BindingCheck check{subject, entry, binding,
                       owner + nameOf("output", i, *binding.name())};
    if (Status good = check.check(); !good.ok())
      return good;
    if (Status good = check.checkShard(); !good.ok())
      return good;
    if (isInput(binding.kind()))
      return subject.refuse(check.what + " is of a kind that goes in");
    if (!names.add(*binding.name()))
      return subject.refuse(check.what + " has no name of its own");
  }
  return {};
}

Status gan::runtime::verify::verifyBindings(const Subject &subject,
                                            const format::Entry &entry) {
  Status inputs = verifyInputs(subject, entry);
  return inputs.ok() ? verifyOutputs(subject, entry) : inputs;
}

Status gan::runtime::verify::verifyKept(const Subject &subject) {
  const auto &buffers = *subject.exe.buffers();
  std::vector<bool> kept(buffers.size());
  for (const format::Storage *storage : *subject.exe.storage())
    kept[storage->buffer()] = true;
  for (const format::Entry *entry : *subject.exe.entries())
    for (const auto *bindings : {entry->inputs(), entry->outputs()})
      for (const format::Binding *binding : *bindings)
        kept[binding->buffer()] = true;
  std::vector<uint32_t> order;
  for (uint32_t i = 0; i < buffers.size(); ++i)
    if (buffers.Get(i)->bytes() > 0)
      order.push_back(i);
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    return std::pair(buffers.Get(a)->offset(), a) <
           std::pair(buffers.Get(b)->offset(), b);
  });
  uint64_t end = 0, keptEnd = 0; // of all, and of the kept ones, so far
  for (uint32_t i : order) {
    const format::Buffer &buffer = *buffers.Get(i);
    if (buffer.offset() < (kept[i] ? end : keptEnd))
      return subject.refuse("buffer " + std::to_string(i) +
                            " shares bytes with another, one of the two being "
                            "kept between runs");
    end = std::max(end, buffer.offset() + buffer.bytes());
    if (kept[i])
      keptEnd = std::max(keptEnd, buffer.offset() + buffer.bytes());
  }
  return {};
}
