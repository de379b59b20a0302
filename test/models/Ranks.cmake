# Samples cut into shards: compiled code against the interpreter, which knows nothing of shards; all programs with --long.
set(sharded norms joined_batch attention penalty spectral act_norm accumulated grouped conditional reuse batched_products flow)
set(of_three batched_products grouped penalty residual untrained) # samples a batch
foreach(program ${programs})
  get_filename_component(name ${program} NAME_WE)
  set(shards 2)
  if(name IN_LIST of_three)
    set(shards 3)
  elseif(name STREQUAL "accumulated_attention")
    set(shards 5)
  endif()
  set(limits "")
  # At the second step D(fake) is 1 but for 0.0114 (norm over the batch): mse(D(fake), 1) is 1.3e-4, and an error e of D, in the same norm,
  # changes it by up to 2 e / 0.0114 of it. Parameters of f32 differ by 3e-7 there, and so may D, which is a sum of seven numbers: 5e-5.
  if(name STREQUAL "dense_only")
    set(limits --f32-limit generator.loss=5e-5)
  endif()
  add_test(NAME shards-${name}
           COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/equal.py ${program} ${CMAKE_CURRENT_BINARY_DIR}/shards_${name} --shards ${shards} ${limits})
  set_tests_properties(shards-${name} PROPERTIES ENVIRONMENT "PATH=${CMAKE_RUNTIME_OUTPUT_DIRECTORY}:$ENV{PATH}")
  if(NOT name IN_LIST sharded)
    set_tests_properties(shards-${name} PROPERTIES LABELS long)
  endif()
endforeach()

# gan_add_ranks_test(NAME FILE ARGUMENTS...): a model of models/ on 1, 2 and 4 ranks of Open MPI.
function(gan_add_ranks_test name file)
  add_test(NAME ranks-${name}
           COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/ranks.py ${PROJECT_SOURCE_DIR}/models/${file}.gan
                   ${CMAKE_CURRENT_BINARY_DIR}/ranks_${name} ${ARGN})
  set_tests_properties(ranks-${name} PROPERTIES TIMEOUT 900 ENVIRONMENT "PATH=${CMAKE_RUNTIME_OUTPUT_DIRECTORY}:$ENV{PATH}")
endfunction()
gan_add_ranks_test(ring ring --set width=16 --set batch=16)
gan_add_ranks_test(dcgan dcgan --set size=32 --set channels=1 --set width=4 --set batch=8)
gan_add_ranks_test(wgan_gp wgan_gp --set width=4 --set latent=8 --set batch=8)
# A loss that blows up is told, and no rank waits for another because of it.
gan_add_ranks_test(alarm ../test/models/Inputs/leap --steps 60 --event blow-up)
gan_add_ranks_test(sim ring --set width=8 --set batch=8 --steps 2 --device sim)
gan_add_ranks_test(nccl ring --set width=8 --set batch=8 --steps 2 --device cuda)
set_tests_properties(ranks-nccl PROPERTIES
                     ENVIRONMENT "PATH=${CMAKE_RUNTIME_OUTPUT_DIRECTORY}:$ENV{PATH};LD_LIBRARY_PATH=${PROJECT_BINARY_DIR}/test/fake-cuda")
gan_add_ranks_test(deaths ring --deaths --set batch=12)
