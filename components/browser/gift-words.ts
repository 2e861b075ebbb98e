// An article leaves the texts and limits to a file of the build, because most readers never come near its form.
import type { GiftWords } from "../giving/gift-words";

let late: Promise<GiftWords> | undefined;

/** Rejects if the file does not come. */
export async function wordsOf({ dataset }: HTMLFormElement): Promise<GiftWords> {
  if (dataset.giftForm) return JSON.parse(dataset.giftForm);
  late ??= fetch(`/reader-words-${document.documentElement.lang}.json`).then((response) => response.json());
  return late;
}
