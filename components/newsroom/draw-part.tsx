// A part of the screen that takes none of the others along. React has no place on the server where the failure of one component can
// be caught, so each part's components are called here, and the elements that they came to are what is handed on.
import { Children, cloneElement, Fragment, isValidElement, type ReactElement, type ReactNode } from "react";
import { Notice } from "@/components/ui/notice";
import type { Translate } from "@/content/messages";
import type { OnFailure, Part } from "@/domain/newsroom/part";

export type DrawPart = <Value>(
  named: { name: string; title: string },
  loaded: Part<Value>,
  draw: (value: Value) => ReactNode,
) => ReactNode;

/** In the place of a part that failed stands its title, and that it did. */
export function partDrawer({ t, onFailure }: { t: Translate; onFailure: OnFailure }): DrawPart {
  return ({ name, title }, loaded, draw) => {
    try {
      if (loaded.kind === "here") return called(draw(loaded.value));
    } catch (error) {
      onFailure(name, error);
    }
    return (
      <Notice kind="bad" title={title}>
        <p>{t("newsroom.part-failed")}</p>
      </Notice>
    );
  };
}

function called(node: ReactNode): ReactNode {
  if (Array.isArray(node)) return Children.map(node, called);
  if (!isValidElement(node)) return node;
  const element = node as ReactElement<{ children?: ReactNode }>;
  if (isOwnComponent(element.type)) return <Fragment key={element.key}>{called(element.type(element.props))}</Fragment>;
  const { children } = element.props;
  if (children === undefined) return element;
  // Children that stand side by side have no keys: each must stay an argument of its own.
  return cloneElement(element, undefined, ...(Array.isArray(children) ? children.map(called) : [called(children)]));
}

/** Not one that runs in the browser, which here is only a reference, or, by `memo`, an object. */
function isOwnComponent(type: unknown): type is (props: object) => ReactNode {
  return typeof type === "function" && !("$$typeof" in type);
}
