// Forms can be used before the scripts have loaded.

/** All inputs but the frequency, which the reader may choose before the currency, and which greetSupporter() may choose. */
export const AMOUNT_INPUTS = "input:not([name=every])";

/** Finds what the reader did before the script came, and what the browser has kept from an earlier visit. */
export function isChanged(form: HTMLFormElement, inputs = "input"): boolean {
  return Array.from(form.querySelectorAll<HTMLInputElement>(inputs)).some(
    ({ value, defaultValue, checked, defaultChecked }) => value !== defaultValue || checked !== defaultChecked,
  );
}

export function isUntouched(form: HTMLFormElement, inputs?: string): boolean {
  return !isChanged(form, inputs) && !form.contains(document.activeElement);
}
