// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The event files that TensorBoard reads.
#ifndef GAN_RUNTIME_REPORT_EVENTFILE_H
#define GAN_RUNTIME_REPORT_EVENTFILE_H

#include "runtime/base/File.h"
#include "runtime/report/Metrics.h"

namespace gan::runtime {

/// CRC-32C (Castagnoli), as iSCSI computes it.
uint32_t crc32c(std::span<const std::byte> bytes);

/// A picture as a PNG.
struct EventImage {
  std::string name;
  uint64_t height = 0, width = 0;
  int channels = 0;
  std::span<const std::byte> png;
};

/// A file of TFRecords: the length, its masked checksum, the bytes of an
/// `Event`, their masked checksum. The messages (Event, Summary and SessionLog
/// of TensorFlow) have a dozen fields that are used here, so that they are
/// written by hand and no library of protocol buffers is needed.
class EventFile {
public:
  /// Begins a new file in the folder, behind those that are there: a process
  /// that goes on with a run goes on with its events. `stepsDone`: what earlier
  /// files tell of later steps holds no longer.
  static Result<EventFile> create(const std::string &folder,
                                  uint64_t stepsDone);

  Status addMetrics(uint64_t step, const Metrics &metrics);
  Status addImage(uint64_t step, const EventImage &image);
  /// What the file tells of steps above `stepsDone` holds no longer.
  Status goBack(uint64_t stepsDone);

private:
  explicit EventFile(LineFile file) : file(std::move(file)) {}
  Status add(uint64_t step, const std::string &content);
  LineFile file;
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_REPORT_EVENTFILE_H
