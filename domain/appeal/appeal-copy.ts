// The words of one asking, in one language. `id` and `variant` travel with the gift, so that staff can see what they brought.

export type AppealCopy = {
  id: string;
  variant: string;
  headline: string;
  paragraphs: string[];
  banner: { headline: string; text: string };
  giveTitle: string;
  giveIntro: string;
};
