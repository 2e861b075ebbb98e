// Picks the amounts that readers of a simulated history add to their gifts. Uses separate random numbers, so that the
// rest of a history is the same with and without these amounts.
import type { HistoryProfile } from "./profile";
import { seededRandom } from "./random";

type Addition = HistoryProfile["additions"]["amounts"][number];
type Priced = { currency: string; amount: number };

export function createExtraAmountPicker({
  additions: { share, amounts },
  seed,
}: Pick<HistoryProfile, "additions" | "seed">) {
  const byAmount = new Map(amounts.map((addition) => [keyOf(addition), addition]));
  const byWhole = new Map(amounts.map((addition) => [keyOf({ ...addition, amount: addition.whole }), addition]));
  const chance = seededRandom(`${seed}, additions`);

  function pickFor(gift: Priced): Addition | null {
    const addition = byAmount.get(keyOf(gift));
    return addition && chance.happens(share) ? addition : null;
  }

  function pickForNewAmount(before: Priced & { metadata: Record<string, string> }, amount: number): Addition | null {
    const now = byWhole.get(keyOf(before));
    const isAdded = Object.entries(now?.metadata ?? {}).every(([key, value]) => before.metadata[key] === value);
    return (now && isAdded && byAmount.get(keyOf({ ...before, amount }))) || null;
  }

  return { pickFor, pickForNewAmount };
}

export type ExtraAmountPicker = ReturnType<typeof createExtraAmountPicker>;

function keyOf({ currency, amount }: Priced): string {
  return `${currency} ${amount}`;
}
