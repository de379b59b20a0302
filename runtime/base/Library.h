// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Libraries that are loaded at run time, so that neither a build nor a machine
// needs them.
#ifndef GAN_RUNTIME_BASE_LIBRARY_H
#define GAN_RUNTIME_BASE_LIBRARY_H

#include "runtime/base/Status.h"

#include <string>
#include <utility>

namespace gan::runtime {

struct LibraryOptions {
  /// What it loads in turn finds its symbols.
  bool global = false;
  /// It is not unloaded before the process ends: its threads may run that long.
  bool stays = false;
};

/// A loaded library; unloaded with the last that loaded it.
class Library {
public:
  /// `Unsupported`, with what the system's loader says, where it cannot be
  /// loaded.
  static Result<Library> open(const std::string &file, LibraryOptions options);
  Library(Library &&other) noexcept
      : handle(std::exchange(other.handle, nullptr)),
        firstMissing(other.firstMissing) {}
  Library &operator=(Library &&) = delete;
  ~Library();

  /// Points `target`, a pointer to a function or to a variable, at `symbol`;
  /// null where the library has none.
  template <typename T> void bind(T *&target, const char *symbol) {
    target = reinterpret_cast<T *>(find(symbol));
  }
  /// The first symbol that was bound in vain; null where there was none.
  const char *missing() const { return firstMissing; }

private:
  explicit Library(void *handle) : handle(handle) {}
  void *find(const char *symbol);
  void *handle;
  const char *firstMissing = nullptr;
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_BASE_LIBRARY_H
