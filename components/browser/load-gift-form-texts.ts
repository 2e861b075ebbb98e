// Loads the texts and limits of a gift form. In an article they are not in the HTML but in a file of the build, because
// most readers never come near the form.
import type { GiftFormTexts } from "../giving/gift-form-texts";

let late: Promise<GiftFormTexts> | undefined;

/** Returns the texts and limits of the form, from its HTML or from the file. Rejects if the file cannot be fetched. */
export async function loadGiftFormTexts({ dataset }: HTMLFormElement): Promise<GiftFormTexts> {
  if (dataset.giftForm) return JSON.parse(dataset.giftForm);
  late ??= fetch(`/reader-words-${document.documentElement.lang}.json`).then((response) => response.json());
  return late;
}
