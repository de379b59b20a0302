# Shared by every folder of lit files: the tools come from the build tree and from LLVM.
import os
import sys

import lit.formats

config.name = "gan"
config.test_format = lit.formats.ShTest(True)
config.suffixes = [".mlir", ".gan", ".test"]
config.excludes = ["Inputs"]
config.test_source_root = os.path.dirname(__file__)
build = lit_config.params["build"]
# Rooms run at the same time, and lit writes a file into this folder.
config.test_exec_root = os.path.join(build, "test", "lit", lit_config.params.get("room", "all"))
config.environment["PATH"] = os.pathsep.join(
    [os.path.join(build, "bin"), lit_config.params["llvm"], os.environ["PATH"]]
)
# Data that is not part of the repository; tests that want it say how they do without.
if "GAN_DATA" in os.environ:
    config.environment["GAN_DATA"] = os.environ["GAN_DATA"]
config.substitutions.append(("%models", os.path.join(config.test_source_root, "..", "models")))
config.substitutions.append(("%programs", os.path.join(config.test_source_root, "programs")))
config.substitutions.append(("%python", sys.executable))
# A driver library of CUDA whose GPU is the simulator.
config.substitutions.append(("%fake_cuda", os.path.join(build, "test", "fake-cuda")))
# CUDA's assembler, where the toolkit is; tests say how they do without.
for folder in [os.path.join(os.environ.get("CUDA_HOME", "/usr/local/cuda"), "bin")] + os.environ["PATH"].split(os.pathsep):
    if os.access(os.path.join(folder, "ptxas"), os.X_OK):
        config.available_features.add("ptxas")
        config.substitutions.append(("%ptxas", os.path.join(folder, "ptxas")))
        break
flags = open("/proc/cpuinfo").read().split()
if {"avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"} <= set(flags):
    config.available_features.add("x86-64-v4")
if {"amx_bf16", "amx_tile", "avx512_bf16"} <= set(flags):
    config.available_features.add("x86-64-v4-amx")
