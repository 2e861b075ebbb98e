// How the domain finds and keeps e-mail addresses without storing them as plain text. systems/identity.ts holds the keys.

/** One address as the ledger stores it. Both columns are made from the same normalised text. */
export type SealedAddress = { emailHash: string; emailSealed: string };

export type Identity = {
  /** Null if the text is no e-mail address. Mail goes to the address that was hashed. */
  sealAddress(email: string): SealedAddress | null;
  /** Hashes an address as `sealAddress` does, to look somebody up. */
  hashOf(email: string): string | null;
  /**
   * Another hash of the same address, with a key of its own: it shows that the address was erased, and matches nothing else in the
   * ledger.
   */
  erasureHashOf(email: string): string | null;
  seal(text: string): string;
  /** Throws if the text was changed or sealed with another key. */
  open(sealed: string): string;
};
