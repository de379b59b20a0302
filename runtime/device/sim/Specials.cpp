// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/Specials.h"

using namespace gan::sim;

static constexpr SpecialName kSpecials[] = {
    {"%tid.x", Special::TidX, 32},
    {"%tid.y", Special::TidY, 32},
    {"%tid.z", Special::TidZ, 32},
    {"%ntid.x", Special::NtidX, 32},
    {"%ntid.y", Special::NtidY, 32},
    {"%ntid.z", Special::NtidZ, 32},
    {"%ctaid.x", Special::CtaidX, 32},
    {"%ctaid.y", Special::CtaidY, 32},
    {"%ctaid.z", Special::CtaidZ, 32},
    {"%nctaid.x", Special::NctaidX, 32},
    {"%nctaid.y", Special::NctaidY, 32},
    {"%nctaid.z", Special::NctaidZ, 32},
    {"%laneid", Special::LaneId, 32},
    {"%warpid", Special::WarpId, 32},
    {"%nwarpid", Special::NwarpId, 32},
    {"%smid", Special::SmId, 32},
    {"%nsmid", Special::NsmId, 32},
    {"%gridid", Special::GridId, 64},
    {"%lanemask_eq", Special::LaneMaskEq, 32},
    {"%lanemask_le", Special::LaneMaskLe, 32},
    {"%lanemask_lt", Special::LaneMaskLt, 32},
    {"%lanemask_ge", Special::LaneMaskGe, 32},
    {"%lanemask_gt", Special::LaneMaskGt, 32},
    {"%dynamic_smem_size", Special::DynamicSmemSize, 32},
    {"%total_smem_size", Special::TotalSmemSize, 32},
    // Without clusters each block is one of its own.
    {"%cluster_ctaid.x", Special::ClusterZero, 32},
    {"%cluster_ctaid.y", Special::ClusterZero, 32},
    {"%cluster_ctaid.z", Special::ClusterZero, 32},
    {"%cluster_ctarank", Special::ClusterZero, 32},
    {"%cluster_nctaid.x", Special::ClusterOne, 32},
    {"%cluster_nctaid.y", Special::ClusterOne, 32},
    {"%cluster_nctaid.z", Special::ClusterOne, 32},
    {"%cluster_nctarank", Special::ClusterOne, 32},
    {"%clusterid.x", Special::CtaidX, 32},
    {"%clusterid.y", Special::CtaidY, 32},
    {"%clusterid.z", Special::CtaidZ, 32},
    {"%nclusterid.x", Special::NctaidX, 32},
    {"%nclusterid.y", Special::NctaidY, 32},
    {"%nclusterid.z", Special::NctaidZ, 32},
    {"%clock", Special::Clock, 32},
    {"%clock_hi", Special::ClusterZero, 32},
    {"%clock64", Special::Clock, 64},
    {"%globaltimer", Special::Clock, 64},
    {"%globaltimer_lo", Special::Clock, 32},
};

const SpecialName *gan::sim::findSpecial(std::string_view name) {
  for (const SpecialName &special : kSpecials)
    if (special.name == name)
      return &special;
  return nullptr;
}
