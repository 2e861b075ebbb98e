// Declares the part of subset-font that faces.ts uses. @types/subset-font is older and lacks `keepFeatures`.
declare module "subset-font" {
  export default function subsetFont(
    font: Buffer,
    letters: string,
    options: {
      targetFormat: "truetype";
      variationAxes: Record<string, number | { min: number; max: number }>;
      keepFeatures: string[];
      dropTables: string[];
    },
  ): Promise<Buffer>;
}

// Declares a dependency of subset-font that comes without types.
declare module "fontverter" {
  type Format = "truetype" | "woff2";
  export function convert(font: Buffer, to: Format, from: Format): Promise<Buffer>;
}
