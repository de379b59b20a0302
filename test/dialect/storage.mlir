// RUN: gan-opt %s | gan-opt | FileCheck %s

// CHECK: gan.storage @D.w param tensor<4x4x3x64xf64> layout = [2, 3, 1, 0] init = <normal, [0.000000e+00, 2.000000e-02]> owner = "D"
gan.storage @"D.w" param tensor<4x4x3x64xf64> layout = [2, 3, 1, 0] init = <normal, [0.0, 0.02]> owner = "D"
// CHECK: gan.storage @"player/G.w/m" optimizer tensor<4xf32> init = <constant, [0.000000e+00]> owner = "player"
gan.storage @"player/G.w/m" optimizer tensor<4xf32> init = <constant, [0.0]> owner = "player"
