// The site's two typefaces, served by the site itself: a serif for reading, a sans serif for forms. Only their upright Latin files
// are preloaded (80 KB together). The browser fetches the others if a page uses their script or italics.
import localFont from "next/font/local";

const serif = localFont({
  src: [
    {
      path: "../../node_modules/@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2",
      weight: "200 900",
      style: "normal",
    },
  ],
  variable: "--face-serif",
  adjustFontFallback: "Times New Roman",
});

const serifItalic = localFont({
  src: [
    {
      path: "../../node_modules/@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-italic.woff2",
      weight: "200 900",
      style: "italic",
    },
  ],
  variable: "--face-serif-italic",
  adjustFontFallback: false,
  preload: false,
});

const serifLatinExt = localFont({
  src: "../../node_modules/@fontsource-variable/source-serif-4/files/source-serif-4-latin-ext-wght-normal.woff2",
  weight: "200 900",
  variable: "--face-serif-latin-ext",
  adjustFontFallback: false,
  preload: false,
  declarations: [
    { prop: "unicode-range", value: "U+0100-0130, U+0132-0151, U+0154-02BA, U+1E00-1E9F, U+20A0-20AB, U+20AD-20C4" },
  ],
});

const serifCyrillic = localFont({
  src: "../../node_modules/@fontsource-variable/source-serif-4/files/source-serif-4-cyrillic-wght-normal.woff2",
  weight: "200 900",
  variable: "--face-serif-cyrillic",
  adjustFontFallback: false,
  preload: false,
  declarations: [{ prop: "unicode-range", value: "U+0400-045F, U+0490-0491, U+04B0-04B1, U+2116" }],
});

const sans = localFont({
  src: "../../node_modules/@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2",
  weight: "200 900",
  variable: "--face-sans",
  adjustFontFallback: "Arial",
});

const sansLatinExt = localFont({
  src: "../../node_modules/@fontsource-variable/source-sans-3/files/source-sans-3-latin-ext-wght-normal.woff2",
  weight: "200 900",
  variable: "--face-sans-latin-ext",
  adjustFontFallback: false,
  preload: false,
  declarations: [
    { prop: "unicode-range", value: "U+0100-0130, U+0132-0151, U+0154-02BA, U+1E00-1E9F, U+20A0-20AB, U+20AD-20C0" },
  ],
});

const sansCyrillic = localFont({
  src: "../../node_modules/@fontsource-variable/source-sans-3/files/source-sans-3-cyrillic-wght-normal.woff2",
  weight: "200 900",
  variable: "--face-sans-cyrillic",
  adjustFontFallback: false,
  preload: false,
  declarations: [{ prop: "unicode-range", value: "U+0400-045F, U+0490-0491, U+04B0-04B1, U+2116" }],
});

/** The classes of the outermost element. tokens.css turns them into --font-serif and --font-sans. */
export const fontClasses = [
  "fonts",
  serif.variable,
  serifItalic.variable,
  serifLatinExt.variable,
  serifCyrillic.variable,
  sans.variable,
  sansLatinExt.variable,
  sansCyrillic.variable,
].join(" ");
