const ARTICLE = /^(the|a|an|der|die|das|le|la|les|el|los|il|de|het)$/i;

function wordsOf(name: string): string[] {
  const words = name.split(/[\s-]+/).filter((word) => /\p{L}/u.test(word));
  return words.length > 1 ? words.filter((word) => !ARTICLE.test(word)) : words;
}

/**
 * Returns the name if it has at most 12 characters. Otherwise returns the initials of its words except articles, at
 * most five letters.
 */
export function proposeShortName(name: string): string {
  return name.length <= 12 ? name : firstLetters(name).slice(0, 5);
}

export function proposeInitials(name: string): string {
  return firstLetters(name).slice(0, 2);
}

function firstLetters(name: string): string {
  return wordsOf(name)
    .map((word) => (/\p{L}/u.exec(word)?.[0] ?? "").toUpperCase())
    .join("");
}

/**
 * Returns an id made from the name. Returns "" for a name that has neither Latin letters nor digits: then a person must
 * choose the id.
 */
export function proposePublicationId(name: string): string {
  const plain = name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+/, "")
    .slice(0, 40)
    .replace(/-+$/, "");
}
