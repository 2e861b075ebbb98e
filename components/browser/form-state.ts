// Finds out what a reader has already done in a form, because forms can be used before the scripts have loaded.

/**
 * All inputs except the frequency. A changed frequency does not show that the reader has chosen an amount. It can even
 * come from our own script: adaptPageToRecentGiver().
 */
export const NON_FREQUENCY_INPUTS_SELECTOR = "input:not([name=every])";

/**
 * Returns true if inputs differ from the server's values. The reader has changed them, or the browser restored them
 * from an earlier visit.
 */
export function isChanged(form: HTMLFormElement, inputSelector = "input"): boolean {
  return Array.from(form.querySelectorAll<HTMLInputElement>(inputSelector)).some(
    ({ value, defaultValue, checked, defaultChecked }) => value !== defaultValue || checked !== defaultChecked,
  );
}

export function isUnchangedAndUnfocused(form: HTMLFormElement, inputSelector?: string): boolean {
  return !isChanged(form, inputSelector) && !form.contains(document.activeElement);
}
