#!/usr/bin/env bash
# Sets up, builds ganc, compiles a DCGAN, trains it on the bundled Fashion-MNIST images and shows what it learned.
set -euo pipefail
cd "$(dirname "$0")"

steps=3000
run=demo/run
.ci/setup
[ -f build/release/build.ninja ] || cmake --preset release -DGAN_TESTS=OFF
cmake --build --preset release --target ganc gan-run

rm -rf demo
mkdir -p demo
build/release/bin/ganc build models/dcgan.gan --set size=28 --set channels=1 --set width=32 --set batch=32 -o demo/dcgan
demo/dcgan train --data models/data/fashion4k-images-idx3-ubyte.gz --steps $steps --seed 1 --run-dir $run
demo/dcgan sample --run $run --count 64 --seed 1 -o demo/samples.png

echo
echo "The trainer is demo/dcgan (one file); its run is in $run; what it draws now is in demo/samples.png."
