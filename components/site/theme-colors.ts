// The colour that a phone's browser takes for its own bars, for both schemes.
import { publication } from "@/publication";

/** The paper of the dark scheme (tokens.css). */
const DARK_PAPER = "#141516";

export const THEME_COLORS = [
  { media: "(prefers-color-scheme: light)", color: publication.accent.light },
  { media: "(prefers-color-scheme: dark)", color: DARK_PAPER },
];
