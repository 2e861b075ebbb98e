// Keeps plain-text e-mail addresses out of the ledger. systems/identity.ts implements this with secret keys.

/** `emailHash`: finds the address again without decrypting it. `emailSealed`: the encrypted address. */
export type SealedAddress = { emailHash: string; emailSealed: string };

export type IdentityCrypto = {
  /** Returns the hash and the encrypted address. Returns null if the text is not an e-mail address. */
  sealAddress(email: string): SealedAddress | null;
  /** Returns the hash by which the ledger finds an address. Returns null if the text is not an e-mail address. */
  hashOf(email: string): string | null;
  /**
   * Returns a hash that records the erasure of the address, made with a different key than hashOf(). Returns null if
   * the text is not an e-mail address.
   */
  erasureHashOf(email: string): string | null;
  seal(text: string): string;
  /** Decrypts a text. Throws an error if the text was changed or was sealed with another key. */
  open(sealed: string): string;
};
