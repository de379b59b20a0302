# Every model trains five steps at a small size in compiled code as in the interpreter (equal.py): ctest `model-NAME`. In a long run each of
# its kernels gives the same bits on the simulated GPU, `sim-NAME`, and whole steps of training do, `sim-train-NAME` (train_on_sim.py; with
# SIM in every run).
# gan_add_model_test(name [FILE model] [SEED n] [F32 limit] [SIM] name=value...): parameters that make it small.
function(gan_add_model_test name)
  cmake_parse_arguments(PARSE_ARGV 1 row "SIM" "FILE;SEED;F32" "")
  set(options "")
  foreach(setting ${row_UNPARSED_ARGUMENTS})
    list(APPEND options --set ${setting})
  endforeach()
  if(NOT DEFINED row_FILE)
    set(row_FILE ${name})
  endif()
  set(path "PATH=${CMAKE_RUNTIME_OUTPUT_DIRECTORY}:$ENV{PATH}")
  set(plan ${CMAKE_CURRENT_BINARY_DIR}/${name}.mlir)
  list(JOIN options " " settings)
  add_test(NAME sim-${name}
           COMMAND sh -c "ganc build '${PROJECT_SOURCE_DIR}/models/${row_FILE}.gan' ${settings} --emit=plan > '${plan}' && \
                          gan-run-kernel --sim --bits-only '${plan}'")
  set_tests_properties(sim-${name} PROPERTIES LABELS long ENVIRONMENT "${path}")
  add_test(NAME sim-train-${name}
           COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/train_on_sim.py ${PROJECT_SOURCE_DIR}/models/${row_FILE}.gan
                   ${CMAKE_CURRENT_BINARY_DIR}/sim_${name} ${options})
  set_tests_properties(sim-train-${name} PROPERTIES ENVIRONMENT "${path}")
  if(NOT row_SIM)
    set_tests_properties(sim-train-${name} PROPERTIES LABELS long)
  endif()
  if(DEFINED row_SEED)
    list(APPEND options --seed ${row_SEED})
  endif()
  if(DEFINED row_F32)
    list(APPEND options --f32-limit ${row_F32})
  endif()
  add_test(NAME model-${name}
           COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/equal.py ${PROJECT_SOURCE_DIR}/models/${row_FILE}.gan
                   ${CMAKE_CURRENT_BINARY_DIR}/${name} --steps 5 ${options})
  set_tests_properties(model-${name} PROPERTIES ENVIRONMENT "${path}")
endfunction()
