// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/library/Generator.h"

#include "runtime/base/Checked.h"
#include "runtime/checkpoint/Storage.h"
#include "runtime/game/OutputTables.h"

#include <algorithm>
#include <cstring>

using namespace gan;
using namespace gan::runtime;

// The one slot that is used: calls wait for what they compute.
static constexpr unsigned kSlot = 0;

// ---- opening

Result<std::unique_ptr<Generator>>
Generator::open(Executable whole, const GeneratorOptions &options) {
  Result<Executable> executable =
      Executable::ofRank(std::move(whole), /*rank=*/0, /*ranks=*/1);
  if (!executable.ok())
    return executable.status();
  std::unique_ptr<Generator> generator(new Generator(executable.take()));
  if (Status status = generator->prepare(options); !status.ok())
    return status;
  generator->describe();
  return generator;
}

Status Generator::prepare(const GeneratorOptions &options) {
  DeviceOptions wanted;
  wanted.threads = options.threads;
  Result<std::unique_ptr<Device>> created =
      createDevice(options.device, wanted);
  if (!created.ok())
    return created.status();
  device = created.take();
  if (Status status = device->load(executable); !status.ok())
    return status;
  Result<StepRunner> made = StepRunner::create(executable, *device, /*seed=*/0);
  if (!made.ok())
    return made.status();
  runner.emplace(made.take());
  return options.weights.empty()
             ? loadValues(executable, *device)
             : loadNeeded(executable, *device, options.weights);
}

// ---- what there is

static std::unique_ptr<SampleTensor>
makeTensor(std::string name, std::vector<uint64_t> shape,
           format::ElementType element, const format::DataField *field) {
  auto tensor = std::make_unique<SampleTensor>();
  tensor->name = std::move(name);
  tensor->shape = std::move(shape);
  bool isImage = field && field->kind()->string_view() == "image";
  uint64_t bytes = elementBytes(element);
  for (uint64_t extent : tensor->shape)
    bytes *= extent;
  tensor->view = {.name = tensor->name.c_str(),
                  .element = static_cast<gan_element>(element),
                  .axes = tensor->shape.size(),
                  .shape = tensor->shape.data(),
                  .bytes = bytes,
                  .low = isImage ? field->low() : 0,
                  .high = isImage ? field->high() : 0};
  return tensor;
}

// The field that a sample of such a shape is seen as: the first that has it.
static const format::DataField *likeField(const format::Executable &tables,
                                          const std::vector<uint64_t> &shape) {
  for (const format::Data *data : *tables.data())
    for (const format::DataField *field : *data->fields())
      if (std::equal(shape.begin(), shape.end(), field->shape()->begin(),
                     field->shape()->end()))
        return field;
  return nullptr;
}

// Moves and shards of an entry read the same field, each for itself.
void Generator::describe() {
  const format::Executable &tables = executable.tables();
  for (uint32_t entry : outputEntries(executable)) {
    const format::Entry &table = *tables.entries()->Get(entry);
    const format::Binding &binding = outputOf(table);
    std::vector<uint64_t> shape = sampleShape(binding);
    const format::DataField *like = likeField(tables, shape);
    Output output{.entry = entry,
                  .tensor = makeTensor(table.name()->str(), std::move(shape),
                                       binding.element(), like),
                  .inputs = {}};
    for (const format::Binding *input : *table.inputs()) {
      std::string name = input->name()->str();
      bool isKnown =
          std::any_of(output.inputs.begin(), output.inputs.end(),
                      [&](const auto &known) { return known->name == name; });
      if (input->kind() == format::BindingKind::Data && !isKnown)
        output.inputs.push_back(makeTensor(name, sampleShape(*input),
                                           input->element(),
                                           findField(tables, name)));
    }
    outputs.push_back(std::move(output));
  }
}

const gan_tensor *Generator::output(size_t index) const {
  return index < outputs.size() ? &outputs[index].tensor->view : nullptr;
}

const gan_tensor *Generator::input(size_t output, size_t index) const {
  return output < outputs.size() && index < outputs[output].inputs.size()
             ? &outputs[output].inputs[index]->view
             : nullptr;
}

// ---- computing

Status Generator::checkCall(const Output &output, uint64_t count,
                            std::span<const void *const> inputs,
                            std::span<std::byte> samples) const {
  const std::string &name = output.tensor->name;
  Checked bytes = Checked(count) * output.tensor->view.bytes;
  if (!bytes.ok() || bytes.value() != samples.size())
    return Status(Code::Usage,
                  std::to_string(count) + " samples of " +
                      std::to_string(output.tensor->view.bytes) +
                      " bytes do not fill exactly the " +
                      std::to_string(samples.size()) + " bytes given",
                  name);
  for (size_t i = 0; i < output.inputs.size(); ++i)
    if (count > 0 && (i >= inputs.size() || !inputs[i]))
      return Status(Code::Usage,
                    "the output looks at input " + std::to_string(i) + ", '" +
                        output.inputs[i]->name + "', which is not given",
                    name);
  return Status();
}

// `into` is in the order of the data bindings, each the rows of one shard.
void Generator::copyInputs(const Output &output,
                           std::span<const void *const> inputs, uint64_t first,
                           uint64_t count, const Batches &into) const {
  size_t batch = 0;
  for (const format::Binding *binding :
       *executable.tables().entries()->Get(output.entry)->inputs()) {
    if (binding->kind() != format::BindingKind::Data)
      continue;
    size_t number = 0;
    while (output.inputs[number]->name != binding->name()->string_view())
      ++number;
    uint64_t bytes = output.inputs[number]->view.bytes;
    std::span<std::byte> rows = into[batch++];
    for (uint64_t row = 0; row * bytes < rows.size(); ++row)
      std::memcpy(rows.data() + row * bytes,
                  static_cast<const std::byte *>(inputs[number]) +
                      (first + binding->first() + row) % count * bytes,
                  bytes);
  }
}

// What samples are drawn from, then the samples.
Result<FileBytes>
Generator::compute(Run run, const std::function<void(const Batches &)> &fill) {
  Result<Draws> draws = runner->draw(run, kSlot);
  if (!draws.ok())
    return draws.status();
  if (Status status = device->reclaim(kSlot); !status.ok())
    return status;
  fill(runner->bind(run, device->slot(kSlot)));
  runner->bindDraws(run.entry, *draws, device->slot(kSlot));
  return runner->compute(run.entry, kSlot);
}

Status Generator::generate(size_t index, uint64_t count, uint64_t seed,
                           std::span<const void *const> inputs,
                           std::span<std::byte> samples) {
  if (index >= outputs.size())
    return Status(Code::Usage, "there is no output " + std::to_string(index) +
                                   ", the model has " +
                                   std::to_string(outputs.size()));
  const Output &output = outputs[index];
  if (Status status = checkCall(output, count, inputs, samples); !status.ok())
    return status;
  const format::Entry &table =
      *executable.tables().entries()->Get(output.entry);
  uint64_t taken = bindingBytes(outputOf(table));
  uint64_t rows = taken / output.tensor->view.bytes;
  for (uint64_t first = 0, move = 0; first < count;
       first += rows, move += std::max(1u, table.moves())) {
    Result<FileBytes> bytes = compute(
        {.entry = output.entry, .move = move, .clock = {}, .seed = seed},
        [&](const Batches &into) {
          copyInputs(output, inputs, first, count, into);
        });
    if (!bytes.ok())
      return bytes.status();
    std::span<std::byte> rest =
        samples.subspan(first * output.tensor->view.bytes);
    std::memcpy(rest.data(), bytes->data(),
                std::min<uint64_t>(rest.size(), bytes->size()));
  }
  return Status();
}
