// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// How the runtime says that something went wrong: without exceptions, one value
// per failure, made once and passed up to `main`.
#ifndef GAN_RUNTIME_BASE_STATUS_H
#define GAN_RUNTIME_BASE_STATUS_H

#include <cassert>
#include <cstdint>
#include <source_location>
#include <string>
#include <utility>
#include <variant>

namespace gan::runtime {

/// What kind of failure; each has its exit code (sysexits.h where it has one).
enum class Code : uint8_t {
  Ok,          // 0
  Usage,       // 2: an option or argument is wrong
  Damaged,     // 65: a file is not what it says it is
  NotFound,    // 66: a file or a named thing does not exist
  Mismatch,    // 65: two files are each well but do not belong together
  Unsupported, // 69: this machine or this device cannot do it
  Internal,    // 70: a promise of our own was broken
  OutOfMemory, // 71
  NoSpace,     // 73: a file could not be written for lack of space
  Io,          // 74: reading or writing failed otherwise
  Lost,        // 75: another rank of the run has ended, or cannot be reached
  Interrupted, // 130: the user asked to stop
  Diverged,    // 1: training went wrong: not finite, or collapsed
};

/// The exit status of a program that ends with `code`.
int exitStatus(Code code);

/// Success, or one failure: a code, a sentence (lower case, no full stop) and
/// the file or entry concerned. Where in our code it arose is kept for us.
class [[nodiscard]] Status {
public:
  /// Success.
  Status() = default;
  /// `where` names the file, entry, option or node concerned; may be empty.
  Status(Code code, std::string sentence, std::string where = "",
         std::source_location origin = std::source_location::current())
      : failure(code), words(std::move(sentence)), place(std::move(where)),
        source(origin) {
    assert(code != Code::Ok && "success has no sentence");
  }

  bool ok() const { return failure == Code::Ok; }
  Code code() const { return failure; }
  const std::string &sentence() const { return words; }
  const std::string &where() const { return place; }
  std::source_location origin() const { return source; }
  /// For the user: "<where>: <sentence>"; "ok" for success.
  std::string text() const;

private:
  Code failure = Code::Ok;
  std::string words;
  std::string place;
  std::source_location source;
};

/// The failure of the system call that has just set `error` to an errno. The
/// code follows from it: no space, no such file, or input and output.
Status
systemError(int error, const std::string &doing, std::string where,
            std::source_location origin = std::source_location::current());

/// A value, or the failure that stands in its place.
///
///   Result<FileBytes> file = readFile(path, limit);
///   if (!file.ok())
///     return file.status();
///   use(*file);
template <typename T> class [[nodiscard]] Result {
public:
  Result(T value) : content(std::in_place_index<1>, std::move(value)) {}
  Result(Status failure) : content(std::in_place_index<0>, std::move(failure)) {
    assert(!std::get<0>(content).ok() && "a success needs a value");
  }

  bool ok() const { return content.index() == 1; }
  /// Success if there is a value.
  Status status() const { return ok() ? Status() : *std::get_if<0>(&content); }

  /// Only where `ok()`.
  T &operator*() { return *std::get_if<1>(&content); }
  const T &operator*() const { return *std::get_if<1>(&content); }
  T *operator->() { return std::get_if<1>(&content); }
  const T *operator->() const { return std::get_if<1>(&content); }
  /// Moves the value out.
  T take() { return std::move(*std::get_if<1>(&content)); }

private:
  std::variant<Status, T> content;
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_BASE_STATUS_H
