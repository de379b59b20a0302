// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Stored tensors: made once by path, loaded and stored by the functions of the
// game.
#include "frontend/Evaluator.h"

using namespace mlir;
using namespace gan;

namespace gan::frontend {

// Two distributions are of whole matrices.
static bool canStart(DistributionKind kind, ArrayRef<int64_t> shape,
                     const Site &site) {
  if (kind == DistributionKind::Orthogonal && shape.size() < 2)
    site.error("'orthogonal' gives first values to two or more axes, but this "
               "has shape ")
        << describeShape(shape);
  else if (kind == DistributionKind::Identity && shape.size() != 2)
    site.error("'identity' gives first values to a matrix, but this has shape ")
        << describeShape(shape);
  else
    return true;
  return false;
}

DistributionAttr Evaluator::getInit(const Value &value, ArrayRef<int64_t> shape,
                                    const Site &site) {
  std::optional<double> number = value.getNumber();
  // What the first batch gives is not there yet.
  if (value.is<Tensor>())
    number = 0;
  if (number)
    return DistributionAttr::get(context, DistributionKind::Constant,
                                 DenseF64ArrayAttr::get(context, *number));
  DistributionAttr attr;
  if (const auto *distribution = value.getIf<Distribution>())
    attr = getDistributionAttr(context, *distribution);
  if (attr)
    return canStart(attr.getKind(), shape, site) ? attr : DistributionAttr();
  site.error("an initial value is a number, normal, uniform, "
             "truncated_normal, orthogonal, identity, a value of the first "
             "batch or a function from the shape to one, but this is ")
      << describe(value);
  return {};
}

// Takes the first value of the storage from the batch at hand, where that is
// the first; a state of the same owner remembers that there was one.
bool Evaluator::initialise(Storage &storage, StringRef name, Tensor value,
                           const Site &site) {
  if (!body->addsSegments) {
    site.error("the state of an optimizer begins with a number or a "
               "distribution, but this is computed on the device");
    return false;
  }
  if (value.batched) {
    site.error("'") << storage.path
                    << "' is the same for all samples, but this is "
                    << describe(value);
    return false;
  }
  TensorBuilder tensors(getBuilder(), site);
  std::optional<Tensor> whole =
      tensors.broadcast(tensors.toReal(value), storage.shape, std::nullopt);
  Storage *flag = makeStorage((name + ".initialised").str(), StorageKind::State,
                              {}, getInit(int64_t{0}, {}, site), site);
  if (!whole || !flag)
    return false;
  // Only moves learn.
  if (function->training)
    InitialiseOp::create(getBuilder(), site.getOpLocation(),
                         tensors.unary<StopGradientOp>(*whole).value,
                         storage.path, flag->path);
  return true;
}

// One path is one tensor: of one shape, and made at one place unless it has a
// label.
bool Evaluator::agrees(Storage &storage, ArrayRef<int64_t> shape,
                       const Site &site) {
  Location layer = body->layer;
  if (storage.isDisputed)
    return false;
  if (function->move.declared.contains(&storage)) {
    site.error("'") << storage.path << "' is made twice in one call";
    return false;
  }
  if (!storage.isLabelled && storage.layer != layer) {
    storage.isDisputed = true;
    StringRef path = StringRef(storage.path).rsplit('.').first;
    InFlightDiagnostic error = mlir::emitError(storage.layer, "'");
    error << path << "' is this layer";
    if (!storage.arguments.empty())
      error << " when " << storage.arguments;
    error << ", but the one at ";
    if (auto here = dyn_cast<FileLineColLoc>(layer))
      error << here.getLine() << ":" << here.getColumn();
    if (!function->arguments.empty())
      error << " when " << function->arguments;
    error.attachNote(layer) << "a layer keeps its parameters from phase to "
                               "phase by its name; name both with 'as'";
    return false;
  }
  if (ArrayRef<int64_t>(storage.shape) == shape)
    return true;
  storage.isDisputed = true;
  site.error("'") << storage.path << "' has shape " << describeShape(shape)
                  << " here, but " << describeShape(storage.shape)
                  << " elsewhere";
  return false;
}

Storage *Evaluator::makeStorage(StringRef name, StorageKind kind,
                                ArrayRef<int64_t> shape, DistributionAttr init,
                                const Site &site) {
  body->touchesStorage = true;
  std::string path = (body->path + "." + name).str();
  Storage *storage = storagesByPath.lookup(path);
  if (storage && !agrees(*storage, shape, site))
    return nullptr;
  if (!storage) {
    Network *network = function->network;
    std::string copied;
    if (network && network->original) {
      // The copy starts from the original's, which so exists even if nothing
      // calls the original.
      StringRef inner = StringRef(path).drop_front(network->name.size());
      copied = network->original->name + inner.str();
      if (!storagesByPath.contains(copied)) {
        Storage *first = addStorage(copied, kind, shape, init, "", site);
        network->original->storages[StringRef(first->path).split('.').second] =
            first;
      }
    }
    storage = addStorage(path, kind, shape, init, copied, site);
    if (network)
      network->storages[StringRef(storage->path).split('.').second] = storage;
  }
  function->move.declared.insert(storage);
  return storage;
}

Storage *Evaluator::addStorage(std::string path, StorageKind kind,
                               ArrayRef<int64_t> shape, DistributionAttr init,
                               StringRef copied, const Site &site) {
  OpBuilder builder = OpBuilder::atBlockBegin(&model.getBody().front());
  if (lastStorage)
    builder.setInsertionPointAfter(lastStorage);
  auto type = RankedTensorType::get(shape, builder.getF64Type());
  auto owner = function->network ? StringRef(path).split('.').first
                                 : StringRef(body->owner);
  auto op = StorageOp::create(
      builder, site.getOpLocation(), builder.getStringAttr(path),
      StorageKindAttr::get(context, kind), TypeAttr::get(type),
      /*layout=*/DenseI64ArrayAttr(),
      copied.empty() ? init : DistributionAttr(),
      copied.empty() ? FlatSymbolRefAttr()
                     : FlatSymbolRefAttr::get(context, copied),
      builder.getStringAttr(owner));
  lastStorage = op;
  Storage &storage =
      storages.emplace_back(Storage{.path = std::move(path),
                                    .op = op,
                                    .kind = kind,
                                    .shape = SmallVector<int64_t>(shape),
                                    .layer = body->layer,
                                    .arguments = function->arguments,
                                    .isLabelled = body->isLabelled});
  storagesByPath[storage.path] = &storage;
  return &storage;
}

Tensor Evaluator::load(Storage &storage, const Site &site) {
  OpBuilder &builder = getBuilder();
  auto type = RankedTensorType::get(storage.shape, builder.getF64Type());
  return {LoadOp::create(builder, site.getOpLocation(), type, storage.path)};
}

std::optional<Tensor> Evaluator::store(Storage &storage, Tensor value,
                                       const Site &site) {
  if (value.batched) {
    site.error("'") << storage.path
                    << "' is the same for all samples, but this is "
                    << describe(value);
    return std::nullopt;
  }
  TensorBuilder tensors(getBuilder(), site);
  std::optional<Tensor> whole =
      tensors.broadcast(tensors.toReal(value), storage.shape, std::nullopt);
  if (whole && function->move.gate)
    whole = tensors.select(*function->move.gate, *whole, load(storage, site));
  if (!whole)
    return std::nullopt;
  auto made = StoreOp::create(getBuilder(), site.getOpLocation(), whole->value,
                              storage.path);
  if (total)
    total->stores.push_back(made);
  function->move.hasUpdated |= storage.kind != StorageKind::State;
  return whole;
}

// Gives a copy every tensor that its original has by now.
void Evaluator::mirror(Network &copy) {
  if (!copy.original)
    return;
  getMembers(copy.original);
  for (auto &[path, original] : copy.original->storages) {
    if (copy.storages.contains(path))
      continue;
    BodyState here{.path = copy.name, .layer = original->layer};
    here.isLabelled = original->isLabelled;
    here.owner = copy.name;
    BodyState *outer = std::exchange(body, &here);
    Network *network = std::exchange(function->network, nullptr);
    Storage *storage = addStorage(copy.name + "." + path.str(), original->kind,
                                  original->shape, {}, original->path,
                                  getSite(original->layer));
    function->network = network;
    body = outer;
    copy.storages[StringRef(storage->path).split('.').second] = storage;
  }
}

// Whether the part has the storage at `path`, the network's name left out.
static bool contains(const Group &part, StringRef path,
                     const Storage &storage) {
  StringRef rest = path;
  bool isBelow = part.path.empty() || (rest.consume_front(part.path) &&
                                       (rest.empty() || rest.starts_with(".")));
  bool isParameter = storage.kind == StorageKind::Param;
  return isBelow && (isParameter || !part.onlyParameters) &&
         (!part.name || path.rsplit('.').second == *part.name ||
          path == *part.name);
}

std::vector<Storage *> Evaluator::getMembers(const Value &value) {
  const auto *part = value.getIf<const Group *>();
  const auto *whole = value.getIf<Network *>();
  if (!part && !whole)
    return {};
  Network &network = part ? *(*part)->network : **whole;
  network.fewestSeen = std::min(network.fewestSeen, network.storages.size());
  std::vector<Storage *> members;
  for (auto &[path, storage] : network.storages)
    if (!part || contains(**part, path, *storage))
      members.push_back(storage);
  return members;
}

std::vector<Storage *> Evaluator::requireMembers(const Value &value,
                                                 const Site &site) {
  std::vector<Storage *> members = getMembers(value);
  const auto *part = value.getIf<const Group *>();
  if (!members.empty() || !part)
    return members;
  hasMissed = true;
  if (isFirstRun)
    return {};
  InFlightDiagnostic error = site.error("network '");
  error << (*part)->network->name << "' has no ";
  if ((*part)->name)
    error << "parameter named '" << *(*part)->name << "'";
  else if ((*part)->path.empty())
    error << "parameters";
  else
    error << "'" << (*part)->path << "'";
  return {};
}

bool Evaluator::needsAnotherRun() const {
  return hasMissed || llvm::any_of(networks, [](const Network &network) {
           return network.fewestSeen < network.storages.size();
         });
}

// Declares what networks own as an earlier run found it.
void Evaluator::recall(const std::deque<Storage> &known) {
  OpBuilder builder = OpBuilder::atBlockBegin(&model.getBody().front());
  for (const Storage &found : known) {
    auto [owner, path] = StringRef(found.path).split('.');
    auto network = llvm::find_if(
        networks, [&](const Network &n) { return n.name == owner; });
    if (network == networks.end() || found.kind == StorageKind::Optimizer)
      continue;
    StorageOp op = found.op;
    lastStorage = builder.insert(op->clone());
    Storage &storage = storages.emplace_back(found);
    storage.op = cast<StorageOp>(lastStorage);
    storagesByPath[storage.path] = &storage;
    network->storages[StringRef(storage.path).split('.').second] = &storage;
  }
}

std::optional<Tensor> Evaluator::readMember(const Value &value,
                                            const Site &site) {
  if (!member) {
    site.error("a network stands for its tensors only beside a store to a "
               "network; 'params' gives them, a call its value");
    return std::nullopt;
  }
  for (Storage *storage : getMembers(value))
    if (StringRef(storage->path).split('.').second == *member)
      return load(*storage, site);
  hasMissed = true;
  if (!isFirstRun)
    site.error("there is no '") << *member << "' in this network";
  return std::nullopt;
}

std::optional<std::vector<Tensor>> Evaluator::loadParameters(const Value &value,
                                                             const Site &site) {
  if (!function) {
    site.error("parameters are known only on the device");
    return std::nullopt;
  }
  std::vector<Tensor> tensors;
  for (Storage *storage : getMembers(value))
    if (storage->kind == StorageKind::Param)
      tensors.push_back(load(*storage, site));
  return tensors;
}

// params(G), params(G, named: "bias"), params(G.up[1]).
Value Evaluator::selectParameters(const Value &value,
                                  std::optional<StringRef> name,
                                  const Site &site) {
  Group part;
  if (const auto *network = value.getIf<Network *>()) {
    part.network = *network;
  } else if (const auto *group = value.getIf<const Group *>()) {
    part = **group;
  } else {
    site.error("'params' needs a network, but found ") << describe(value);
    return Poison();
  }
  part.onlyParameters = true;
  if (name)
    part.name = name->str();
  return pool.group(std::move(part));
}

// G.up, G.up[1]: what lies below that path.
Value Evaluator::selectPath(const Value &value, StringRef segment) {
  Group part;
  if (const auto *group = value.getIf<const Group *>())
    part = **group;
  else
    part.network = value.get<Network *>();
  part.path += (part.path.empty() ? "" : ".") + segment.str();
  return pool.group(std::move(part));
}

} // namespace gan::frontend
