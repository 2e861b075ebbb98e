export type LocalizedVariant = {
  id: string;
  variant: string;
  headline: string;
  paragraphs: string[];
  figure: { number: string; text: string } | null;
  /** `amount`: in the publication's default currency, as a reader would type it. `does`: what this amount pays for. */
  amounts: { amount: string; does: string }[];
  signature: { name: string; role: string } | null;
  banner: { headline: string; text: string };
  giveTitle: string;
  giveIntro: string;
};
