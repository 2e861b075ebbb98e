// The published types of pdfkit lack PDF/UA, the scope of header cells, and fonts that are already parsed.
declare module "pdfkit" {
  import { Readable } from "node:stream";
  import type { Font } from "fontkit";

  type Content = StructureElement | (() => void);
  export interface StructureElement {
    add(child: Content): StructureElement;
    end(): void;
  }

  export default class PDFDocument extends Readable {
    constructor(options: {
      size: "A4" | "LETTER";
      margin: number;
      pdfVersion: "1.7";
      subset: "PDF/UA";
      tagged: true;
      lang: string;
      displayTitle: true;
      bufferPages: true;
      info: { Title: string; CreationDate: Date };
      font: string | null;
    });

    page: { width: number; height: number };
    addPage(): this;
    bufferedPageRange(): { start: number; count: number };
    switchToPage(index: number): void;
    end(): void;

    struct(
      type: string,
      options?: { scope?: "Row" | "Column"; actual?: string },
      children?: Content | Content[],
    ): StructureElement;
    addStructure(element: StructureElement): this;
    markContent(tag: "Artifact", options: { type: "Layout" | "Pagination" }): this;
    endMarkedContent(): this;

    registerFont(name: string, font: Font): this;
    font(name: string): this;
    fontSize(points: number): this;
    fillColor(color: string): this;
    widthOfString(text: string): number;
    text(text: string, x: number, y: number, options: { lineBreak: false; baseline: "alphabetic" }): this;

    moveTo(x: number, y: number): this;
    lineTo(x: number, y: number): this;
    lineWidth(points: number): this;
    strokeColor(color: string): this;
    stroke(): this;
  }
}
