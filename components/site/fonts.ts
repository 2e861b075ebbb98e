// The site's two typefaces: a serif for reading and a sans serif for forms. Each is divided into files by Unicode range
// (tools/content/faces.ts), and the browser fetches only the files that a page needs. No font is preloaded: a page for readers
// first shows its text in a system font of the same width. next/font reads this file without running it, so the ranges are
// literals; faces.test.ts compares them with the files.
import localFont from "next/font/local";

const serif = localFont({
  src: "./faces/serif.woff2",
  weight: "400 700",
  variable: "--face-serif",
  adjustFontFallback: false,
  preload: false,
  declarations: [
    {
      prop: "unicode-range",
      value:
        "U+0020-007E, U+00A0, U+00A3, U+00A5, U+00A9, U+00AB, U+00B7, U+00BB, U+00D7, U+2009, U+2011, U+2013-2014, U+2018-2019, U+201C-201D, U+2026, U+202F, U+20AC, U+2212",
    },
  ],
});

const serifLatin = localFont({
  src: "./faces/serif-latin.woff2",
  weight: "400 700",
  variable: "--face-serif-latin",
  adjustFontFallback: false,
  preload: false,
  declarations: [
    {
      prop: "unicode-range",
      value:
        "U+00A1-00A2, U+00A4, U+00A6-00A8, U+00AA, U+00AC-00B6, U+00B8-00BA, U+00BC-00D6, U+00D8-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+2010, U+2012, U+2015, U+201A, U+201E, U+2020-2022, U+2030, U+2032-2033, U+2039-203A, U+2044, U+2122, U+2191, U+2193, U+2215",
    },
  ],
});

const serifLatinExt = localFont({
  src: "./faces/serif-latin-ext.woff2",
  weight: "400 700",
  variable: "--face-serif-latin-ext",
  adjustFontFallback: false,
  preload: false,
  declarations: [
    {
      prop: "unicode-range",
      value: "U+0100-0130, U+0132-0151, U+0154-02BA, U+1E00-1E9F, U+20A0-20AB, U+20AD-20BC, U+20BE-20C0",
    },
  ],
});

const serifRouble = localFont({
  src: "./faces/serif-rouble.woff2",
  weight: "400 700",
  variable: "--face-serif-rouble",
  adjustFontFallback: false,
  preload: false,
  declarations: [{ prop: "unicode-range", value: "U+20BD" }],
});

const serifRussian = localFont({
  src: "./faces/serif-russian.woff2",
  weight: "400 600",
  variable: "--face-serif-russian",
  adjustFontFallback: false,
  preload: false,
  declarations: [{ prop: "unicode-range", value: "U+0401, U+0410-044F, U+0451, U+2116" }],
});

const serifRussianSigns = localFont({
  src: "./faces/serif-russian-signs.woff2",
  weight: "400 600",
  variable: "--face-serif-russian-signs",
  adjustFontFallback: false,
  preload: false,
  declarations: [
    {
      prop: "unicode-range",
      value:
        "U+0020-0022, U+0024-0025, U+0027-003B, U+003F, U+0043, U+0049, U+004C-004D, U+0056, U+0058, U+00A0, U+00AB, U+00B0, U+00BB, U+2013-2014, U+2026, U+20AC",
    },
  ],
});

const serifName = localFont({
  src: "./faces/serif-name.woff2",
  weight: "700",
  variable: "--face-serif-name",
  adjustFontFallback: false,
  preload: false,
  declarations: [{ prop: "unicode-range", value: "U+0020, U+0026-0027, U+002E, U+0041-005A, U+0061-007A" }],
});

const serifCyrillic = localFont({
  src: "./faces/serif-cyrillic.woff2",
  weight: "400 700",
  variable: "--face-serif-cyrillic",
  adjustFontFallback: false,
  preload: false,
  declarations: [
    { prop: "unicode-range", value: "U+0400, U+0402-040F, U+0450, U+0452-045F, U+0490-0491, U+04B0-04B1" },
  ],
});

const serifItalic = localFont({
  src: "./faces/serif-italic.woff2",
  weight: "400",
  style: "italic",
  variable: "--face-serif-italic",
  adjustFontFallback: false,
  preload: false,
  declarations: [
    {
      prop: "unicode-range",
      value:
        "U+0020-007E, U+00A0, U+00A3, U+00A5, U+00A9, U+00AB, U+00B7, U+00BB, U+00D7, U+2009, U+2011, U+2013-2014, U+2018-2019, U+201C-201D, U+2026, U+202F, U+20AC, U+2212",
    },
  ],
});

const serifItalicLatin = localFont({
  src: "./faces/serif-italic-latin.woff2",
  weight: "400",
  style: "italic",
  variable: "--face-serif-italic-latin",
  adjustFontFallback: false,
  preload: false,
  declarations: [
    {
      prop: "unicode-range",
      value:
        "U+00A1-00A2, U+00A4, U+00A6-00A8, U+00AA, U+00AC-00B6, U+00B8-00BA, U+00BC-00D6, U+00D8-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+2010, U+2012, U+2015, U+201A, U+201E, U+2020-2022, U+2030, U+2032-2033, U+2039-203A, U+2044, U+2122, U+2191, U+2193, U+2215",
    },
  ],
});

const serifItalicRussian = localFont({
  src: "./faces/serif-italic-russian.woff2",
  weight: "400",
  style: "italic",
  variable: "--face-serif-italic-russian",
  adjustFontFallback: false,
  preload: false,
  declarations: [{ prop: "unicode-range", value: "U+0401, U+0410-044F, U+0451, U+2116" }],
});

const serifItalicCyrillic = localFont({
  src: "./faces/serif-italic-cyrillic.woff2",
  weight: "400",
  style: "italic",
  variable: "--face-serif-italic-cyrillic",
  adjustFontFallback: false,
  preload: false,
  declarations: [
    { prop: "unicode-range", value: "U+0400, U+0402-040F, U+0450, U+0452-045F, U+0490-0491, U+04B0-04B1" },
  ],
});

const sans = localFont({
  src: "./faces/sans.woff2",
  weight: "400 600",
  variable: "--face-sans",
  adjustFontFallback: false,
  preload: false,
  declarations: [
    {
      prop: "unicode-range",
      value:
        "U+0020-007E, U+00A0, U+00A3, U+00A5, U+00A9, U+00AB, U+00B7, U+00BB, U+00D7, U+2009, U+2011, U+2013-2014, U+2018-2019, U+201C-201D, U+2026, U+202F, U+20AC, U+2212",
    },
  ],
});

const sansLatin = localFont({
  src: "./faces/sans-latin.woff2",
  weight: "400 600",
  variable: "--face-sans-latin",
  adjustFontFallback: false,
  preload: false,
  declarations: [
    {
      prop: "unicode-range",
      value:
        "U+00A1-00A2, U+00A4, U+00A6-00A8, U+00AA, U+00AC-00B6, U+00B8-00BA, U+00BC-00D6, U+00D8-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+2010, U+2012, U+2015, U+201A, U+201E, U+2020-2022, U+2030, U+2032-2033, U+2039-203A, U+2044, U+2122, U+2191, U+2193, U+2215",
    },
  ],
});

const sansLatinExt = localFont({
  src: "./faces/sans-latin-ext.woff2",
  weight: "400 600",
  variable: "--face-sans-latin-ext",
  adjustFontFallback: false,
  preload: false,
  declarations: [
    {
      prop: "unicode-range",
      value: "U+0100-0130, U+0132-0151, U+0154-02BA, U+1E00-1E9F, U+20A0-20AB, U+20AD-20BC, U+20BE-20C0",
    },
  ],
});

const sansRouble = localFont({
  src: "./faces/sans-rouble.woff2",
  weight: "400 600",
  variable: "--face-sans-rouble",
  adjustFontFallback: false,
  preload: false,
  declarations: [{ prop: "unicode-range", value: "U+20BD" }],
});

const sansRussian = localFont({
  src: "./faces/sans-russian.woff2",
  weight: "400 600",
  variable: "--face-sans-russian",
  adjustFontFallback: false,
  preload: false,
  declarations: [{ prop: "unicode-range", value: "U+0401, U+0410-044F, U+0451, U+2116" }],
});

const sansRussianSigns = localFont({
  src: "./faces/sans-russian-signs.woff2",
  weight: "400 600",
  variable: "--face-sans-russian-signs",
  adjustFontFallback: false,
  preload: false,
  declarations: [
    {
      prop: "unicode-range",
      value:
        "U+0020-005A, U+0061-007A, U+00A0, U+00A3, U+00A5, U+00A9, U+00AB, U+00B7, U+00BB, U+2013-2014, U+2019, U+2026, U+202F, U+20AC, U+2212",
    },
  ],
});

const sansCyrillic = localFont({
  src: "./faces/sans-cyrillic.woff2",
  weight: "400 600",
  variable: "--face-sans-cyrillic",
  adjustFontFallback: false,
  preload: false,
  declarations: [
    { prop: "unicode-range", value: "U+0400, U+0402-040F, U+0450, U+0452-045F, U+0490-0491, U+04B0-04B1" },
  ],
});

/** The classes for the root element. type.css combines their variables into --font-serif and --font-sans. */
export const fontClasses = [
  "fonts",
  serif.variable,
  serifLatin.variable,
  serifLatinExt.variable,
  serifRouble.variable,
  serifRussian.variable,
  serifRussianSigns.variable,
  serifName.variable,
  serifCyrillic.variable,
  serifItalic.variable,
  serifItalicLatin.variable,
  serifItalicRussian.variable,
  serifItalicCyrillic.variable,
  sans.variable,
  sansLatin.variable,
  sansLatinExt.variable,
  sansRouble.variable,
  sansRussian.variable,
  sansRussianSigns.variable,
  sansCyrillic.variable,
].join(" ");
