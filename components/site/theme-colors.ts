import { publication } from "@/publication";

/** The background of the dark colour scheme (tokens.css). */
const DARK_PAPER = "#141516";

export const META_THEME_COLORS = [
  { media: "(prefers-color-scheme: light)", color: publication.accent.light },
  { media: "(prefers-color-scheme: dark)", color: DARK_PAPER },
];
