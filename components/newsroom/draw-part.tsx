// Draws one part of the screen, so that a failure in it does not take down the other parts. React has no error boundary on the
// server. So this calls the part's components itself, inside a try block, and passes on the elements that they return.
import { Children, cloneElement, Fragment, isValidElement, type ReactElement, type ReactNode } from "react";
import { Notice } from "@/components/ui/notice";
import type { Translate } from "@/content/messages";
import type { OnFailure, Part } from "@/domain/newsroom/part";

export type DrawPart = <Value>(
  named: { name: string; title: string },
  loaded: Part<Value>,
  draw: (value: Value) => ReactNode,
) => ReactNode;

/** Returns a function that draws a part. If the part failed, the function draws its title with a notice. */
export function partDrawer({ t, onFailure }: { t: Translate; onFailure: OnFailure }): DrawPart {
  return ({ name, title }, loaded, draw) => {
    try {
      if (loaded.kind === "here") return callComponents(draw(loaded.value));
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

function callComponents(node: ReactNode): ReactNode {
  if (Array.isArray(node)) return Children.map(node, callComponents);
  if (!isValidElement(node)) return node;
  const element = node as ReactElement<{ children?: ReactNode }>;
  if (isServerComponent(element.type))
    return <Fragment key={element.key}>{callComponents(element.type(element.props))}</Fragment>;
  const { children } = element.props;
  if (children === undefined) return element;
  // Siblings written in JSX have no keys, so they must stay separate arguments.
  return cloneElement(
    element,
    undefined,
    ...(Array.isArray(children) ? children.map(callComponents) : [callComponents(children)]),
  );
}

/** True for a component that can be called here, on the server. Browser components cannot: here they are references, or objects made by `memo`. */
function isServerComponent(type: unknown): type is (props: object) => ReactNode {
  return typeof type === "function" && !("$$typeof" in type);
}
