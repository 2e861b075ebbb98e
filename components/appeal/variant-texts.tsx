// Shows the first variant. The other variants are in `<template>` elements, so that every reader gets the same HTML.
import type { ReactNode } from "react";
import type { LocalizedVariant } from "@/domain/appeal/localized-variant";

type VariantTextsProps = {
  variants: LocalizedVariant[];
  render: (appeal: LocalizedVariant) => ReactNode;
  hidden?: boolean;
} & Record<`data-${string}` | "className", string>;

export function VariantTexts({ variants: [first, ...others], render, ...attributes }: VariantTextsProps) {
  if (!first) return null;
  return (
    <div {...attributes} data-words={first.variant}>
      {render(first)}
      {others.map((appeal) => (
        <template key={appeal.variant} data-variant={appeal.variant}>
          {render(appeal)}
        </template>
      ))}
    </div>
  );
}
