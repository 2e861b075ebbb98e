// Keeps e-mail addresses out of the ledger as plain text. systems/identity.ts implements this with secret keys.

/** `emailHash`: to find the address. `emailSealed`: the encrypted address. */
export type SealedAddress = { emailHash: string; emailSealed: string };

export type Identity = {
  /** Returns null if the text is not an e-mail address. */
  sealAddress(email: string): SealedAddress | null;
  /** Returns null if the text is not an e-mail address. */
  hashOf(email: string): string | null;
  /**
   * Returns a hash that records the erasure of the address, made with a different key than hashOf(). Returns null if
   * the text is not an e-mail address.
   */
  erasureHashOf(email: string): string | null;
  seal(text: string): string;
  /** Throws an error if the text was changed or was sealed with another key. */
  open(sealed: string): string;
};
