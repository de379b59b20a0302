// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/executable/WriteExecutable.h"

#include "dialect/Entries.h"
#include "dialect/Shards.h"
#include "passes/codegen/executable/Tables.h"
#include "runtime/format/Hash.h"
#include "runtime/format/Layout.h"

#include <cstring>

using namespace mlir;
using namespace gan;
using namespace gan::writer;

namespace {
// What becomes a segment.
struct Segment {
  ArrayRef<char> bytes;
  uint64_t alignment;
};
} // namespace

// The images of the CPU, then those of GPUs.
static SmallVector<Segment> listCode(const CompiledKernels &kernels) {
  SmallVector<Segment> list;
  for (const Image &image : kernels.images)
    list.push_back({image.bytes, format::kImageAlignment});
  if (!kernels.gpu)
    return list;
  list.push_back({{kernels.gpu->ptx.data(), kernels.gpu->ptx.size()},
                  format::kSegmentAlignment});
  for (const GpuKernels::OwnPtx &own : kernels.gpu->ownPtx)
    list.push_back(
        {{own.ptx.data(), own.ptx.size()}, format::kSegmentAlignment});
  for (const Cubin &cubin : kernels.gpu->cubins)
    list.push_back({cubin.bytes, format::kSegmentAlignment});
  return list;
}

// The code, then the values of storages in their order.
static SmallVector<Segment> listSegments(ModelOp model,
                                         const CompiledKernels &kernels,
                                         const StoredValues &values) {
  SmallVector<Segment> list = listCode(kernels);
  if (!values.empty())
    for (StorageOp storage : model.getBody().getOps<StorageOp>())
      list.push_back({values.find(storage.getSymName())->second,
                      format::kSegmentAlignment});
  return list;
}

static std::vector<format::Segment> place(ArrayRef<Segment> list,
                                          uint64_t tableBytes) {
  std::vector<format::Segment> segments;
  uint64_t offset = sizeof(format::FileHeader) + tableBytes;
  for (const Segment &each : list) {
    offset = llvm::alignTo(offset, each.alignment);
    segments.emplace_back(
        offset, each.bytes.size(),
        format::hashBytes(each.bytes.data(), each.bytes.size()));
    offset += each.bytes.size();
  }
  return segments;
}

static Offsets<format::Image> imageTables(Context &context) {
  std::vector<flatbuffers::Offset<format::Image>> images;
  for (const Image &image : context.kernels.images)
    images.push_back(format::CreateImage(
        context.builder, text(context, image.target), images.size()));
  return context.builder.CreateVector(images);
}

static flatbuffers::Offset<format::TensorMap> mapTable(Context &context,
                                                       const TensorMap &map) {
  std::vector<format::BoxAxis> axes;
  for (const TensorMap::Axis &axis : map.axes)
    axes.emplace_back(axis.extent, axis.stride, axis.box, axis.step);
  auto axisTable = context.builder.CreateVectorOfStructs(axes);
  auto element = elementOf(RankedTensorType::get({}, map.element));
  return format::CreateTensorMap(context.builder, map.argument, element,
                                 map.rowBytes, axisTable);
}

// What launches take beside addresses in the code that is an architecture's
// own; null where none does.
static Offsets<format::GpuEntry> takenBy(Context &context,
                                         StringRef architecture) {
  std::vector<flatbuffers::Offset<format::GpuEntry>> entries;
  for (const GpuKernels::OwnPtx &own : context.kernels.gpu->ownPtx)
    for (const GpuLaunch &launch : own.launches) {
      bool asks = launch.grid.sharedBytes > mostShared;
      if (own.architecture != architecture ||
          (!asks && launch.grid.maps.empty()))
        continue;
      std::vector<flatbuffers::Offset<format::TensorMap>> maps;
      for (const TensorMap &map : launch.grid.maps)
        maps.push_back(mapTable(context, map));
      auto name = text(context, launch.grid.name);
      auto mapTables = context.builder.CreateVector(maps);
      entries.push_back(format::CreateGpuEntry(
          context.builder, name, asks ? launch.grid.sharedBytes : 0,
          mapTables));
    }
  return entries.empty() ? Offsets<format::GpuEntry>()
                         : context.builder.CreateVector(entries);
}

static flatbuffers::Offset<format::GpuImage>
gpuImageTable(Context &context, StringRef architecture,
              format::GpuImageKind kind, uint32_t segment) {
  auto name = text(context, architecture);
  auto entries = takenBy(context, architecture);
  return format::CreateGpuImage(context.builder, name, kind, segment, entries);
}

// Null where there is no code for GPUs.
static Offsets<format::GpuImage> gpuImageTables(Context &context) {
  if (!context.kernels.gpu)
    return {};
  const GpuKernels &gpu = *context.kernels.gpu;
  uint32_t segment = context.kernels.images.size();
  std::vector<flatbuffers::Offset<format::GpuImage>> images = {gpuImageTable(
      context, gpu.architecture, format::GpuImageKind::Ptx, segment)};
  for (const GpuKernels::OwnPtx &own : gpu.ownPtx)
    images.push_back(gpuImageTable(context, own.architecture,
                                   format::GpuImageKind::Ptx, ++segment));
  for (const Cubin &cubin : gpu.cubins)
    images.push_back(gpuImageTable(context, cubin.architecture,
                                   format::GpuImageKind::Cubin, ++segment));
  return context.builder.CreateVector(images);
}

static std::vector<format::Buffer> bufferTable(ModelOp model) {
  auto flat = model->getAttrOfType<DenseI64ArrayAttr>("gan.buffers");
  std::vector<format::Buffer> buffers;
  for (int64_t i = 0; i + 1 < flat.size(); i += 2)
    buffers.emplace_back(flat[i], flat[i + 1]);
  return buffers;
}

static int64_t integerOr(ModelOp model, StringRef name, int64_t otherwise) {
  auto integer = model->getAttrOfType<IntegerAttr>(name);
  return integer ? integer.getInt() : otherwise;
}

static void buildTable(Context &context, const Provenance &provenance,
                       ArrayRef<PlannedBatch> batches,
                       const std::vector<format::Segment> &segments) {
  flatbuffers::FlatBufferBuilder &b = context.builder;
  std::vector<flatbuffers::Offset<flatbuffers::String>> flagTexts;
  for (const std::string &flag : provenance.flags)
    flagTexts.push_back(text(context, flag));
  auto compiler = text(context, provenance.compiler);
  auto flags = b.CreateVector(flagTexts);
  auto name = text(context, context.model.getSymName());
  auto sourceName = text(context, provenance.sourceName);
  auto source = text(context, provenance.source);
  auto storage = storageTables(context);
  auto buffers = b.CreateVectorOfStructs(bufferTable(context.model));
  auto segmentTable = b.CreateVectorOfStructs(segments);
  auto images = imageTables(context);
  auto kernels = kernelTables(context);
  auto groups = groupTables(context);
  auto entries = entryTables(context);
  auto phases = phaseTables(context);
  auto data = dataTables(context);
  auto networks = networkTables(context);
  auto gpuImages = gpuImageTables(context);
  std::vector<format::PlannedBatch> planned;
  for (const PlannedBatch &each : batches)
    planned.emplace_back(each.batch, each.arenaBytes);
  auto batchTable =
      planned.empty() ? flatbuffers::Offset<
                            flatbuffers::Vector<const format::PlannedBatch *>>()
                      : b.CreateVectorOfStructs(planned);
  int64_t arena = integerOr(context.model, "gan.arena_bytes", 0);
  uint64_t sourceHash =
      format::hashBytes(provenance.source.data(), provenance.source.size());
  b.Finish(format::CreateExecutable(
               b, format::kFormatVersion, format::schemaHash(), compiler, flags,
               name, sourceName, source, sourceHash, arena,
               realsOf(context.model), storage, buffers, segmentTable, images,
               kernels, entries, phases, data, networks, gpuImages, groups,
               batchTable, integerOr(context.model, shardsAttribute, 1),
               integerOr(context.model, "gan.shard_offset", arena)),
           format::ExecutableIdentifier());
}

static void indexEntries(Context &context) {
  uint32_t index = 0;
  for (func::FuncOp function : context.model.getBody().getOps<func::FuncOp>())
    if (isEntry(function))
      context.entryIndex[function.getSymName()] = index++;
}

static LogicalResult checkKernels(ModelOp model,
                                  const CompiledKernels &kernels) {
  if (!model->hasAttr("gan.arena_bytes") || !model->hasAttr("gan.buffers"))
    return model.emitOpError("has no memory plan: run gan-plan-memory");
  WalkResult result = model.walk([&](KernelOp kernel) {
    auto found = kernels.kernelOf.find(kernel);
    if (found != kernels.kernelOf.end() &&
        found->second < kernels.kernels.size())
      return WalkResult::advance();
    kernel.emitOpError("has not been compiled");
    return WalkResult::interrupt();
  });
  return failure(result.wasInterrupted());
}

static std::vector<char> assemble(const flatbuffers::FlatBufferBuilder &table,
                                  ArrayRef<Segment> contents,
                                  ArrayRef<format::Segment> segments) {
  format::FileHeader header = {};
  std::memcpy(header.magic, format::kHeaderMagic, sizeof(header.magic));
  header.version = format::kFormatVersion;
  header.tableBytes = table.GetSize();
  header.tableHash =
      format::hashBytes(table.GetBufferPointer(), table.GetSize());
  header.fileBytes = segments.empty()
                         ? sizeof(header) + table.GetSize()
                         : segments.back().offset() + segments.back().bytes();
  std::vector<char> file(header.fileBytes);
  std::memcpy(file.data(), &header, sizeof(header));
  std::memcpy(file.data() + sizeof(header), table.GetBufferPointer(),
              table.GetSize());
  for (auto [segment, content] : llvm::zip_equal(segments, contents))
    llvm::copy(content.bytes, file.begin() + segment.offset());
  return file;
}

FailureOr<std::vector<char>> gan::writeExecutable(
    ModelOp model, const CompiledKernels &kernels, const Provenance &provenance,
    ArrayRef<PlannedBatch> batches, const StoredValues &values) {
  if (failed(checkKernels(model, kernels)))
    return failure();
  SmallVector<Segment> contents = listSegments(model, kernels, values);
  // Segments stand behind the table, whose size does not depend on where: the
  // first round measures it.
  uint64_t tableBytes = 0;
  while (true) {
    flatbuffers::FlatBufferBuilder builder;
    Context context{model, kernels, builder, {}};
    if (!values.empty())
      context.firstValue = listCode(kernels).size();
    indexEntries(context);
    std::vector<format::Segment> segments = place(contents, tableBytes);
    buildTable(context, provenance, batches, segments);
    if (builder.GetSize() == tableBytes)
      return assemble(builder, contents, segments);
    tableBytes = builder.GetSize();
  }
}
