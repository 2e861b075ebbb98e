import type { Arm } from "./experiment";

/**
 * Returns the device's arm in an experiment: a variant or HOLD_OUT_ARM. The same experiment and seed always give the
 * same result. `deviceSeed`: the device's 32 random bits. `arms`: their shares add up to 100 percent.
 */
export function assignArm({ id, arms }: { id: string; arms: readonly Arm[] }, deviceSeed: number): string {
  let point = (mix(deviceSeed, id) / 2 ** 32) * 100;
  for (const { arm, share } of arms) {
    point -= share;
    if (point < 0) return arm;
  }
  return arms[0]?.arm ?? "";
}

/**
 * Returns a number from 0 to 2^32 - 1. Hashes the id with FNV-1a, with the seed as the start value. Then applies
 * MurmurHash3's finaliser. Every step is reversible. So for one id, the 2^32 seeds give every number exactly once.
 */
function mix(seed: number, id: string): number {
  let hash = seed | 0;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
