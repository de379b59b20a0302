// RUN: gan-opt %s --pass-pipeline='builtin.module(func.func(gan-form-groups{fuse=false},gan-verify-fused))' | FileCheck %s --check-prefix=APART
// RUN: gan-opt %s --pass-pipeline='builtin.module(func.func(gan-form-groups{merge=false},gan-verify-fused))' | FileCheck %s --check-prefix=UNMERGED

// Without fusion every op has a kernel of its own, a comparison too; constants stand in each kernel that uses them. Without merging two
// updates that read the same stay apart.
// APART-LABEL: func.func @step
// APART: gan.kernel hero( elementwise)
// APART-NEXT: bb0
// APART-NEXT: gan.constant
// APART-NEXT: gan.compare
// APART-NEXT: gan.yield
// APART: gan.kernel hero( elementwise)
// APART-NEXT: bb0
// APART-NEXT: gan.constant
// APART-NEXT: gan.select
// APART-NEXT: gan.yield
// APART: gan.kernel hero( elementwise)
// APART-NEXT: bb0
// APART-NEXT: gan.sub
// APART-NEXT: gan.yield
// APART-NOT: gan.kernel
// UNMERGED-LABEL: func.func @step
// UNMERGED: gan.kernel hero( elementwise)
// UNMERGED: gan.select
// UNMERGED: gan.kernel hero( elementwise)
// UNMERGED: gan.sub
// UNMERGED-NOT: gan.kernel
func.func @step(%p: tensor<8x1000xf32>, %g: tensor<8x1000xf32>) -> (tensor<8x1000xf32>, tensor<8x1000xf32>)
    attributes {gan.role = "step"} {
  %zero = gan.constant dense<0.0> : tensor<8x1000xf32>
  %c = gan.compare gt, %g, %zero : tensor<8x1000xf32> -> tensor<8x1000xi1>
  %s = gan.select %c, %g, %zero : tensor<8x1000xi1>, tensor<8x1000xf32>
  %q = gan.sub %p, %g : tensor<8x1000xf32>
  return %s, %q : tensor<8x1000xf32>, tensor<8x1000xf32>
}
