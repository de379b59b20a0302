// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What holds where there is no difference quotient: the kinks of section 8 of
// the language reference, one line each.
#ifndef GAN_TEST_REFERENCE_KINKS_H
#define GAN_TEST_REFERENCE_KINKS_H

#include <string>
#include <vector>

namespace gan::reference {

struct Kink {
  const char *rule; // as the language says it
  std::string body; // defines %y from %x and the numbers of `kinkProgram`, as
                    // the frontend builds it
  double x;
  std::vector<double> derivatives; // dy/dx, and those after it
};

std::vector<Kink> kinks();

// @d<suffix>(%x) gives the derivative of that order. %zero, %one and %slope
// = 0.2 are there for the body.
std::string kinkProgram(const Kink &kink, size_t order,
                        const std::string &suffix,
                        const std::string &attributes = "");

} // namespace gan::reference

#endif // GAN_TEST_REFERENCE_KINKS_H
