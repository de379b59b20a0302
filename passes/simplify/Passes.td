// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef GAN_PASSES_SIMPLIFY_PASSES_TD
#define GAN_PASSES_SIMPLIFY_PASSES_TD

include "mlir/Pass/PassBase.td"

def FixOrdersPass : Pass<"gan-fix-orders", "::mlir::func::FuncOp"> {
  let summary = "every sum and contraction says in which order it adds";
  let description = [{
    Gives each `gan.sum` and contraction without an `order` the one that its shapes call for: from here on, no choice of target, tile or
    thread count changes a bit of a result. The policy is the table at the head of FixOrders.cpp. An order that is there stays.

    Example: test/passes/simplify/fix-orders.mlir
  }];
  let dependentDialects = ["::gan::GanDialect"];
  let statistics = [Statistic<"numOrders", "orders", "Orders fixed">];
}

def VerifySimplifiedPass : Pass<"gan-verify-simplified", "::mlir::func::FuncOp"> {
  let summary = "steps hold pure ops with fixed orders; storages lie as they are read";
  let description = [{
    Fails if a function of role "step", "init" or "output" holds anything but pure tensor-level ops of one result, a reduction without
    an order, or a storage of which every use is the same transposition, so that it could have been stored that way.

    Example: test/passes/simplify/verify-simplified.mlir
  }];
}

#endif // GAN_PASSES_SIMPLIFY_PASSES_TD
