// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/runtime/sim/Kernel.h"

#include "runtime/base/File.h"

#include <gtest/gtest.h>

using namespace gan::sim;

Kernel::Kernel(std::string text, const std::string &entry) {
  Result<Module> parsed = parseModule(std::move(text), "k.ptx");
  EXPECT_TRUE(parsed.ok()) << parsed.status().text();
  if (!parsed.ok())
    return;
  module = parsed.take();
  Result<Image> image = Image::load(module, memory);
  EXPECT_TRUE(image.ok()) << image.status().text();
  Result<Program> decoded = image->kernel(entry);
  EXPECT_TRUE(decoded.ok()) << decoded.status().text();
  if (decoded.ok())
    program = decoded.take();
  shape.block = {32, 1, 1};
}

Kernel &Kernel::buffer(const std::vector<std::byte> &bytes, Use use,
                       bool valued) {
  std::string name = "buffer " + std::to_string(buffers.size());
  uint64_t address = *memory.allocate(bytes.size(), name, use);
  if (valued)
    EXPECT_TRUE(memory.write(address, bytes).ok());
  buffers.push_back({address, bytes.size()});
  return scalar(address);
}

std::vector<std::byte> Kernel::readBytes(size_t buffer) const {
  std::vector<std::byte> bytes(buffers[buffer].second);
  EXPECT_TRUE(memory.read(buffers[buffer].first, bytes).ok());
  return bytes;
}

Result<Report> Kernel::tryRun() {
  return launch(memory, program, shape, options);
}

Report Kernel::run() {
  Result<Report> report = tryRun();
  EXPECT_TRUE(report.ok()) << report.status().text();
  return report.ok() ? report.take() : Report{};
}

std::string gan::sim::refusalOf(const std::string &text,
                                const std::string &entry) {
  Result<Module> module = parseModule(text, "k.ptx");
  if (!module.ok())
    return module.status().text();
  Memory memory;
  Result<Image> image = Image::load(*module, memory);
  if (!image.ok())
    return image.status().text();
  return image->kernel(entry).status().text();
}

std::string gan::sim::kernelText(const std::string &parameters,
                                 const std::string &body) {
  return ".version 8.0\n.target sm_80\n.address_size 64\n.visible .entry k(" +
         parameters +
         ")\n{\n.reg .b32 %r<32>; .reg .b64 %rd<32>; .reg .pred %p<8>;\n"
         ".reg .f32 %f<32>; .reg .f64 %fd<8>; .reg .b16 %rs<16>;\n"
         ".shared .align 16 .b8 sh[1024];\n\n" +
         body + "\nret;\n}\n";
}

std::string gan::sim::summary(const Report &report) {
  std::string text;
  for (const Finding &finding : report.findings)
    text += std::string(nameOf(finding.fault)) + " " +
            std::to_string(finding.line) + "\n";
  return text;
}

std::string gan::sim::readInput(const std::string &name) {
  auto bytes =
      gan::runtime::readFile(std::string(GAN_SIM_TESTS) + "/" + name, 1 << 26);
  EXPECT_TRUE(bytes.ok()) << bytes.status().text();
  return bytes.ok() ? std::string(gan::runtime::textOf(*bytes)) : "";
}
