# Finds the packages that ganc is built from and sets the flags that every target shares.
list(APPEND CMAKE_PREFIX_PATH /usr/lib/llvm-22)
find_package(MLIR 22.1 REQUIRED CONFIG)
find_package(CUDAToolkit QUIET)
find_package(Threads REQUIRED)
find_package(PNG REQUIRED)
find_package(ZLIB REQUIRED)
find_program(GAN_FLATC flatc REQUIRED)
find_program(GAN_CCACHE ccache)
find_program(GAN_LLD ld.lld-22 REQUIRED)

list(APPEND CMAKE_MODULE_PATH ${MLIR_CMAKE_DIR} ${LLVM_CMAKE_DIR})
include(TableGen)
include(AddLLVM)
include(AddMLIR)

add_link_options(-fuse-ld=lld)
add_compile_options(-Wall -Wextra -Werror -Wno-unused-parameter)
if(GAN_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${GAN_CCACHE})
endif()
if(GAN_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-omit-frame-pointer -fno-sanitize=vptr,function
                      -fno-sanitize-recover=all)
  add_link_options(-fsanitize=address,undefined)
endif()
