// The words of one asking, in one language. `id` and `variant` travel with the gift, so that staff can see what they brought.

export type AppealCopy = {
  id: string;
  variant: string;
  headline: string;
  paragraphs: string[];
  /** A number from the newsroom's own accounts, and what it says. */
  figure: { number: string; text: string } | null;
  /** The good that single amounts do, in the publication's default currency; the amounts as a reader would type them. */
  amounts: { amount: string; does: string }[];
  /** The editor who asks. */
  signature: { name: string; role: string } | null;
  banner: { headline: string; text: string };
  giveTitle: string;
  giveIntro: string;
};
