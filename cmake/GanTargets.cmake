# The helpers with which every room declares its targets.

# Headers are named from the repository root; generated ones from the build root.
add_library(gan_includes INTERFACE)
target_include_directories(gan_includes INTERFACE ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR})

# What every target that speaks MLIR is compiled against.
add_library(gan_mlir INTERFACE)
target_include_directories(gan_mlir SYSTEM INTERFACE ${LLVM_INCLUDE_DIRS} ${MLIR_INCLUDE_DIRS})
target_compile_options(gan_mlir INTERFACE -fno-rtti -fno-exceptions)
target_link_options(gan_mlir INTERFACE -Wl,-rpath,${LLVM_LIBRARY_DIR})
target_link_libraries(gan_mlir INTERFACE gan_includes MLIR LLVM)

# Compilers allocate small things from many threads: a fifth of the time. Sanitizers bring an allocator of their own.
add_library(gan_allocator INTERFACE)
if(NOT GAN_SANITIZE AND NOT GAN_FUZZ)
  target_link_libraries(gan_allocator INTERFACE -Wl,--no-as-needed ${GAN_JEMALLOC} -Wl,--as-needed)
endif()

# One precompiled header serves all of them.
file(WRITE ${PROJECT_BINARY_DIR}/pch/Pch.cpp "// Carries the shared precompiled header.\n")
add_library(gan_pch OBJECT ${PROJECT_BINARY_DIR}/pch/Pch.cpp)
target_link_libraries(gan_pch PRIVATE gan_mlir)
target_precompile_headers(gan_pch PRIVATE ${PROJECT_SOURCE_DIR}/cmake/Pch.h)
target_compile_options(gan_pch PRIVATE "SHELL:-Xclang -fno-pch-timestamp")

# gan_add_compiler_library(NAME SOURCES... [LINK LIBS...]): a library on MLIR, using the shared header.
function(gan_add_compiler_library name)
  cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
  add_library(${name} STATIC ${ARG_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PUBLIC gan_mlir ${ARG_LINK})
  target_compile_options(${name} PRIVATE "SHELL:-Xclang -fno-pch-timestamp")
  target_precompile_headers(${name} REUSE_FROM gan_pch)
endfunction()

# gan_add_compiler_tool(NAME SOURCES... [LINK LIBS...]): an executable on MLIR, put into bin/.
function(gan_add_compiler_tool name)
  cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
  add_executable(${name} ${ARG_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PRIVATE gan_allocator gan_mlir ${ARG_LINK})
  target_compile_options(${name} PRIVATE "SHELL:-Xclang -fno-pch-timestamp")
  target_precompile_headers(${name} REUSE_FROM gan_pch)
endfunction()

# gan_add_runtime_library(NAME SOURCES... [LINK LIBS...]): a library without MLIR, RTTI or exceptions, for programs and for shared libraries.
function(gan_add_runtime_library name)
  cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
  add_library(${name} STATIC ${ARG_UNPARSED_ARGUMENTS})
  set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE ON CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  target_link_libraries(${name} PUBLIC gan_includes ${ARG_LINK})
  target_compile_options(${name} PRIVATE -fno-rtti -fno-exceptions)
endfunction()

# gan_add_runtime_tool(NAME SOURCES... [LINK LIBS...]): an executable on the same terms, put into bin/.
function(gan_add_runtime_tool name)
  cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
  add_executable(${name} ${ARG_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PRIVATE gan_includes ${ARG_LINK})
  target_compile_options(${name} PRIVATE -fno-rtti -fno-exceptions)
endfunction()

# gan_add_pass_library(STAGE SOURCES... [LINK LIBS...]): passes/STAGE as library gan_STAGE, with its Passes.td.
function(gan_add_pass_library stage)
  set(LLVM_TARGET_DEFINITIONS Passes.td)
  mlir_tablegen(Passes.h.inc -gen-pass-decls -name Gan${stage})
  add_public_tablegen_target(gan_${stage}_tablegen)
  gan_add_compiler_library(gan_${stage} ${ARGN})
  target_link_libraries(gan_${stage} PUBLIC gan_dialect)
  add_dependencies(gan_${stage} gan_${stage}_tablegen gan_dialect_tablegen)
endfunction()

# gan_add_lit_test(NAME [DEPENDS TARGETS...]): the lit files of this folder as one ctest.
function(gan_add_lit_test name)
  add_test(NAME ${name}
    COMMAND ${LLVM_LIBRARY_DIR}/../bin/lit -sv ${CMAKE_CURRENT_SOURCE_DIR}
            --param room=${name} --param build=${PROJECT_BINARY_DIR} --param llvm=${LLVM_LIBRARY_DIR}/../bin)
endfunction()
