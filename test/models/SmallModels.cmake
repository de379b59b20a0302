# Every model at a size at which the interpreter takes seconds.
include(${CMAKE_CURRENT_LIST_DIR}/EqualModels.cmake)

gan_add_model_test(ring SIM width=8 batch=8)
gan_add_model_test(dcgan28 FILE dcgan size=28 channels=1 width=4 batch=4)
gan_add_model_test(dcgan32 FILE dcgan SIM size=32 channels=1 width=4 batch=4)
gan_add_model_test(dirac)
gan_add_model_test(gan_mlp width=8 latent=4 batch=4)
gan_add_model_test(gan_mlp_saturating FILE gan_mlp saturating=true width=8 latent=4 batch=4)
gan_add_model_test(vae width=8 latent=3 batch=4)
gan_add_model_test(wgan size=16 width=4 latent=4 batch=4 first_critic_steps=2)
gan_add_model_test(wgan_gp_toy width=8 batch=4)
gan_add_model_test(wgan_gp_resnet width=4 latent=4 batch=2)
gan_add_model_test(unrolled k=3 width=8 latent=8 batch=4)
gan_add_model_test(unrolled_paper FILE unrolled net=paper k=2 width=8 latent=8 batch=4)
gan_add_model_test(dragan width=8 latent=4 batch=4)
gan_add_model_test(sngan g=4 d=4 latent=4 classes=3 d_steps=2 batch=2)
gan_add_model_test(sngan_unconditional FILE sngan g=4 d=4 latent=4 classes=0 d_steps=2 batch=2)
gan_add_model_test(sagan size=16 attend=8 width=8 latent=4 classes=3 batch=2)
gan_add_model_test(ttur width=2 latent=8 batch=4)
gan_add_model_test(stacked_mnist m=2 batch=2)
gan_add_model_test(stacked_mnist_veegan FILE stacked_mnist protocol=veegan width=2 m=2 batch=3)
# Its average of the generator starts at 0 and takes a thousandth per move, as a difference of numbers that f32 rounds by 6e-8: 6e-5.
gan_add_model_test(wgan_gp F32 1e-4 width=4 latent=8 batch=4)
# Scores of some 1e-4 are what is left of sums of numbers a hundred times as large.
gan_add_model_test(sngan_cnn F32 1e-4 width=4 latent=4 batch=4)
# Biases start at 0 or are small, so that they hold little but Adam's steps; what real and fake samples give to them nearly cancels, and Adam
# divides what f32 leaves of it by its size. 1e-3 allows for a loss of four digits of seven.
gan_add_model_test(lsgan F32 1e-3 size=32 width=2 latent=8 batch=4)
gan_add_model_test(dragan_infogan FILE dragan F32 1e-3 net=infogan width=2 latent=4 batch=4)
gan_add_model_test(pacgan F32 1e-3 width=8 units=4 pieces=3 batch=4)
gan_add_model_test(relativistic F32 1e-3 SEED 1 width=4 latent=4 batch=4)
gan_add_model_test(relativistic_gp FILE relativistic F32 1e-3 SEED 1 loss=rahinge lambda=10 width=2 latent=4 batch=4)
