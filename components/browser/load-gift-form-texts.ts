// An article leaves the texts and limits to a file of the build, because most readers never come near its form.
import type { GiftFormTexts } from "../giving/gift-form-texts";

let late: Promise<GiftFormTexts> | undefined;

/** Rejects if the file does not come. */
export async function loadGiftFormTexts({ dataset }: HTMLFormElement): Promise<GiftFormTexts> {
  if (dataset.giftForm) return JSON.parse(dataset.giftForm);
  late ??= fetch(`/reader-words-${document.documentElement.lang}.json`).then((response) => response.json());
  return late;
}
