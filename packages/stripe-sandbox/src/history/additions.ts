// What some readers add to the amount of their gift, by the profile. Draws from numbers of its own, so that a history without additions
// is otherwise the same.
import type { HistoryProfile } from "./profile";
import { seededChance } from "./random";

type Addition = HistoryProfile["additions"]["amounts"][number];
type Priced = { currency: string; amount: number };

export function additionsOf({ additions: { share, amounts }, seed }: Pick<HistoryProfile, "additions" | "seed">) {
  const byAmount = new Map(amounts.map((addition) => [keyOf(addition), addition]));
  const byWhole = new Map(amounts.map((addition) => [keyOf({ ...addition, amount: addition.whole }), addition]));
  const chance = seededChance(`${seed}, additions`);

  /** The addition of one gift in so many, for an amount that has one. */
  function draw(gift: Priced): Addition | null {
    const addition = byAmount.get(keyOf(gift));
    return addition && chance.happens(share) ? addition : null;
  }

  /** The addition for another amount of a gift whose present amount includes one. */
  function follow(before: Priced & { metadata: Record<string, string> }, amount: number): Addition | null {
    const now = byWhole.get(keyOf(before));
    const isAdded = Object.entries(now?.metadata ?? {}).every(([key, value]) => before.metadata[key] === value);
    return (now && isAdded && byAmount.get(keyOf({ ...before, amount }))) || null;
  }

  return { draw, follow };
}

export type Additions = ReturnType<typeof additionsOf>;

function keyOf({ currency, amount }: Priced): string {
  return `${currency} ${amount}`;
}
