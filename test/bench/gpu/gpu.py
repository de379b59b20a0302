# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A GPU of NVIDIA by its driver's library and nothing else: loads PTX, runs kernels, copies. As CudaApi.h declares it."""

import contextlib
import ctypes
import sys
from ctypes import POINTER, Structure, byref, c_char, c_char_p, c_int, c_size_t, c_uint, c_ulonglong, c_void_p, cast

DRIVER = "libcuda.so.1"
NOTHING_TO_MEASURE = 77  # exit status


class NoGpu(Exception):
    """Why there is nothing to measure, in one sentence."""


class KernelNode(Structure):  # CUDA_KERNEL_NODE_PARAMS_v2
    _fields_ = [("function", c_void_p), ("grid", c_uint * 3), ("block", c_uint * 3), ("shared_bytes", c_uint),
                ("parameters", POINTER(c_void_p)), ("extra", c_void_p), ("kernel", c_void_p), ("context", c_void_p)]


class Failed(Exception):
    """What the driver refused, and its words."""


class Gpu:
    """The first GPU. Keeps its memory and its code until it is closed, as a context manager does."""

    def __init__(self, library=DRIVER):
        try:
            self.driver = ctypes.CDLL(library)
        except OSError as error:
            raise NoGpu(f"this machine has no driver for GPUs of NVIDIA ({error})") from error
        if self.driver.cuInit(0) != 0:
            raise NoGpu("the driver finds no GPU on this machine")
        count, device, self.context = c_int(), c_int(), c_void_p()
        self.call("cuDeviceGetCount", byref(count))
        if count.value == 0:
            raise NoGpu("there is no GPU on this machine")
        self.call("cuDeviceGet", byref(device), 0)
        name = ctypes.create_string_buffer(256)
        self.call("cuDeviceGetName", name, 256, device)
        self.name = name.value.decode()
        self.call("cuDevicePrimaryCtxRetain", byref(self.context), device)
        self.call("cuCtxSetCurrent", self.context)
        self.stream = c_void_p()
        self.call("cuStreamCreate", byref(self.stream), 1)
        self.device = device

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.call("cuStreamDestroy_v2", self.stream)
        self.call("cuDevicePrimaryCtxRelease_v2", self.device)

    def call(self, function, *arguments):
        if result := getattr(self.driver, function)(*arguments):
            text = c_char_p()
            self.driver.cuGetErrorString(result, byref(text))
            raise Failed(f"{function}: {text.value.decode() if text.value else result}")

    @contextlib.contextmanager
    def code(self, ptx):
        """The module of a PTX text; `Failed` with the assembler's words where it takes none."""
        log, module = (c_char * 4096)(), c_void_p()
        names, values = (c_int * 2)(5, 6), (c_void_p * 2)(cast(log, c_void_p), len(log))
        try:
            self.call("cuModuleLoadDataEx", byref(module), c_char_p(ptx.encode()), 2, names, values)
        except Failed as error:
            raise Failed(log.value.decode() or str(error)) from error
        try:
            yield module
        finally:
            self.call("cuModuleUnload", module)

    @contextlib.contextmanager
    def memory(self, bytes_or_size):
        """The address of so many bytes, or of these."""
        given = isinstance(bytes_or_size, (bytes, bytearray))
        address, size = c_ulonglong(), len(bytes_or_size) if given else bytes_or_size
        self.call("cuMemAlloc_v2", byref(address), c_size_t(size))
        try:
            if given:
                self.call("cuMemcpyHtoDAsync_v2", address, bytes(bytes_or_size), c_size_t(size), self.stream)
                self.call("cuStreamSynchronize", self.stream)
            yield address
        finally:
            self.call("cuMemFree_v2", address)

    def read(self, address, size):
        found = ctypes.create_string_buffer(size)
        self.call("cuMemcpyDtoHAsync_v2", found, address, c_size_t(size), self.stream)
        self.call("cuStreamSynchronize", self.stream)
        return found.raw

    def run(self, module, entry, grid, block, addresses):
        """One launch, as a graph of one node; its arguments are these addresses. Waits until it is done."""
        function, graph, node, ready = c_void_p(), c_void_p(), c_void_p(), c_void_p()
        self.call("cuModuleGetFunction", byref(function), module, entry.encode())
        pointers = (c_void_p * len(addresses))(*(cast(byref(address), c_void_p) for address in addresses))
        kernel = KernelNode(function, (c_uint * 3)(grid, 1, 1), (c_uint * 3)(block, 1, 1), 0, pointers, None, None, self.context)
        self.call("cuGraphCreate", byref(graph), 0)
        self.call("cuGraphAddKernelNode_v2", byref(node), graph, None, c_size_t(0), byref(kernel))
        self.call("cuGraphInstantiateWithFlags", byref(ready), graph, c_ulonglong(0))
        try:
            self.call("cuGraphLaunch", ready, self.stream)
            self.call("cuStreamSynchronize", self.stream)
        finally:
            self.call("cuGraphExecDestroy", ready)
            self.call("cuGraphDestroy", graph)


def explain(script, main):
    """Runs `main`; where there is no GPU, says so and ends with NOTHING_TO_MEASURE."""
    try:
        main()
    except NoGpu as reason:
        print(f"{script}: {reason}, so there is nothing to measure", file=sys.stderr)
        sys.exit(NOTHING_TO_MEASURE)
