// Finds out what a reader has already done in a form, because forms can be used before the scripts have loaded.

/**
 * Selects all inputs except the frequency. A changed frequency does not mean that the reader has chosen an amount. Our
 * own script can also change the frequency: see adaptPageToRecentGiver().
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
