import { type AppealContent, contentWithDefaultSettings } from "../appeal-content";
import type { AppealWords } from "../appeal-words";

export function exampleWords(more: Partial<AppealWords> = {}): AppealWords {
  return {
    headline: "Readers pay for this",
    paragraphs: ["No ministry does.", "Please give what you can spare."],
    figure: { number: "$61", text: "of every $100 paid reporters." },
    amounts: [{ amount: "5", does: "pays a court file." }],
    signature: { name: "Vera Holm", role: "Editor" },
    banner: { headline: "The next story", text: "It begins with its readers." },
    giveTitle: "Support us",
    giveIntro: "Choose an amount.",
    ...more,
  };
}

export function exampleContent(more: Partial<AppealContent> = {}): AppealContent {
  return { ...contentWithDefaultSettings([{ id: "a", words: { en: exampleWords() } }]), ...more };
}
