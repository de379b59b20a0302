// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What people want to know of a node.
#ifndef GAN_RUNTIME_APP_NODEVIEW_H
#define GAN_RUNTIME_APP_NODEVIEW_H

#include "runtime/executable/Executable.h"

#include <string>

namespace gan::runtime {

struct NodeView {
  std::string name = "copy";   // or of the kernel, or of the group of kernels
  std::string hero;            // "contraction", "group"; empty for a copy
  std::string location;        // "layers.gan:10:11 from net.gan:12:5", or empty
  double flops = 0, bytes = 0; // of one call
};

/// Of a node, or of so many `nodes` as ran in one launch.
NodeView viewOfNode(const Executable &executable, uint32_t entry, uint32_t node,
                    uint32_t nodes = 1);

/// The line of the model's own file that caused a node: of its calls the
/// innermost that stands there. 0 where none does.
uint32_t lineOfModel(const Executable &executable, std::string_view location);

/// The text of a line of the model, counted from 1, without blanks around it;
/// empty beyond the end.
std::string textOfLine(const Executable &executable, uint32_t line);

} // namespace gan::runtime

#endif // GAN_RUNTIME_APP_NODEVIEW_H
