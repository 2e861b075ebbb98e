// The interface with which the domain finds and stores e-mail addresses without plain text. systems/identity.ts holds the keys.

/** An e-mail address as the ledger stores it. Hash and sealed text come from the same normalised address. */
export type SealedAddress = { emailHash: string; emailSealed: string };

export type Identity = {
  /** Null if the text is not an e-mail address. */
  sealAddress(email: string): SealedAddress | null;
  /** Returns the hash by which the owner of an e-mail address is found; null if the text is not an e-mail address. */
  hashOf(email: string): string | null;
  /**
   * Returns a hash with a different key, which records that the e-mail address was erased. It matches nothing else in the ledger. Null
   * if the text is not an e-mail address.
   */
  erasureHashOf(email: string): string | null;
  seal(text: string): string;
  /** Decrypts a sealed text. Throws if it was changed or was sealed with another key. */
  open(sealed: string): string;
};
