// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The command line of a trainer: options as a table, read once.
#ifndef GAN_RUNTIME_APP_ARGUMENTS_H
#define GAN_RUNTIME_APP_ARGUMENTS_H

#include "runtime/base/Status.h"

#include <map>
#include <span>
#include <string>
#include <vector>

namespace gan::runtime {

/// One option, as `--help` shows it.
struct OptionSpec {
  const char *name;  // "steps", for --steps
  char letter;       // 'o', for -o; 0: none
  const char *value; // what it takes, "N"; empty: it is a switch
  const char *help;
  bool repeats = false; // may be given several times
};

/// The options of one call. Names are written out in full: an abbreviation that
/// works today would change its meaning with the next option.
class Arguments {
public:
  /// Reads `--name value`, `--name=value`, `-o value` and switches. `Usage` for
  /// an option that there is not (with the nearest one), one without its value,
  /// one given twice, and for words that belong to no option.
  static Result<Arguments> parse(std::span<const OptionSpec> specs,
                                 std::span<const std::string> words);

  bool has(const std::string &name) const { return values.contains(name); }
  std::string text(const std::string &name, const std::string &otherwise) const;
  std::vector<std::string> all(const std::string &name) const;
  /// A whole number of at least `least`; `Usage` for anything else.
  Result<uint64_t> number(const std::string &name, uint64_t otherwise,
                          uint64_t least = 0) const;
  /// The whole numbers of each time that the option is given, "1,2,3"; none
  /// where it is not given.
  Result<std::vector<std::vector<uint64_t>>>
  numberLists(const std::string &name) const;
  /// A finite number of at least 0.
  Result<double> real(const std::string &name, double otherwise) const;

private:
  std::map<std::string, std::vector<std::string>> values;
};

/// The options with their help, one a line.
std::string helpText(std::span<const OptionSpec> specs);

/// The name of the list that is nearest to `word`, if one is near; else empty.
std::string nearestName(const std::string &word,
                        std::span<const std::string> names);

} // namespace gan::runtime

#endif // GAN_RUNTIME_APP_ARGUMENTS_H
