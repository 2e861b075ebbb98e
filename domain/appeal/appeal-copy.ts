// The wording of one variant of an appeal, in one language. `id` and `variant` are stored with each gift, so that staff can see how much
// money each wording brought.

export type AppealCopy = {
  id: string;
  variant: string;
  headline: string;
  paragraphs: string[];
  /** A number from the newsroom's own accounts, and a text that explains it. */
  figure: { number: string; text: string } | null;
  /** The purposes that certain amounts pay for. Amounts are in the publication's default currency, as a reader would type them. */
  amounts: { amount: string; does: string }[];
  /** The editor who signs the appeal. */
  signature: { name: string; role: string } | null;
  banner: { headline: string; text: string };
  giveTitle: string;
  giveIntro: string;
};
