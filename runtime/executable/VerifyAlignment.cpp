// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Numbers of eight bytes lie at multiples of eight. FlatBuffers checks that of
// fields and of the lengths of vectors, but not of the elements behind these.
#include "runtime/executable/Verify.h"

using namespace gan;
using namespace gan::runtime;
using namespace gan::runtime::verify;

// Whether all of the vectors, of which any may be absent, lie as they must; an
// empty one has no elements that could lie wrongly.
template <typename... Vectors>
static bool areAligned(const Vectors *...vectors) {
  return ((!vectors || vectors->size() == 0 ||
           reinterpret_cast<uintptr_t>(vectors->Data()) % 8 == 0) &&
          ...);
}

static bool isAligned(const format::GpuEntry &entry);
static bool isAligned(const format::GpuImage &image);
static bool isAligned(const format::Entry &entry);
static bool isAligned(const format::Data &data);
static bool isAligned(const format::GraphOp &op);
static bool isAligned(const format::Network &network);

static bool isAligned(const format::Storage &storage) {
  return areAligned(storage.shape());
}

static bool isAligned(const format::Kernel &kernel) {
  return areAligned(kernel.entry_offsets(), kernel.argument_bytes());
}

static bool isAligned(const format::TensorMap &map) {
  return areAligned(map.axes());
}

static bool isAligned(const format::Binding &binding) {
  return areAligned(binding.shape());
}

static bool isAligned(const format::DataField &field) {
  return areAligned(field.shape(), field.centres());
}

static bool isAligned(const format::GraphValue &value) {
  return areAligned(value.shape());
}

static bool isAligned(const format::Attribute &attribute) {
  return areAligned(attribute.ints(), attribute.reals());
}

template <typename T>
static bool
isAligned(const flatbuffers::Vector<flatbuffers::Offset<T>> *tables) {
  if (tables)
    for (const T *table : *tables)
      if (!isAligned(*table))
        return false;
  return true;
}

static bool isAligned(const format::GpuEntry &entry) {
  return isAligned(entry.maps());
}

static bool isAligned(const format::GpuImage &image) {
  return isAligned(image.entries());
}

static bool isAligned(const format::Entry &entry) {
  return isAligned(entry.inputs()) && isAligned(entry.outputs());
}

static bool isAligned(const format::Data &data) {
  return isAligned(data.fields());
}

static bool isAligned(const format::GraphOp &op) {
  return isAligned(op.attributes());
}

static bool isAligned(const format::Network &network) {
  return isAligned(network.values()) && isAligned(network.ops());
}

Status gan::runtime::verify::verifyAlignment(const Subject &subject) {
  const format::Executable &exe = subject.exe;
  if (!areAligned(exe.buffers(), exe.segments(), exe.batches()) ||
      !isAligned(exe.storage()) || !isAligned(exe.kernels()) ||
      !isAligned(exe.entries()) || !isAligned(exe.data()) ||
      !isAligned(exe.networks()) || !isAligned(exe.gpu_images()))
    return subject.refuse("has numbers in its table that are not aligned");
  return {};
}
