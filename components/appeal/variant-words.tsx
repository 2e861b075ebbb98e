// The words of an appeal in its first variant, with the other variants in templates beside them. Every reader gets the same HTML; the browser
// script exchanges the words on devices that an experiment shows another variant (components/browser/trial.ts).
import type { ReactNode } from "react";
import type { AppealCopy } from "@/domain/appeal/appeal-copy";

type VariantWordsProps = {
  variants: AppealCopy[];
  draw: (appeal: AppealCopy) => ReactNode;
  hidden?: boolean;
} & Record<`data-${string}` | "className", string>;

export function VariantWords({ variants: [first, ...others], draw, ...attributes }: VariantWordsProps) {
  if (!first) return null;
  return (
    <div {...attributes} data-words={first.variant}>
      {draw(first)}
      {others.map((appeal) => (
        <template key={appeal.variant} data-variant={appeal.variant}>
          {draw(appeal)}
        </template>
      ))}
    </div>
  );
}
