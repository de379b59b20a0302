// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The inference graphs: values defined once, before they are used.
#include "runtime/executable/Verify.h"

#include "runtime/executable/Executable.h"

#include <vector>

using namespace gan;
using namespace gan::runtime;
using namespace gan::runtime::verify;

namespace {
class GraphCheck {
public:
  GraphCheck(const Subject &subject, const format::Network &network,
             std::string what)
      : subject(subject), network(network), what(std::move(what)),
        defined(network.values()->size()) {}
  Status check();

private:
  Status checkValues();
  Status checkStored(uint32_t index, const format::GraphValue &value);
  Status define(uint32_t value);
  Status use(uint32_t value) const;

  const Subject &subject;
  const format::Network &network;
  std::string what;
  std::vector<bool> defined;
};
} // namespace

Status GraphCheck::define(uint32_t value) {
  if (value >= defined.size() || defined[value])
    return subject.refuse(what + " gives value " + std::to_string(value) +
                          " of " + std::to_string(defined.size()) +
                          " twice, or has none such");
  defined[value] = true;
  return {};
}

Status GraphCheck::use(uint32_t value) const {
  if (value >= defined.size() || !defined[value])
    return subject.refuse(what + " uses value " + std::to_string(value) +
                          " before it is given");
  return {};
}

Status GraphCheck::checkStored(uint32_t index,
                               const format::GraphValue &value) {
  for (const format::Storage *storage : *subject.exe.storage()) {
    if (storage->name()->string_view() != value.storage()->string_view())
      continue;
    if (storage->element() != value.element() ||
        elementCount(*storage->shape()) != elementCount(*value.shape()))
      return subject.refuse(what + " value " + std::to_string(index) +
                            " differs from storage '" + value.storage()->str() +
                            "' in type or size");
    return define(index);
  }
  return subject.refuse(what + " names storage '" + value.storage()->str() +
                        "', which there is not");
}

Status GraphCheck::checkValues() {
  for (uint32_t i = 0; i < network.values()->size(); ++i) {
    const format::GraphValue &value = *network.values()->Get(i);
    if (!isVisible(value.element()) ||
        !tensorBytes(*value.shape(), value.element()).ok())
      return subject.refuse(what + " value " + std::to_string(i) +
                            " has a type or shape out of range");
    if (value.storage())
      if (Status good = checkStored(i, value); !good.ok())
        return good;
  }
  return {};
}

Status GraphCheck::check() {
  if (Status good = checkValues(); !good.ok())
    return good;
  for (uint32_t value : *network.inputs())
    if (Status good = define(value); !good.ok())
      return good;
  for (const format::GraphOp *op : *network.ops()) {
    if (op->operands())
      for (uint32_t value : *op->operands())
        if (Status good = use(value); !good.ok())
          return good;
    if (op->results())
      for (uint32_t value : *op->results())
        if (Status good = define(value); !good.ok())
          return good;
  }
  for (uint32_t value : *network.outputs())
    if (Status good = use(value); !good.ok())
      return good;
  return {};
}

Status gan::runtime::verify::verifyNetworks(const Subject &subject) {
  Names names;
  for (uint32_t i = 0; i < subject.exe.networks()->size(); ++i) {
    const format::Network &network = *subject.exe.networks()->Get(i);
    std::string what = nameOf("network", i, *network.name());
    if (!names.add(*network.name()))
      return subject.refuse(what + " has no name of its own");
    if (Status good = GraphCheck(subject, network, what).check(); !good.ok())
      return good;
  }
  return {};
}
